// The canonical form of a request, which is what Signature Version 4 signs.

import { createHash } from 'node:crypto'
import { AwsError } from './errors.ts'
import type { WireRequest } from './protocol.ts'
import type { Signed } from './sigv4.ts'

/** What the signature of a request is made of. */
export function stringToSign(request: WireRequest, signed: Signed): string {
  const { at, day, region, service, headers } = signed
  const canonical = [
    request.method,
    service === 's3' ? encodePath(decodePath(request.path)) : encodePath(request.path),
    canonicalQuery(request.query),
    ...headers.map((name) => `${name}:${canonicalHeader(request.headers[name])}`),
    '',
    headers.join(';'),
    contentHash(request, signed),
  ].join('\n')
  return `AWS4-HMAC-SHA256\n${at}\n${day}/${region}/${service}/aws4_request\n${sha256(canonical)}`
}

// S3 takes the hash from a header, which may also say that the content is not signed, or signed chunk by chunk: of
// those the seed signature is checked, not the chunks. Every other service hashes what it was sent.
function contentHash({ headers, body }: WireRequest, { service, expires }: Signed): string {
  if (service !== 's3') return sha256(body)
  const said = one(headers['x-amz-content-sha256']) ?? (expires === undefined ? undefined : unsigned)
  if (said === undefined)
    throw new AwsError(
      'InvalidRequest',
      400,
      'Missing required header for this request: x-amz-content-sha256',
    )
  if (said === unsigned || said.startsWith('STREAMING-') || said === sha256(body)) return said
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  )
}

const unsigned = 'UNSIGNED-PAYLOAD'

// Every service but S3 encodes the path once more when signing.
function encodePath(path: string): string {
  return path === '/' ? path : path.split('/').map(encode).join('/')
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

// By name, not by the whole pair: `a` stands before `a-b` although `=` stands after `-`.
function canonicalQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map((pair) => pair.join('='))
    .join('&')
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
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

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The value of a header, the first one where there are several. */
export function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
