// Versions of objects through the SDK: what is kept, hidden, listed, restored and deleted for good.

import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
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
        {
          Name: 'seeded',
          VersioningConfiguration: { Status: 'Enabled' },
          objects: [
            { Key: 'log', Body: 'old', LastModified: '-3d' },
            { Key: 'log', Body: 'newer', LastModified: '-2d' },
            { Key: 'log', DeleteMarker: true, LastModified: '-1d' },
          ],
        },
        {
          Name: 'locked',
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
          },
        },
      ],
    }
  }
  return world
})

let made = 0
async function versioned() {
  made += 1
  const Bucket = `versions-${made}`
  await lab
    .s3()
    .send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  await turn(Bucket, 'Enabled')
  return Bucket
}
const turn = (Bucket: string, Status: 'Enabled' | 'Suspended') =>
  lab.s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))
const put = async (Bucket: string, Key: string, Body: string) => {
  lab.move('1s')
  return (await lab.s3().send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? ''
}
const read = async (Bucket: string, Key: string, VersionId?: string) => {
  const { Body } = await lab.s3().send(new GetObjectCommand({ Bucket, Key, VersionId }))
  return Body?.transformToString()
}
const remove = (Bucket: string, Key: string, VersionId?: string) =>
  lab.s3().send(new DeleteObjectCommand({ Bucket, Key, VersionId }))
const list = (Bucket: string, more: Partial<ListObjectVersionsCommandInput> = {}) =>
  lab.s3().send(new ListObjectVersionsCommand({ Bucket, ...more }))

test('each version can be read and deleted for good; the one before stands there again', async () => {
  const Bucket = await versioned()
  const first = await put(Bucket, 'a', 'one')
  const second = await put(Bucket, 'a', 'two')
  expect([await read(Bucket, 'a'), await read(Bucket, 'a', first)]).toEqual(['two', 'one'])
  expect(await remove(Bucket, 'a', second)).toMatchObject({ VersionId: second })
  expect(await read(Bucket, 'a')).toBe('one')
  await expect(read(Bucket, 'a', second)).rejects.toMatchObject({ name: 'NoSuchVersion' })
  expect((await list(Bucket)).Versions).toMatchObject([
    { Key: 'a', VersionId: first, IsLatest: true, Size: 3 },
  ])
  await remove(Bucket, 'a', first)
  await lab.s3().send(new DeleteBucketCommand({ Bucket }))
})

test('a delete marker hides a key; without the marker it is there again', async () => {
  const Bucket = await versioned()
  const version = await put(Bucket, 'a', 'one')
  const { VersionId: marker = '', DeleteMarker } = await remove(Bucket, 'a')
  expect(DeleteMarker).toBe(true)
  await expect(read(Bucket, 'a')).rejects.toMatchObject({
    name: 'NoSuchKey',
    $response: { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker } },
  })
  await expect(read(Bucket, 'a', marker)).rejects.toMatchObject({
    name: 'MethodNotAllowed',
    message: 'The specified method is not allowed against this resource.',
    $metadata: { httpStatusCode: 405 },
  })
  await expect(lab.s3().send(new HeadObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  })
  expect(await read(Bucket, 'a', version)).toBe('one')
  expect((await lab.s3().send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).toEqual([])
  expect(await list(Bucket)).toMatchObject({
    Versions: [{ VersionId: version, IsLatest: false }],
    DeleteMarkers: [{ VersionId: marker, IsLatest: true }],
  })
  expect(await remove(Bucket, 'a', marker)).toMatchObject({ DeleteMarker: true, VersionId: marker })
  expect(await read(Bucket, 'a')).toBe('one')
  const { Contents } = await lab.s3().send(new ListObjectsV2Command({ Bucket }))
  expect(Contents).toMatchObject([{ Key: 'a', Size: 3 }])
})

test('while versions are suspended there is one called null', async () => {
  const Bucket = await versioned()
  const kept = await put(Bucket, 'a', 'one')
  await turn(Bucket, 'Suspended')
  expect(await put(Bucket, 'a', 'two')).toBe('null')
  await put(Bucket, 'a', 'three')
  const { Versions } = await list(Bucket)
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(['null', kept])
  expect(await remove(Bucket, 'a')).toMatchObject({ VersionId: 'null', DeleteMarker: true })
  expect(await list(Bucket)).toMatchObject({ Versions: [{ VersionId: kept }], DeleteMarkers: [{}] })
  await expect(read(Bucket, 'a', 'null')).rejects.toMatchObject({ name: 'MethodNotAllowed' })
})

test('an object from before versions were kept is the version null', async () => {
  const Bucket = await versioned()
  const other = `${Bucket}-plain`
  await lab.s3().send(
    new CreateBucketCommand({
      Bucket: other,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
  await put(other, 'a', 'before')
  expect((await list(other)).Versions).toMatchObject([{ VersionId: 'null', IsLatest: true }])
  await turn(other, 'Enabled')
  await put(other, 'a', 'after')
  expect([await read(other, 'a'), await read(other, 'a', 'null')]).toEqual(['after', 'before'])
})

test('they are listed by key, newest first, in pages and folders', async () => {
  const Bucket = await versioned()
  const ids: string[] = []
  for (const key of ['b', 'a', 'a', 'logs/1', 'logs/2', 'a']) ids.push(await put(Bucket, key, key))
  const { VersionId: marker = '' } = await remove(Bucket, 'b')
  const expected = [`a ${ids[5]}`, `a ${ids[2]}`, `a ${ids[1]}`, `b ${marker}`, `b ${ids[0]}`]
  const seen: string[] = []
  const folders: (string | undefined)[] = []
  let markers: Partial<ListObjectVersionsCommandInput> | undefined = {}
  while (markers) {
    const page = await list(Bucket, { Delimiter: '/', MaxKeys: 1, ...markers })
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
      seen.push(`${Key} ${VersionId}`)
    folders.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix))
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page
    markers = page.IsTruncated ? { KeyMarker, VersionIdMarker } : undefined
  }
  expect(seen).toEqual(expected)
  expect(folders).toEqual(['logs/'])
  const below = await list(Bucket, { Prefix: 'logs/' })
  expect(below.Versions?.map(({ Key }) => Key)).toEqual(['logs/1', 'logs/2'])
  await expect(list(Bucket, { VersionIdMarker: 'x' })).rejects.toMatchObject({ name: 'InvalidArgument' })
})

test('an older version is copied over the newest', async () => {
  const Bucket = await versioned()
  const first = await put(Bucket, 'a', 'one')
  await put(Bucket, 'a', 'two')
  const CopySource = `${Bucket}/a?versionId=${first}`
  await lab.s3().send(new CopyObjectCommand({ Bucket, Key: 'a', CopySource }))
  expect(await read(Bucket, 'a')).toBe('one')
  expect((await list(Bucket)).Versions).toHaveLength(3)
})

test('a batch deletes versions and says which markers it made', async () => {
  const Bucket = await versioned()
  const first = await put(Bucket, 'a', 'one')
  await put(Bucket, 'b', 'two')
  const Objects = [{ Key: 'a', VersionId: first }, { Key: 'b' }]
  const { Deleted } = await lab.s3().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect(Deleted).toMatchObject([
    { Key: 'a', VersionId: first },
    { Key: 'b', DeleteMarker: true, DeleteMarkerVersionId: expect.stringMatching(/^\w{32}$/) },
  ])
  expect(await list(Bucket)).toMatchObject({ Versions: [{ Key: 'b' }], DeleteMarkers: [{ Key: 'b' }] })
})

test('a version that Object Lock keeps is not deleted for good, but hidden', async () => {
  const version = await put('locked', 'a', 'one')
  await expect(remove('locked', 'a', version)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Access Denied because object protected by object lock.',
  })
  expect(await remove('locked', 'a')).toMatchObject({ DeleteMarker: true })
  await lab.s3().send(
    new DeleteObjectCommand({
      ...{ Bucket: 'locked', Key: 'a', VersionId: version },
      BypassGovernanceRetention: true,
    }),
  )
  const late = await put('locked', 'b', 'two')
  lab.move('30d')
  await remove('locked', 'b', late)
  expect((await list('locked')).Versions).toBeUndefined()
})

test('reading and deleting versions are permissions of their own', async () => {
  const Bucket = await versioned()
  const version = await put(Bucket, 'a', 'one')
  const accessKeyId = 'AKIAALICE00000000001'
  const actions = ['s3:GetObjectVersion', 's3:DeleteObjectVersion', 's3:ListBucketVersions']
  for (const action of actions) await lab.control('POST', 'deny', { accessKeyId, action })
  const denied = { name: 'AccessDenied' }
  await expect(read(Bucket, 'a', version)).rejects.toMatchObject(denied)
  await expect(remove(Bucket, 'a', version)).rejects.toMatchObject(denied)
  await expect(list(Bucket)).rejects.toMatchObject(denied)
  for (const action of actions) await lab.control('POST', 'allow', { accessKeyId, action })
  expect(await read(Bucket, 'a', version)).toBe('one')
})

test('a world says versions and delete markers', async () => {
  const { Versions, DeleteMarkers } = await list('seeded')
  expect(Versions?.map(({ Size, IsLatest }) => [Size, IsLatest])).toEqual([
    [5, false],
    [3, false],
  ])
  expect(DeleteMarkers).toMatchObject([{ Key: 'log', IsLatest: true }])
  expect(await read('seeded', 'log', Versions?.[1]?.VersionId)).toBe('old')
})
