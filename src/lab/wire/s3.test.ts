// S3's wire by the official client: real signatures, uploads in chunks, presigned addresses, and what is refused.

import { createHash, createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import * as client from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { service } from './cases.ts'
import { AwsError, common, fault } from './errors.ts'
import type { WireRequest } from './protocol.ts'
import { restXml } from './rest-xml.ts'
import { operationsOf } from './round-trip.ts'
import { readSignature, verifyMoment, verifySignature } from './sigv4.ts'

const credentials = { accessKeyId: 'AKIACASES00000000001', secretAccessKey: 'a-secret' }
const s3 = restXml({
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  defaultNamespace: 'com.amazonaws.s3',
})
const operations = service(...operationsOf(client))

type Kept = { Body: Uint8Array; ContentType: unknown; Metadata: unknown }
const objects = new Map<string, Kept>()
let seen: WireRequest | undefined
let server: Server
let base = ''

beforeAll(async () => {
  server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const [path = '/', query = ''] = (incoming.url ?? '/').split('?')
    const { method = 'GET', headers } = incoming
    const written = answer({ method, path, query, headers, body: Buffer.concat(chunks) })
    const length = Buffer.byteLength(written.body)
    response
      .writeHead(written.status ?? 200, { 'content-length': length, ...written.headers })
      .end(written.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

function answer(request: WireRequest) {
  seen = request
  try {
    const signed = readSignature(request)
    if (signed.accessKeyId !== credentials.accessKeyId) throw common('InvalidClientTokenId', 'x')
    verifyMoment(signed, { real: Date.now(), virtual: Date.now(), speed: 1 })
    verifySignature(request, signed, credentials.secretAccessKey)
    const call = s3.read(request, operations)
    const operation = operations.get(call.action ?? '')
    if (!operation) throw common('InvalidAction', 'none')
    const input = call.input(operation.schema)
    return s3.write(operation.schema, run(String(call.action), input), 'id')
  } catch (error) {
    return s3.writeError(error instanceof AwsError ? error : common('InternalFailure', String(error)), 'id')
  }
}

function run(action: string, input: Record<string, unknown>): object {
  const name = `${input.Bucket}/${input.Key}`
  const kept = objects.get(name)
  if (action === 'PutObject') {
    const { Body, ContentType, Metadata } = input
    objects.set(name, { Body: Body as Uint8Array, ContentType, Metadata })
    return { ETag: '"1"' }
  }
  if (action === 'GetObject' || action === 'HeadObject') {
    if (!kept && action === 'HeadObject') throw fault(client.NotFound$, '')
    if (!kept) throw fault(client.NoSuchKey$, 'The specified key does not exist.', { Key: input.Key })
    const part = input.Range ? { Body: kept.Body.slice(0, 3), ContentRange: 'bytes 0-2/9' } : {}
    return { ...kept, ContentLength: kept.Body.length, ...(input.Range ? { ContentLength: 3 } : {}), ...part }
  }
  if (action === 'GetBucketLocation') return { LocationConstraint: 'eu-west-1' }
  return action === 'ListObjectsV2' ? { Name: input.Bucket, KeyCount: 0, MaxKeys: input.MaxKeys } : {}
}

function connect(change: object = {}) {
  const settings = { endpoint: base, region: 'eu-west-1', credentials, forcePathStyle: true, maxAttempts: 1 }
  return new client.S3Client({ ...settings, ...change })
}

const odd = "a b/ü+!'()*&=?#%/ü~:@,;$.txt"

test.each([
  ['a text', 'hello wor'],
  ['bytes', Buffer.from([0, 255, 13, 10, 48, 59])],
  ['nothing', ''],
  ['many bytes', Buffer.alloc(300_000, 7)],
])('%s goes up and comes down, under a key of odd characters', async (_what, Body) => {
  const put = { Bucket: 'logs', Key: odd, Body, ContentType: 'text/odd', Metadata: { owner: 'me' } }
  await connect().send(new client.PutObjectCommand(put))
  const got = await connect().send(new client.GetObjectCommand({ Bucket: 'logs', Key: odd }))
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Buffer.from(Body))
  expect(got).toMatchObject({
    ContentType: 'text/odd',
    Metadata: { owner: 'me' },
    ContentLength: Body.length,
  })
})

test('a stream is uploaded in chunks with a checksum behind them', async () => {
  const Body = Readable.from([Buffer.from('one,'), Buffer.from('two')])
  await connect().send(new client.PutObjectCommand({ Bucket: 'logs', Key: 'stream', Body, ContentLength: 7 }))
  expect(seen?.headers['x-amz-content-sha256']).toBe('STREAMING-UNSIGNED-PAYLOAD-TRAILER')
  expect(seen?.body.toString()).toContain('x-amz-checksum-crc32:')
  expect(Buffer.from(objects.get('logs/stream')?.Body ?? []).toString()).toBe('one,two')
})

test('an upload that is not what its checksum says is refused', async () => {
  const put = { Bucket: 'logs', Key: 'k', Body: 'hello', ChecksumCRC32: 'AAAAAA==' }
  await expect(connect().send(new client.PutObjectCommand(put))).rejects.toMatchObject({ name: 'BadDigest' })
})

test('a part is 206, what is not there is NoSuchKey or, for HEAD, NotFound', async () => {
  await connect().send(new client.PutObjectCommand({ Bucket: 'logs', Key: 'k', Body: 'hello wor' }))
  const part = await connect().send(
    new client.GetObjectCommand({ Bucket: 'logs', Key: 'k', Range: 'bytes=0-2' }),
  )
  expect([part.$metadata.httpStatusCode, await part.Body?.transformToString()]).toEqual([206, 'hel'])
  const none = { Bucket: 'logs', Key: 'none' }
  await expect(connect().send(new client.GetObjectCommand(none))).rejects.toMatchObject({
    name: 'NoSuchKey',
    message: 'The specified key does not exist.',
    Key: 'none',
    $metadata: { httpStatusCode: 404, requestId: 'id', extendedRequestId: 'aWQ=' },
  })
  await expect(connect().send(new client.HeadObjectCommand(none))).rejects.toMatchObject({
    name: 'NotFound',
    $metadata: { httpStatusCode: 404 },
  })
  const head = await connect().send(new client.HeadObjectCommand({ Bucket: 'logs', Key: 'k' }))
  expect(head.ContentLength).toBe(9)
})

test('the region of a bucket is the text of one element', async () => {
  const got = await connect().send(new client.GetBucketLocationCommand({ Bucket: 'logs' }))
  expect(got.LocationConstraint).toBe('eu-west-1')
  const { body } = s3.write(client.GetBucketLocation$, { LocationConstraint: 'eu-west-1' }, 'id')
  expect(body).toContain('<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</')
})

test.each([
  [{ credentials: { ...credentials, secretAccessKey: 'wrong' } }, 'SignatureDoesNotMatch', 403],
  [{ credentials: { ...credentials, accessKeyId: 'AKIANOBODY' } }, 'InvalidAccessKeyId', 403],
  [{ systemClockOffset: 20 * 60_000 }, 'RequestTimeTooSkewed', 403],
  [{ systemClockOffset: -20 * 60_000 }, 'RequestTimeTooSkewed', 403],
])('%j is refused with %s', async (change, name, httpStatusCode) => {
  const call = connect(change).send(new client.ListBucketsCommand({}))
  await expect(call).rejects.toMatchObject({ name, $metadata: { httpStatusCode } })
})

test('content that is not what its hash says, and content without a hash, are refused', async () => {
  const headers = { 'x-amz-content-sha256': sha256('other') }
  expect(await presignedGet({ headers })).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' })
  const signed = {
    accessKeyId: 'x',
    day: '20260101',
    at: '20260101T000000Z',
    region: 'eu-west-1',
    service: 's3',
  }
  const rest = { headers: ['host'], signature: '00', token: undefined, expires: undefined }
  const bare = { method: 'GET', path: '/', query: '', headers: {}, body: Buffer.alloc(0) }
  expect(() => verifySignature(bare, { ...signed, ...rest }, 'x')).toThrow(
    'Missing required header for this request: x-amz-content-sha256',
  )
})

type Presigned = {
  key?: string
  seconds?: number
  age?: number
  change?: string
  headers?: Record<string, string>
}

// Signed by hand: "Authenticating Requests: Using Query Parameters", S3 API Reference.
async function presignedGet({ key = 'k', seconds = 60, age = 0, change = '', headers = {} }: Presigned) {
  const stamp = new Date(Date.now() - age * 1_000).toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${stamp.slice(0, 8)}/eu-west-1/s3/aws4_request`
  const names = ['host', ...Object.keys(headers)]
  const query = new Map([
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', encodeURIComponent(`${credentials.accessKeyId}/${scope}`)],
    ['X-Amz-Date', stamp],
    ['X-Amz-Expires', String(seconds)],
    ['X-Amz-SignedHeaders', encodeURIComponent(names.join(';'))],
  ])
  const text = [...query].map((pair) => pair.join('=')).join('&')
  const lines = [
    `host:${new URL(base).host}\n`,
    ...Object.entries(headers).map(([n, v]) => `${n}:${v}\n`),
  ].join('')
  const hash = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  const canonical = `GET\n/logs/${key}\n${text}\n${lines}\n${names.join(';')}\n${hash}`
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`
  const signingKey = scope
    .split('/')
    .reduce<string | Buffer>(
      (above, step) => createHmac('sha256', above).update(step).digest(),
      `AWS4${credentials.secretAccessKey}`,
    )
  const signature = createHmac('sha256', signingKey).update(toSign).digest('hex')
  const response = await fetch(`${base}/logs/${key}?${text}&X-Amz-Signature=${signature}${change}`, {
    headers,
  })
  const body = await response.text()
  return { status: response.status, body, code: /<Code>(.*)<\/Code>/.exec(body)?.[1] }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

test('a presigned address opens the object as long as it says, and nothing else', async () => {
  await connect().send(new client.PutObjectCommand({ Bucket: 'logs', Key: 'k', Body: 'hello wor' }))
  expect(await presignedGet({})).toMatchObject({ status: 200, body: 'hello wor' })
  expect(await presignedGet({ seconds: 7_200, age: 7_000 })).toMatchObject({ status: 200 })
  expect(await presignedGet({ seconds: 3_600, age: 4_000 })).toMatchObject({
    status: 403,
    code: 'AccessDenied',
  })
  expect(await presignedGet({ seconds: 60, age: 120 })).toMatchObject({ status: 403, code: 'AccessDenied' })
  expect(await presignedGet({ change: '&versionId=1' })).toMatchObject({ code: 'SignatureDoesNotMatch' })
  expect(await presignedGet({ seconds: 700_000 })).toMatchObject({
    code: 'AuthorizationQueryParametersError',
  })
  expect(await presignedGet({ seconds: 0 })).toMatchObject({ code: 'AuthorizationQueryParametersError' })
})

test('an address without a signature is anonymous, and refused', async () => {
  const response = await fetch(`${base}/logs/k`)
  expect([response.status, await response.text()]).toEqual([
    403,
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>id</RequestId><HostId>aWQ=</HostId></Error>',
  ])
})

test('an address signed with Version 2 is told to use Version 4', async () => {
  const response = await fetch(`${base}/logs/k?AWSAccessKeyId=x&Signature=y&Expires=1`)
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('use AWS4-HMAC-SHA256'),
  ])
})
