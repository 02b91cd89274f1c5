// Checks Signature Version 4 on a request: who signed it, for which region and service, and whether the secret fits.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { minute } from '#kit/time.ts'
import { common } from './errors.ts'
import type { WireRequest } from './protocol.ts'

/** What the Authorization header says, before anything is checked. */
export type Signed = {
  accessKeyId: string
  day: string
  region: string
  service: string
  headers: string[]
  signature: string
  /** The signing moment as sent: `20261122T142041Z`. */
  at: string
}

const form =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/

/** Reads the Authorization header, or throws the error AWS gives when it is missing or broken. */
export function readSignature({ headers }: WireRequest): Signed {
  const authorization = one(headers.authorization)
  if (!authorization) throw common('MissingAuthenticationToken', 'Request is missing Authentication Token')
  const [, accessKeyId, day, region, service, names, signature] = form.exec(authorization.trim()) ?? []
  const at = one(headers['x-amz-date']) ?? compact(one(headers.date))
  if (!accessKeyId || !day || !region || !service || !names || !signature || !/^\d{8}T\d{6}Z$/.test(at)) {
    throw common(
      'IncompleteSignature',
      "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters and the request a date.",
    )
  }
  return { accessKeyId, day, region, service, headers: names.split(';'), signature, at }
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** Throws AWS's error unless the request was signed with the secret. */
export function verifySignature(request: WireRequest, signed: Signed, secret: string): void {
  const signsHost = signed.headers.includes('host')
  const expected = createHmac('sha256', signingKey(signed, secret))
    .update(stringToSign(request, signed))
    .digest()
  const given = Buffer.from(signed.signature, 'hex')
  if (!signsHost || signed.at.slice(0, 8) !== signed.day || !timingSafeEqual(expected, given)) {
    throw common('SignatureDoesNotMatch', mismatch)
  }
}

const tolerance = 15 * minute

/**
 * Throws unless the signing moment lies within 15 minutes of the real or the virtual time, or between the two: a client
 * starts with the machine's time and then follows the Date header, which is virtual.
 */
export function verifyMoment({ at, service }: Signed, real: number, virtual: number): void {
  const moment = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  const earliest = Math.min(real, virtual) - tolerance
  const latest = Math.max(real, virtual) + tolerance
  if (moment >= earliest && moment <= latest) return
  // EC2 has its own code: "Error codes for the Amazon EC2 API", RequestExpired.
  if (service === 'ec2') throw common('RequestExpired', 'Request has expired.')
  const now = compact(new Date(virtual).toISOString())
  throw common(
    'SignatureDoesNotMatch',
    moment < earliest
      ? `Signature expired: ${at} is now earlier than ${compact(new Date(earliest).toISOString())} (${now} - 15 min.)`
      : `Signature not yet current: ${at} is still later than ${compact(new Date(latest).toISOString())} (${now} + 15 min.)`,
  )
}

function stringToSign(request: WireRequest, { at, day, region, service, headers }: Signed): string {
  const canonical = [
    request.method,
    encodePath(request.path),
    canonicalQuery(request.query),
    ...headers.map((name) => `${name}:${canonicalHeader(request.headers[name])}`),
    '',
    headers.join(';'),
    sha256(request.body),
  ].join('\n')
  return `AWS4-HMAC-SHA256\n${at}\n${day}/${region}/${service}/aws4_request\n${sha256(canonical)}`
}

// Every service but S3 encodes the path once more when signing.
function encodePath(path: string): string {
  return path === '/' ? path : path.split('/').map(encode).join('/')
}

function canonicalQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&')
}

function canonicalHeader(value: string | string[] | undefined): string {
  const text = Array.isArray(value) ? value.join(',') : (value ?? '')
  return text.trim().replace(/\s+/g, ' ')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

// Four HMACs a request would be half the cost of checking it; the key only changes with the day.
const signingKeys = new Map<string, Buffer>()

function signingKey({ day, region, service }: Signed, secret: string): Buffer {
  const name = `${secret}/${day}/${region}/${service}`
  const known = signingKeys.get(name)
  if (known) return known
  const steps = [day, region, service, 'aws4_request']
  const key = steps.reduce<Buffer>((above, step) => hmac(above, step), Buffer.from(`AWS4${secret}`))
  if (signingKeys.size >= 1_000) signingKeys.clear()
  signingKeys.set(name, key)
  return key
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

// `2026-11-22T14:20:41.000Z` or an HTTP date as SigV4 writes moments.
function compact(text: string | undefined): string {
  const moment = new Date(text ?? '')
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().replace(/[-:]|\.\d+/g, '')
}
