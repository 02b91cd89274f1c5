// Uploads in parts through the SDK.

import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account)
    account.regions['eu-west-1'] = {
      buckets: [
        { Name: 'store', VersioningConfiguration: { Status: 'Enabled' } },
        { Name: 'locked', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
      ],
    }
  return world
})

const Bucket = 'store'
const large = new Uint8Array(5 * 1024 * 1024).fill(97)
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()

async function begin(Key: string) {
  const command = new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain' })
  const { UploadId = '' } = await lab.s3().send(command)
  const named = { Bucket, Key, UploadId }
  return {
    UploadId,
    part: async (PartNumber: number, Body: Uint8Array | string) =>
      (await lab.s3().send(new UploadPartCommand({ ...named, PartNumber, Body }))).ETag,
    complete: (Parts: { PartNumber: number; ETag?: string | undefined }[]) =>
      lab.s3().send(new CompleteMultipartUploadCommand({ ...named, MultipartUpload: { Parts } })),
    parts: (more = {}) => lab.s3().send(new ListPartsCommand({ ...named, ...more })),
    abort: () => lab.s3().send(new AbortMultipartUploadCommand(named)),
  }
}

test('parts become one object, whose tag is made of theirs', async () => {
  const upload = await begin('whole')
  const last = await upload.part(2, 'the end')
  const first = await upload.part(1, large)
  expect((await upload.parts()).Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, large.length],
    [2, 7],
  ])
  const done = await upload.complete([
    { PartNumber: 1, ETag: first },
    { PartNumber: 2, ETag: last },
  ])
  const tag = md5(Buffer.concat([md5(large), md5(Buffer.from('the end'))])).toString('hex')
  expect(done).toMatchObject({ ETag: `"${tag}-2"`, VersionId: expect.stringMatching(/^\w{32}$/) })
  const { Body, ContentType, ETag } = await lab.s3().send(new GetObjectCommand({ Bucket, Key: 'whole' }))
  expect((await Body?.transformToString())?.slice(-9)).toBe('aathe end')
  expect([ContentType, ETag]).toEqual(['text/plain', `"${tag}-2"`])
  await expect(upload.parts()).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

test('parts must be there, in order, and large enough but for the last', async () => {
  const upload = await begin('strict')
  const small = await upload.part(1, 'small')
  const other = await upload.part(2, 'other')
  const wrong: [Parameters<typeof upload.complete>[0], string][] = [
    [[{ PartNumber: 3, ETag: small }], 'InvalidPart'],
    [[{ PartNumber: 1, ETag: other }], 'InvalidPart'],
    [
      [
        { PartNumber: 2, ETag: other },
        { PartNumber: 1, ETag: small },
      ],
      'InvalidPartOrder',
    ],
    [
      [
        { PartNumber: 1, ETag: small },
        { PartNumber: 2, ETag: other },
      ],
      'EntityTooSmall',
    ],
  ]
  for (const [parts, name] of wrong) await expect(upload.complete(parts)).rejects.toMatchObject({ name })
  await expect(upload.part(10_001, 'x')).rejects.toMatchObject({ name: 'InvalidArgument' })
  await upload.complete([{ PartNumber: 2, ETag: other }])
})

test('what is under way is listed in pages, until it is given up', async () => {
  const one = await begin('pending/a')
  const two = await begin('pending/b')
  const page = (more = {}) =>
    lab.s3().send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'pending/', ...more }))
  const first = await page({ MaxUploads: 1 })
  expect(first).toMatchObject({
    IsTruncated: true,
    Uploads: [{ Key: 'pending/a', UploadId: one.UploadId }],
    NextKeyMarker: 'pending/a',
  })
  const next = { KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker }
  expect(await page(next)).toMatchObject({ IsTruncated: false, Uploads: [{ UploadId: two.UploadId }] })
  await one.abort()
  await two.abort()
  expect((await page()).Uploads).toBeUndefined()
  await expect(one.abort()).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

test('a part is copied of an object, whole or a range of it, by who may read that', async () => {
  const source = Buffer.concat([large, Buffer.from('tail')])
  const { VersionId } = await lab.s3().send(new PutObjectCommand({ Bucket, Key: 'source', Body: source }))
  const upload = await begin('copied')
  const copy = async (PartNumber: number, CopySource: string, CopySourceRange?: string) => {
    const named = { Bucket, Key: 'copied', UploadId: upload.UploadId, PartNumber }
    return lab.s3().send(new UploadPartCopyCommand({ ...named, CopySource, CopySourceRange }))
  }
  const first = await copy(1, `${Bucket}/source`)
  expect(first).toMatchObject({
    CopySourceVersionId: VersionId,
    CopyPartResult: { ETag: `"${md5(source).toString('hex')}"`, LastModified: expect.any(Date) },
  })
  const last = large.length
  const second = await copy(2, `${Bucket}/source?versionId=${VersionId}`, `bytes=${last}-${last + 3}`)
  await expect(copy(3, `${Bucket}/source`, `bytes=0-${last + 4}`)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: `Range specified is not valid for source object of size: ${last + 4}`,
  })
  await expect(copy(3, `${Bucket}/source`, 'bytes=5-')).rejects.toMatchObject({ name: 'InvalidArgument' })
  await expect(copy(3, `${Bucket}/nothing`)).rejects.toMatchObject({ name: 'NoSuchKey' })
  await lab.s3().send(new PutObjectCommand({ Bucket, Key: 'small', Body: 'small' }))
  await expect(copy(3, `${Bucket}/small`, 'bytes=0-1')).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'The specified copy source is not supported as a byte-range copy source',
  })
  const accessKeyId = 'AKIAALICE00000000001'
  await lab.control('POST', 'deny', { accessKeyId, action: 's3:GetObject' })
  await expect(copy(3, `${Bucket}/source`)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('s3:GetObject'),
  })
  await lab.control('POST', 'allow', { accessKeyId, action: 's3:GetObject' })
  await upload.complete([
    { PartNumber: 1, ETag: first.CopyPartResult?.ETag },
    { PartNumber: 2, ETag: second.CopyPartResult?.ETag },
  ])
  const { Body } = await lab.s3().send(new GetObjectCommand({ Bucket, Key: 'copied' }))
  expect((await Body?.transformToString())?.slice(last - 1)).toBe('atailtail')
})

test('what an upload is kept by is said when it begins', async () => {
  const named = { Bucket: 'locked', Key: 'evidence' }
  const ObjectLockRetainUntilDate = new Date('2099-01-01T00:00:00Z')
  const beginning = new CreateMultipartUploadCommand({
    ...named,
    ...{ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus: 'ON' },
  })
  const { UploadId } = await lab.s3().send(beginning)
  const part = new UploadPartCommand({ ...named, UploadId, PartNumber: 1, Body: 'x' })
  const { ETag } = await lab.s3().send(part)
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
  await lab.s3().send(new CompleteMultipartUploadCommand({ ...named, UploadId, MultipartUpload }))
  expect(await lab.s3().send(new HeadObjectCommand(named))).toMatchObject({
    ...{ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus: 'ON' },
  })
})
