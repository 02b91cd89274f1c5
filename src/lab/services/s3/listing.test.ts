// Listing through the SDK: order, folders, pages, encoding.

import {
  ListObjectsCommand,
  type ListObjectsCommandInput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const keys = ['a.txt', 'b/1', 'b/2', 'b/c/3', 'd', 'é', 'ﬀ', '😀', 'z z+(1)']
const Bucket = 'listed'

const lab = useLab(() => {
  const world = testWorld()
  const account = world.accounts[home]
  const objects = keys.toReversed().map((Key) => ({ Key, Body: Key }))
  if (account) account.regions['eu-west-1'] = { buckets: [{ Name: Bucket, objects }] }
  return world
})

const list = (input: Partial<ListObjectsV2CommandInput> = {}) =>
  lab.s3().send(new ListObjectsV2Command({ Bucket, ...input }))
const listOld = (input: Partial<ListObjectsCommandInput> = {}) =>
  lab.s3().send(new ListObjectsCommand({ Bucket, ...input }))
const names = (contents: { Key?: string | undefined }[] = []) => contents.map(({ Key }) => Key)

test('keys come in the order of their bytes', async () => {
  const answer = await list()
  expect(names(answer.Contents)).toEqual(['a.txt', 'b/1', 'b/2', 'b/c/3', 'd', 'z z+(1)', 'é', 'ﬀ', '😀'])
  expect(answer).toMatchObject({ Name: Bucket, KeyCount: 9, MaxKeys: 1000, IsTruncated: false, Prefix: '' })
  expect(answer.Contents?.[0]).toMatchObject({ Size: 5, StorageClass: 'STANDARD' })
  expect(answer.Contents?.[0]?.Owner).toBeUndefined()
  expect((await list({ FetchOwner: true })).Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/)
})

test('a prefix, and where to start', async () => {
  expect(names((await list({ Prefix: 'b/' })).Contents)).toEqual(['b/1', 'b/2', 'b/c/3'])
  expect(names((await list({ StartAfter: 'b/2' })).Contents)?.[0]).toBe('b/c/3')
  expect(names((await list({ Prefix: 'b/', StartAfter: 'b/1' })).Contents)).toEqual(['b/2', 'b/c/3'])
  expect((await list({ Prefix: 'none' })).KeyCount).toBe(0)
})

test('folders count as one', async () => {
  const top = await list({ Delimiter: '/' })
  expect(top.CommonPrefixes).toEqual([{ Prefix: 'b/' }])
  expect(names(top.Contents)).toEqual(['a.txt', 'd', 'z z+(1)', 'é', 'ﬀ', '😀'])
  expect(top.KeyCount).toBe(7)
  const below = await list({ Delimiter: '/', Prefix: 'b/' })
  expect(below.CommonPrefixes).toEqual([{ Prefix: 'b/c/' }])
  expect(names(below.Contents)).toEqual(['b/1', 'b/2'])
})

test('pages go on where the last one ended, folders included', async () => {
  const seen: (string | undefined)[] = []
  const sizes: (number | undefined)[] = []
  for await (const page of paginateListObjectsV2(
    { client: lab.s3(), pageSize: 2 },
    { Bucket, Delimiter: '/' },
  )) {
    sizes.push(page.KeyCount)
    seen.push(...names(page.Contents), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix))
  }
  expect(sizes).toEqual([2, 2, 2, 1])
  expect(seen).toEqual(['a.txt', 'b/', 'd', 'z z+(1)', 'é', 'ﬀ', '😀'])
  const first = await list({ MaxKeys: 9 })
  expect(first.IsTruncated).toBe(false)
  expect(first.NextContinuationToken).toBeUndefined()
  expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false })
  await expect(list({ ContinuationToken: 'x' })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'The continuation token provided is incorrect',
  })
  await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' })
})

test('keys encoded when asked for', async () => {
  const { Contents, EncodingType } = await list({ EncodingType: 'url', StartAfter: 'd' })
  expect(EncodingType).toBe('url')
  expect(names(Contents)).toEqual(['z+z%2B%281%29', '%C3%A9', '%EF%AC%80', '%F0%9F%98%80'])
})

test('the older operation', async () => {
  const first = await listOld({ Delimiter: '/', MaxKeys: 2 })
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'b/', CommonPrefixes: [{ Prefix: 'b/' }] })
  const second = await listOld({ Delimiter: '/', MaxKeys: 2, Marker: 'b/' })
  expect(names(second.Contents)).toEqual(['d', 'z z+(1)'])
  // Without a delimiter the last key is the marker.
  const plain = await listOld({ MaxKeys: 2 })
  expect(plain.NextMarker).toBeUndefined()
  expect(names((await listOld({ MaxKeys: 2, Marker: 'b/1' })).Contents)).toEqual(['b/2', 'b/c/3'])
})
