// Uploads in parts: begun, filled, completed into one object, or given up.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html

import { createHash } from 'node:crypto'
import type * as client from '@aws-sdk/client-s3'
import { newHex } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf } from './buckets.ts'
import { readObject } from './contents.ts'
import { readSource } from './copying.ts'
import { demandKnown, refusal } from './errors.ts'
import { compareKeys } from './keys.ts'
import type { Bucket, Upload } from './model.ts'
import { lockMembers, lockWanted } from './object-lock.ts'
import { putObject, tagOf } from './object-store.ts'
import { asBytes, checkAcl, factsOf, putView } from './objects.ts'
import { ownerOf } from './owners.ts'
import { demandWritable } from './preconditions.ts'

// "Amazon S3 multipart upload limits": parts of at least 5 MB but for the last, numbered 1 to 10,000.
const leastPart = 5 * 1024 * 1024
const mostParts = 10_000

const named = ['Bucket', 'Key', 'UploadId', 'ExpectedBucketOwner', 'RequestPayer']
const checksums = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'].map((kind) => `Checksum${kind}`)

export const uploadOperations = {
  CreateMultipartUpload(input, context) {
    demandKnown(input, [
      ...named,
      ...factMembers,
      ...lockMembers,
      ...['ACL', 'StorageClass', 'ChecksumAlgorithm', 'ChecksumType'],
    ])
    const bucket = bucketOf(input, context)
    checkAcl(bucket, input, context)
    if (input.StorageClass !== undefined && input.StorageClass !== 'STANDARD')
      throw refusal('NotImplemented', 'The lab has the storage class STANDARD only.')
    const lock = lockWanted(bucket, input.Key, input, context)
    const UploadId = newHex(context.state, 64)
    const { principal, now } = context
    const facts = factsOf(input)
    bucket.uploads.set(UploadId, {
      ...{ key: input.Key, facts, lock, startedAt: now, by: principal.arn },
      parts: new Map(),
    })
    return { Bucket: bucket.name, Key: input.Key, UploadId }
  },

  UploadPart(input, context) {
    demandKnown(input, [
      ...named,
      ...checksums,
      'PartNumber',
      'Body',
      'ContentLength',
      'ContentMD5',
      'ChecksumAlgorithm',
    ])
    const { ETag } = addPart(input, asBytes(input.Body), context)
    return { ETag }
  },

  UploadPartCopy(input, context) {
    demandKnown(input, [...named, 'PartNumber', 'CopySource', 'CopySourceRange', 'ExpectedSourceBucketOwner'])
    uploadOf(input, context)
    const { object } = readSource(input, context)
    const body = partOf(object.body, input.CopySourceRange)
    const { versionId } = object
    return {
      CopyPartResult: addPart(input, body, context),
      ...(versionId !== undefined && { CopySourceVersionId: versionId }),
    }
  },

  CompleteMultipartUpload(input, context) {
    demandKnown(input, [
      ...named,
      ...checksums,
      'MultipartUpload',
      'IfMatch',
      'IfNoneMatch',
      'ChecksumType',
      'MpuObjectSize',
    ])
    const bucket = bucketOf(input, context)
    const upload = uploadOf(input, context)
    const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? [])
    demandWritable(readObject(bucket, input.Key, context), input)
    const digests = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'))
    const tag = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`
    const body = Buffer.concat(parts.map((part) => part.body))
    const { facts, lock = {} } = upload
    const stored = putObject(bucket, input.Key, body, facts, context, { etag: tag, lock })
    bucket.uploads.delete(input.UploadId)
    return {
      Bucket: bucket.name,
      Key: input.Key,
      Location: `/${bucket.name}/${input.Key}`,
      ...putView(stored),
    }
  },

  AbortMultipartUpload(input, context) {
    demandKnown(input, named)
    uploadOf(input, context)
    bucketOf(input, context).uploads.delete(input.UploadId)
    return {}
  },

  ListParts(input, context) {
    demandKnown(input, [...named, 'MaxParts', 'PartNumberMarker'])
    const { parts, by } = uploadOf(input, context)
    const bucket = bucketOf(input, context)
    const after = Number(input.PartNumberMarker ?? 0)
    const most = Math.min(input.MaxParts ?? 1_000, 1_000)
    const rest = [...parts].filter(([number]) => number > after).sort(([a], [b]) => a - b)
    const shown = rest.slice(0, most)
    const last = shown.at(-1)?.[0]
    return {
      ...{ Bucket: bucket.name, Key: input.Key, UploadId: input.UploadId, MaxParts: most },
      PartNumberMarker: String(after),
      IsTruncated: rest.length > shown.length,
      ...(rest.length > shown.length && last !== undefined && { NextPartNumberMarker: String(last) }),
      Parts: shown.map(([PartNumber, { etag, body, lastModified }]) => ({
        ...{ PartNumber, ETag: etag, Size: body.length, LastModified: new Date(lastModified) },
      })),
      ...{ Initiator: { ID: by, DisplayName: by }, Owner: ownerOf(bucket.account), StorageClass: 'STANDARD' },
    }
  },

  ListMultipartUploads(input, context) {
    demandKnown(input, [
      'Bucket',
      'Prefix',
      'KeyMarker',
      'MaxUploads',
      'UploadIdMarker',
      'ExpectedBucketOwner',
      'RequestPayer',
    ])
    const bucket = bucketOf(input, context)
    const { Prefix = '', KeyMarker = '', UploadIdMarker = '' } = input
    const most = Math.min(input.MaxUploads ?? 1_000, 1_000)
    const rest = uploadsAfter(bucket, Prefix, KeyMarker, UploadIdMarker)
    const shown = rest.slice(0, most)
    const [id, last] = shown.at(-1) ?? []
    return {
      ...{ Bucket: bucket.name, Prefix, KeyMarker, UploadIdMarker, MaxUploads: most },
      IsTruncated: rest.length > shown.length,
      ...(rest.length > shown.length && { NextKeyMarker: last?.key, NextUploadIdMarker: id }),
      Uploads: shown.map(([UploadId, { key, startedAt, by }]) => ({
        ...{ UploadId, Key: key, Initiated: new Date(startedAt), StorageClass: 'STANDARD' as const },
        ...{ Owner: ownerOf(bucket.account), Initiator: { ID: by, DisplayName: by } },
      })),
    }
  },
} satisfies Operations<typeof client>

const factMembers = [
  ...['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType', 'Metadata'],
  ...['ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled'],
]

type Named = { Bucket: string; Key: string; UploadId: string }

function uploadOf(input: Named, context: Context): Upload {
  const upload = bucketOf(input, context).uploads.get(input.UploadId)
  if (upload?.key === input.Key) return upload
  throw refusal('NoSuchUpload', undefined, { UploadId: input.UploadId })
}

function addPart(
  input: Named & { PartNumber: number | undefined },
  body: Uint8Array,
  context: Context,
): { ETag: string; LastModified: Date } {
  const upload = uploadOf(input, context)
  const { PartNumber: number = 0 } = input
  if (!Number.isInteger(number) || number < 1 || number > mostParts)
    throw refusal('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive')
  const etag = tagOf(body)
  upload.parts.set(number, { body, etag, lastModified: context.now })
  return { ETag: etag, LastModified: new Date(context.now) }
}

// "bytes=first-last", both given, and "only if the source object is greater than 5 MB" (API, UploadPartCopy).
// Unverified: the wording for a range that is none.
function partOf(body: Uint8Array, range: string | undefined): Uint8Array {
  if (range === undefined) return body
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
  if (Number(last) >= body.length || !(Number(first) <= Number(last))) {
    const message = `Range specified is not valid for source object of size: ${body.length}`
    throw refusal('InvalidArgument', message, { ArgumentName: 'x-amz-copy-source-range' })
  }
  if (body.length <= leastPart) {
    const message = 'The specified copy source is not supported as a byte-range copy source'
    throw refusal('InvalidRequest', message)
  }
  return body.subarray(Number(first), Number(last) + 1)
}

function chosenParts({ parts }: Upload, wanted: client.CompletedPart[]) {
  if (wanted.length === 0) throw refusal('MalformedXML')
  const numbers = wanted.map(({ PartNumber = 0 }) => PartNumber)
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0)))
    throw refusal('InvalidPartOrder')
  return wanted.map(({ PartNumber = 0, ETag = '' }, index) => {
    const part = parts.get(PartNumber)
    if (!part || part.etag.replaceAll('"', '') !== ETag.replaceAll('"', ''))
      throw refusal('InvalidPart', undefined, { PartNumber: String(PartNumber), ETag })
    if (index < wanted.length - 1 && part.body.length < leastPart)
      throw refusal('EntityTooSmall', undefined, {
        MinSizeAllowed: leastPart,
        ProposedSize: part.body.length,
      })
    return part
  })
}

// Without the id of an upload the marker's key is left out: API, ListMultipartUploads.
function uploadsAfter({ uploads }: Bucket, prefix: string, key: string, id: string): [string, Upload][] {
  return [...uploads]
    .filter(([, upload]) => upload.key.startsWith(prefix))
    .sort(([a, one], [b, other]) => compareKeys(one.key, other.key) || compareKeys(a, b))
    .filter(([other, upload]) => {
      const order = compareKeys(upload.key, key)
      return key === '' || order > 0 || (order === 0 && id !== '' && compareKeys(other, id) > 0)
    })
}
