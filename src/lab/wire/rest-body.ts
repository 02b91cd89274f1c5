// The content of a request's body: as it is, or out of the aws-chunked frames that SDKs upload in.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html

import { crc32 } from 'node:zlib'
import { AwsError } from './errors.ts'
import type { WireRequest } from './protocol.ts'

/** The content of the body; frames that do not add up, and checksums that do not fit, are refused. */
export function bodyOf({ headers, body }: WireRequest): Buffer {
  const isChunked =
    String(headers['content-encoding'] ?? '').includes('aws-chunked') ||
    String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  const { content, trailers } = isChunked ? unframed(body) : { content: body, trailers: new Map() }
  const length = headers['x-amz-decoded-content-length']
  if (isChunked && length !== undefined && Number(length) !== content.length) throw incomplete()
  demandChecksum(trailers.get('x-amz-checksum-crc32'), content)
  return content
}

/** Refuses content that has not the CRC32 it was sent with. Other algorithms are taken on trust. */
export function demandChecksum(checksum: unknown, content: Buffer): void {
  if (checksum !== undefined && checksum !== crcText(content)) throw badDigest('CRC32')
}

function unframed(body: Buffer): { content: Buffer; trailers: Map<string, string> } {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const end = body.indexOf('\r\n', at)
    // `400;chunk-signature=…`: the signatures of chunks are not checked, the seed signature has been.
    const size = end < 0 ? '' : body.toString('latin1', at, end).split(';')[0]
    if (!size || !/^[0-9a-f]{1,8}$/i.test(size)) throw incomplete()
    const length = Number.parseInt(size, 16)
    if (length === 0) return { content: Buffer.concat(chunks), trailers: readTrailers(body, end + 2) }
    const start = end + 2
    chunks.push(body.subarray(start, start + length))
    at = start + length + 2
  }
}

function readTrailers(body: Buffer, from: number): Map<string, string> {
  const lines = body.toString('latin1', from).split(/\r?\n/)
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(':')
      return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const]
    }),
  )
}

function crcText(content: Buffer): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(content))
  return bytes.toString('base64')
}

// Codes and messages: S3 API Reference, "List of error codes".
function incomplete(): AwsError {
  return new AwsError(
    'IncompleteBody',
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  )
}

function badDigest(algorithm: string): AwsError {
  return new AwsError(
    'BadDigest',
    400,
    `The ${algorithm} you specified did not match the calculated checksum.`,
  )
}
