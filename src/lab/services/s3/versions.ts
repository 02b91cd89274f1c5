// ListObjectVersions: every version and delete marker, by key and newest first, in pages.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html

import type * as client from '@aws-sdk/client-s3'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf } from './buckets.ts'
import { entriesOf, type Where } from './contents.ts'
import { demandKnown, refusal } from './errors.ts'
import { compareKeys, endOf, keysAfter } from './keys.ts'
import { encoderOf, folderOf, sizeOf } from './listing.ts'
import type { Bucket, FormerVersion } from './model.ts'
import { versionsOf } from './object-store.ts'
import { ownerOf } from './owners.ts'

export const versionOperations = {
  ListObjectVersions(input, context) {
    demandKnown(input, members)
    const { KeyMarker = '', VersionIdMarker, Prefix = '', Delimiter, EncodingType } = input
    // "A version-id marker cannot be specified without a key marker" is what S3 says of it.
    if (VersionIdMarker !== undefined && KeyMarker === '')
      throw refusal('InvalidArgument', 'A version-id marker cannot be specified without a key marker.')
    const bucket = bucketOf(input, context)
    const page = pageOf(bucket, { ...input, KeyMarker }, context)
    const encode = encoderOf(EncodingType)
    const Owner = ownerOf(bucket.account)
    const view = ({ Key, versionId, isLatest, lastModified }: Listed) => ({
      Key: encode(Key),
      VersionId: versionId,
      IsLatest: isLatest,
      LastModified: new Date(lastModified),
      Owner,
    })
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? '',
      MaxKeys: sizeOf(input.MaxKeys),
      IsTruncated: page.next !== undefined,
      ...(Delimiter && { Delimiter: encode(Delimiter) }),
      ...(EncodingType && { EncodingType }),
      ...(page.next && { NextKeyMarker: encode(page.next.key) }),
      ...(page.next?.versionId !== undefined && { NextVersionIdMarker: page.next.versionId }),
      Versions: page.versions.flatMap((version) =>
        version.object
          ? [{ ...view(version), ETag: version.object.etag, Size: version.object.size(), StorageClass }]
          : [],
      ),
      DeleteMarkers: page.versions.filter(({ object }) => !object).map(view),
      CommonPrefixes: page.folders.map((folder) => ({ Prefix: encode(folder) })),
    }
  },
} satisfies Operations<typeof client>

const StorageClass = 'STANDARD' as const

const members = [
  ...['Bucket', 'Delimiter', 'EncodingType', 'KeyMarker', 'MaxKeys', 'Prefix', 'VersionIdMarker'],
  ...['ExpectedBucketOwner', 'RequestPayer'],
]

type Listed = {
  Key: string
  versionId: string
  lastModified: number
  isLatest: boolean
  object: { etag: string; size(): number } | undefined
}

type Input = Pick<
  client.ListObjectVersionsRequest,
  'Delimiter' | 'MaxKeys' | 'Prefix' | 'VersionIdMarker'
> & {
  KeyMarker: string
}
type Page = { versions: Listed[]; folders: string[]; next?: { key: string; versionId?: string } }

function pageOf(bucket: Bucket, input: Input, where: Where): Page {
  const { Prefix = '', Delimiter = '', KeyMarker, MaxKeys } = input
  const size = sizeOf(MaxKeys)
  const page: Page = { versions: [], folders: [] }
  let next: Page['next']
  // A folder that was told is left behind.
  const isFolder = Delimiter !== '' && KeyMarker.endsWith(Delimiter)
  const first = input.VersionIdMarker === undefined ? [] : restOf(bucket, input, where)
  let streams = [first.values(), listed(bucket, Prefix, isFolder ? endOf(KeyMarker) : KeyMarker, where)]
  for (let count = 0; ; count += 1) {
    const version = takeFrom(streams)
    if (!version) return page
    if (count >= size) return size === 0 || !next ? page : { ...page, next }
    const folder = folderOf(version.Key, Prefix, Delimiter)
    if (folder === undefined) {
      page.versions.push(version)
      next = { key: version.Key, versionId: version.versionId }
      continue
    }
    page.folders.push(folder)
    next = { key: folder }
    streams = [listed(bucket, Prefix, endOf(folder), where)]
  }
}

function takeFrom(streams: Iterator<Listed, undefined>[]): Listed | undefined {
  for (const stream of streams) {
    const { value } = stream.next()
    if (value) return value
  }
  return undefined
}

// The versions of the marker's key that are older than the marker's version.
function restOf(bucket: Bucket, { KeyMarker, VersionIdMarker, Prefix = '' }: Input, where: Where): Listed[] {
  if (!KeyMarker.startsWith(Prefix)) return []
  const versions = versionsOf(bucket, KeyMarker, where)
  const at = versions.findIndex(({ versionId }) => versionId === VersionIdMarker)
  return versions.slice(at + 1).map(({ isLatest, ...version }) => asListed(KeyMarker, version, isLatest))
}

function* listed(bucket: Bucket, prefix: string, after: string, where: Where): Generator<Listed, undefined> {
  const entries = entriesOf(bucket, prefix, after, where)
  const former = keysAfter(bucket.former, prefix, after)
  let entry = entries.next().value
  for (let index = 0; entry || index < former.length; ) {
    const formerKey = former[index]
    const isEntry = entry && (formerKey === undefined || compareKeys(entry.Key, formerKey) <= 0)
    const key = isEntry ? entry?.Key : formerKey
    if (key === undefined) return
    if (entry && isEntry) {
      const { LastModified, versionId = 'null', etag, size } = entry
      yield { Key: key, versionId, lastModified: LastModified, isLatest: true, object: { etag, size } }
      entry = entries.next().value
    }
    if (key !== formerKey) continue
    for (const [place, version] of (bucket.former.get(key) ?? []).entries())
      yield asListed(key, version, !isEntry && place === 0)
    index += 1
  }
}

function asListed(
  Key: string,
  { versionId, lastModified, object }: FormerVersion,
  isLatest: boolean,
): Listed {
  const shown = object && { etag: object.etag, size: () => object.body.length }
  return { Key, versionId, lastModified, isLatest, object: shown }
}
