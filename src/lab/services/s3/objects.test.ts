// Objects through the SDK: bytes, ranges, conditions, versions, copies.

import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account) {
    account.regions['eu-west-1'] = {
      buckets: [
        { Name: 'store', objects: [{ Key: 'seeded.txt', Body: 'hello', LastModified: '-3h' }] },
        { Name: 'versions', VersioningConfiguration: { Status: 'Enabled' } },
      ],
    }
  }
  return world
})

const Bucket = 'store'
const put = (Key: string, Body: string | Uint8Array, more = {}) =>
  lab.s3().send(new PutObjectCommand({ Bucket, Key, Body, ...more }))
const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  lab.s3().send(new GetObjectCommand({ Bucket, Key, ...more }))

test('what is put comes back, with what was said of it', async () => {
  const Key = 'a folder/é:1+2.txt'
  const { ETag, ServerSideEncryption } = await put(Key, 'some text', {
    ContentType: 'text/plain',
    CacheControl: 'no-store',
    Metadata: { owner: 'audit' },
  })
  expect(ETag).toBe('"552e21cd4cd9918678e3c1a0df491bc3"')
  expect(ServerSideEncryption).toBe('AES256')
  const object = await get(Key)
  expect(await object.Body?.transformToString()).toBe('some text')
  expect(object).toMatchObject({
    ETag,
    ContentLength: 9,
    ContentType: 'text/plain',
    CacheControl: 'no-store',
    Metadata: { owner: 'audit' },
    ServerSideEncryption: 'AES256',
    AcceptRanges: 'bytes',
  })
  const head = await lab.s3().send(new HeadObjectCommand({ Bucket, Key }))
  expect(head).toMatchObject({ ETag, ContentLength: 9, Metadata: { owner: 'audit' } })
  expect(object.LastModified).toEqual(head.LastModified)
})

test('bytes stay bytes, also many of them', async () => {
  const bytes = new Uint8Array(3_000_000).map((_, index) => index % 251)
  await put('large.bin', bytes)
  const { Body } = await get('large.bin')
  expect(Buffer.compare((await Body?.transformToByteArray()) ?? new Uint8Array(), bytes)).toBe(0)
})

test('ranges', async () => {
  await put('digits', '0123456789')
  const part = async (Range: string) => {
    const { Body, ContentRange, $metadata } = await get('digits', { Range })
    return [await Body?.transformToString(), ContentRange, $metadata.httpStatusCode]
  }
  expect(await part('bytes=2-4')).toEqual(['234', 'bytes 2-4/10', 206])
  expect(await part('bytes=7-')).toEqual(['789', 'bytes 7-9/10', 206])
  expect(await part('bytes=-3')).toEqual(['789', 'bytes 7-9/10', 206])
  expect(await part('bytes=8-99')).toEqual(['89', 'bytes 8-9/10', 206])
  await expect(get('digits', { Range: 'bytes=10-12' })).rejects.toMatchObject({
    name: 'InvalidRange',
    $metadata: { httpStatusCode: 416 },
  })
})

test('conditions', async () => {
  const { ETag = '' } = await put('conditional', 'x')
  const { LastModified = new Date() } = await get('conditional', { IfMatch: ETag })
  await expect(get('conditional', { IfMatch: '"other"' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  })
  const unchanged = { $metadata: { httpStatusCode: 304 } }
  await expect(get('conditional', { IfNoneMatch: ETag })).rejects.toMatchObject(unchanged)
  await expect(get('conditional', { IfModifiedSince: LastModified })).rejects.toMatchObject(unchanged)
  const before = new Date(LastModified.getTime() - 10_000)
  expect((await get('conditional', { IfModifiedSince: before })).ETag).toBe(ETag)
  await expect(get('conditional', { IfUnmodifiedSince: before })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  })
  await expect(put('conditional', 'y', { IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  })
  await put('unconditional', 'y', { IfNoneMatch: '*' })
})

test('a key that is not there', async () => {
  await expect(get('nothing')).rejects.toMatchObject({
    name: 'NoSuchKey',
    message: 'The specified key does not exist.',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(lab.s3().send(new HeadObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({
    name: 'NotFound',
    $metadata: { httpStatusCode: 404 },
  })
})

test('whoever may not list does not learn that a key is missing', async () => {
  const accessKeyId = 'AKIAALICE00000000001'
  await lab.control('POST', 'deny', { accessKeyId, action: 's3:ListBucket' })
  await expect(get('nothing')).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  })
  expect((await get('seeded.txt')).ContentLength).toBe(5)
  await lab.control('POST', 'allow', { accessKeyId, action: 's3:ListBucket' })
})

test('a deleted key is gone; deleting nothing is no error', async () => {
  await put('short-lived', 'x')
  await lab.s3().send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }))
  await lab.s3().send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }))
  await expect(get('short-lived')).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test('several at once, each with its own answer', async () => {
  await put('one', 'x')
  const accessKeyId = 'AKIAALICE00000000001'
  const denial = { accessKeyId, action: 's3:DeleteObject', resource: 'arn:aws:s3:::store/kept' }
  await put('kept', 'x')
  await lab.control('POST', 'deny', denial)
  const Objects = [{ Key: 'one' }, { Key: 'kept' }]
  const answer = await lab.s3().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  await lab.control('POST', 'allow', denial)
  expect(answer.Deleted).toEqual([{ Key: 'one' }])
  expect(answer.Errors).toMatchObject([{ Key: 'kept', Code: 'AccessDenied' }])
  expect((await get('kept')).ContentLength).toBe(1)
})

test('with versions each write has an id, and deleting leaves a marker', async () => {
  const s3 = lab.s3()
  const first = await s3.send(new PutObjectCommand({ Bucket: 'versions', Key: 'a', Body: '1' }))
  const second = await s3.send(new PutObjectCommand({ Bucket: 'versions', Key: 'a', Body: '2' }))
  expect(first.VersionId).toMatch(/^\w{32}$/)
  expect(second.VersionId).not.toBe(first.VersionId)
  const gone = await s3.send(new DeleteObjectCommand({ Bucket: 'versions', Key: 'a' }))
  expect(gone).toMatchObject({ DeleteMarker: true })
  expect(gone.VersionId).toMatch(/^\w{32}$/)
  // Nothing is listed any more, and yet the bucket is not empty.
  await expect(s3.send(new DeleteBucketCommand({ Bucket: 'versions' }))).rejects.toMatchObject({
    name: 'BucketNotEmpty',
    message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
  })
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: 'versions', VersioningConfiguration: { Status: 'Suspended' } }),
  )
  const third = await s3.send(new PutObjectCommand({ Bucket: 'versions', Key: 'b', Body: '3' }))
  expect(third.VersionId).toBe('null')
})

test('copying', async () => {
  await put('source é.txt', 'text', { ContentType: 'text/plain', Metadata: { a: 'b' } })
  const copy = (Key: string, more = {}) =>
    lab.s3().send(
      new CopyObjectCommand({
        Bucket,
        Key,
        CopySource: encodeURIComponent(`${Bucket}/source é.txt`),
        ...more,
      }),
    )
  const { CopyObjectResult } = await copy('copy.txt')
  expect(CopyObjectResult?.ETag).toBe('"1cb251ec0d568de6a929b520c4aed8d1"')
  expect(await get('copy.txt')).toMatchObject({ ContentType: 'text/plain', Metadata: { a: 'b' } })
  await expect(copy('source é.txt')).rejects.toMatchObject({ name: 'InvalidRequest' })
})

test('what is not modelled is refused', async () => {
  await expect(put('glacier', 'x', { StorageClass: 'GLACIER' })).rejects.toMatchObject({
    name: 'NotImplemented',
  })
  await expect(put('tagged', 'x', { Tagging: 'a=b' })).rejects.toThrow('does not model the member Tagging')
  await expect(put('public', 'x', { ACL: 'public-read' })).rejects.toMatchObject({
    name: 'AccessControlListNotSupported',
  })
})
