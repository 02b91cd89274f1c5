// ListObjectsV2 and ListObjects: keys in order, those of a folder rolled up, in pages.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html

import type * as client from '@aws-sdk/client-s3'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf } from './buckets.ts'
import { type Entry, entriesOf, type Where } from './contents.ts'
import { demandKnown, refusal } from './errors.ts'
import { endOf } from './keys.ts'
import type { Bucket } from './model.ts'
import { ownerOf } from './owners.ts'

const shared = [
  'Bucket',
  'Delimiter',
  'EncodingType',
  'MaxKeys',
  'Prefix',
  'ExpectedBucketOwner',
  'RequestPayer',
]

export const listingOperations = {
  ListObjectsV2(input, context) {
    demandKnown(input, [...shared, 'ContinuationToken', 'FetchOwner', 'StartAfter'])
    const { ContinuationToken, StartAfter = '', FetchOwner, EncodingType } = input
    const bucket = bucketOf(input, context)
    const after = ContinuationToken === undefined ? StartAfter : readToken(ContinuationToken)
    const page = pageOf(bucket, input, after, context)
    const encode = encoderOf(EncodingType)
    return {
      ...pageView(page, input, bucket, FetchOwner === true),
      KeyCount: page.entries.length + page.folders.length,
      ...(StartAfter !== '' && { StartAfter: encode(StartAfter) }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(page.next !== undefined && { NextContinuationToken: writeToken(page.next) }),
    }
  },

  ListObjects(input, context) {
    demandKnown(input, [...shared, 'Marker'])
    const { Marker = '', Delimiter, EncodingType } = input
    const bucket = bucketOf(input, context)
    const page = pageOf(
      bucket,
      input,
      Delimiter && Marker.endsWith(Delimiter) ? endOf(Marker) : Marker,
      context,
    )
    const encode = encoderOf(EncodingType)
    return {
      ...pageView(page, input, bucket, true),
      Marker: encode(Marker),
      // "Returned only if you have the delimiter request parameter specified" (API, ListObjects).
      ...(page.last !== undefined && Delimiter && { NextMarker: encode(page.last) }),
    }
  },
} satisfies Operations<typeof client>

type Input = Pick<client.ListObjectsV2Request, 'Delimiter' | 'EncodingType' | 'MaxKeys' | 'Prefix'> & {
  Bucket: string
}
type Page = { entries: Entry[]; folders: string[]; next?: string; last?: string }

function pageOf(
  bucket: Bucket,
  { Prefix = '', Delimiter = '', MaxKeys }: Input,
  after: string,
  where: Where,
): Page {
  const size = sizeOf(MaxKeys)
  const page: Page = { entries: [], folders: [] }
  let from = after
  // What ListObjects calls the place to go on from.
  let last: string | undefined
  let stream = entriesOf(bucket, Prefix, from, where)
  for (let count = 0; ; count += 1) {
    const entry = stream.next().value
    if (!entry) return page
    if (count >= size) return size === 0 ? page : { ...page, next: from, ...(last !== undefined && { last }) }
    const folder = folderOf(entry.Key, Prefix, Delimiter)
    if (folder !== undefined) page.folders.push(folder)
    else page.entries.push(entry)
    from = folder === undefined ? entry.Key : endOf(folder)
    last = folder ?? entry.Key
    // A folder is left by starting again behind it: the rest of its keys are never looked at.
    if (folder !== undefined) stream = entriesOf(bucket, Prefix, from, where)
  }
}

/** The part of a key up to the delimiter after the prefix. */
export function folderOf(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return end < 0 ? undefined : key.slice(0, end + delimiter.length)
}

/** How many entries a page may have. */
export function sizeOf(size = 1_000): number {
  if (!Number.isInteger(size) || size < 0 || size > 2_147_483_647)
    throw refusal('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647')
  return Math.min(size, 1_000)
}

function pageView(page: Page, input: Input, bucket: Bucket, hasOwner: boolean) {
  const { Prefix = '', Delimiter, EncodingType } = input
  const encode = encoderOf(EncodingType)
  const Owner = ownerOf(bucket.account)
  return {
    Name: bucket.name,
    Prefix: encode(Prefix),
    ...(Delimiter && { Delimiter: encode(Delimiter) }),
    ...(EncodingType && { EncodingType }),
    MaxKeys: sizeOf(input.MaxKeys),
    IsTruncated: page.next !== undefined,
    Contents: page.entries.map((entry) => ({
      Key: encode(entry.Key),
      LastModified: new Date(entry.LastModified),
      ETag: entry.etag,
      Size: entry.size(),
      StorageClass: 'STANDARD' as const,
      ...(hasOwner && { Owner }),
    })),
    CommonPrefixes: page.folders.map((folder) => ({ Prefix: encode(folder) })),
  }
}

/** How keys are written in the answer. */
export function encoderOf(type: string | undefined): (text: string) => string {
  if (type === undefined) return (text) => text
  if (type !== 'url') throw refusal('InvalidArgument', 'Invalid Encoding Method specified in Request')
  return urlEncoded
}

// "An object key name with non-ASCII … will appear as test_file%283%29.png" (API): all but letters, digits and -_.*/.
function urlEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
}

const sign = 'lab1:'

function writeToken(after: string): string {
  return Buffer.from(sign + after).toString('base64')
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(sign)) throw refusal('InvalidArgument', 'The continuation token provided is incorrect')
  return text.slice(sign.length)
}
