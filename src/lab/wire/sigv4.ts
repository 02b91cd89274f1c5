// Checks Signature Version 4 on a request: who signed it, for which region and service, and whether the secret fits.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import { createHmac, timingSafeEqual } from 'node:crypto'
import { minute, second } from '#kit/time.ts'
import { AwsError, common } from './errors.ts'
import type { WireRequest } from './protocol.ts'
import { one, stringToSign } from './sigv4-canonical.ts'

/** What a request says of its signature, before anything is checked. */
export type Signed = {
  accessKeyId: string
  day: string
  region: string
  service: string
  headers: string[]
  signature: string
  /** The signing moment as sent: `20261122T142041Z`. */
  at: string
  /** The session token, in a header or in a presigned address. */
  token: string | undefined
  /** How many seconds a presigned address is good for; a signature in headers has none. */
  expires: number | undefined
}

const scope = /^([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/
const form =
  /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/

/** Reads the signature out of the Authorization header or the query, or throws AWS's error for one missing or broken. */
export function readSignature(request: WireRequest): Signed {
  const { headers } = request
  const authorization = one(headers.authorization)
  if (!authorization) return readPresigned(request)
  const [, credential = '', names = '', signature = ''] = form.exec(authorization.trim()) ?? []
  const at = one(headers['x-amz-date']) ?? compact(one(headers.date))
  const token = one(headers['x-amz-security-token'])
  const signed = readParts({ credential, names, signature, at, token, expires: undefined })
  if (signed) return signed
  throw common(
    'IncompleteSignature',
    "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters and the request a date.",
  )
}

type Parts = {
  credential: string
  names: string
  signature: string
  at: string
} & Pick<Signed, 'token' | 'expires'>

function readParts({ credential, names, signature, at, token, expires }: Parts): Signed | undefined {
  const [, accessKeyId, day, region, service] = scope.exec(credential) ?? []
  if (!accessKeyId || !day || !region || !service || !names || !/^\d{8}T\d{6}Z$/.test(at)) return undefined
  return { accessKeyId, day, region, service, headers: names.split(';'), signature, at, token, expires }
}

const aWeek = 604_800

// "Authenticating Requests: Using Query Parameters": S3 API Reference, sigv4-query-string-auth.html.
function readPresigned({ query }: WireRequest): Signed {
  const given = new URLSearchParams(query.replaceAll('+', '%2B'))
  if (given.has('AWSAccessKeyId')) throw outdated()
  const signature = given.get('X-Amz-Signature')
  if (signature === null) {
    throw common('MissingAuthenticationToken', 'Request is missing Authentication Token')
  }
  const expires = Number(given.get('X-Amz-Expires') ?? Number.NaN)
  const signed = readParts({
    credential: given.get('X-Amz-Credential') ?? '',
    names: given.get('X-Amz-SignedHeaders') ?? '',
    signature: /^[0-9a-f]{64}$/.test(signature) ? signature : '',
    at: given.get('X-Amz-Date') ?? '',
    token: given.get('X-Amz-Security-Token') ?? undefined,
    expires,
  })
  if (signed?.signature && expires >= 1 && expires <= aWeek) return signed
  // Unverified: S3 has a sentence for each parameter.
  const message =
    'Query-string authentication requires X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders and X-Amz-Expires of at most a week.'
  throw new AwsError('AuthorizationQueryParametersError', 400, message)
}

// Version 2, which boto3 still makes presigned addresses with. AWS's answer in regions that never knew it (S3 User Guide,
// "AWS Signature Version 2 turned off").
function outdated(): AwsError {
  return new AwsError(
    'InvalidRequest',
    400,
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  )
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
 * starts with the machine's time and then follows the Date header, which is virtual. Between two answers its clock runs
 * at its own pace, so that where virtual time runs faster it may be late by 15 minutes as the client counts them.
 */
export function verifyMoment(
  { at, service, expires }: Signed,
  { real, virtual, speed }: { real: number; virtual: number; speed: number },
): void {
  const moment = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  // A presigned address is good for as long as it says.
  const earliest =
    Math.min(real, virtual) - (expires === undefined ? tolerance * Math.max(1, speed) : expires * second)
  const latest = Math.max(real, virtual) + tolerance
  if (moment >= earliest && moment <= latest) return
  // EC2 has its own code ("Error codes for the Amazon EC2 API"), and so has S3 ("List of error codes").
  if (service === 'ec2') throw common('RequestExpired', 'Request has expired.')
  if (service === 's3') throw expires !== undefined ? common('AccessDenied', 'Request has expired') : skewed()
  const now = compact(new Date(virtual).toISOString())
  throw common(
    'SignatureDoesNotMatch',
    moment < earliest
      ? `Signature expired: ${at} is now earlier than ${compact(new Date(earliest).toISOString())} (${now} - 15 min.)`
      : `Signature not yet current: ${at} is still later than ${compact(new Date(latest).toISOString())} (${now} + 15 min.)`,
  )
}

function skewed(): AwsError {
  return new AwsError(
    'RequestTimeTooSkewed',
    403,
    'The difference between the request time and the current time is too large.',
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

// `2026-11-22T14:20:41.000Z` or an HTTP date as SigV4 writes moments.
function compact(text: string | undefined): string {
  const moment = new Date(text ?? '')
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().replace(/[-:]|\.\d+/g, '')
}
