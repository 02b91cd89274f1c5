// Uploads in parts through the SDK.

import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  if (account)
    account.regions['eu-west-1'] = {
      buckets: [{ Name: 'store', VersioningConfiguration: { Status: 'Enabled' } }],
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
