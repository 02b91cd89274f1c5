// Objects: reading, putting, copying and deleting them.

import type * as client from '@aws-sdk/client-s3'
import { NoSuchKey$, NotFound$ } from '@aws-sdk/client-s3'
import { demandAccess } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'
import { AwsError, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { accessIn } from './access-to.ts'
import { bucketOf } from './buckets.ts'
import { readObject } from './contents.ts'
import { copyFrom } from './copying.ts'
import { demandKnown, refusal } from './errors.ts'
import type { Bucket, ObjectFacts, StoredObject } from './model.ts'
import { deleteObject, putObject } from './object-store.ts'
import { demandConditions, demandWritable, rangeOf } from './preconditions.ts'

export const objectOperations = {
  GetObject(input, context): Omit<client.GetObjectCommandOutput, '$metadata'> {
    demandKnown(input, readMembers)
    const object = objectOf(bucketOf(input, context), input, context, false)
    demandConditions(object, input)
    const range = rangeOf(input.Range, object.body.length)
    const body = range ? object.body.subarray(range.start, range.end + 1) : object.body
    return { ...view(object, body.length, range), Body: asStream(body) }
  },

  HeadObject(input, context) {
    demandKnown(input, readMembers)
    const object = objectOf(bucketOf(input, context), input, context, true)
    demandConditions(object, input)
    const range = rangeOf(input.Range, object.body.length)
    return view(object, range ? range.end - range.start + 1 : object.body.length, range)
  },

  PutObject(input, context) {
    demandKnown(input, putMembers)
    const bucket = bucketOf(input, context)
    checkAcl(bucket, input)
    if (input.StorageClass !== undefined && input.StorageClass !== 'STANDARD')
      throw refusal('NotImplemented', 'The lab has the storage class STANDARD only.')
    demandWritable(readObject(bucket, input.Key, context), input)
    return putView(putObject(bucket, input.Key, asBytes(input.Body), factsOf(input), context))
  },

  CopyObject(input, context) {
    const bucket = bucketOf(input, context)
    checkAcl(bucket, input)
    const source = copyFrom(input, context)
    const facts = input.MetadataDirective === 'REPLACE' ? factsOf(input) : source.facts
    const copy = putObject(bucket, input.Key, source.body, facts, context)
    const { ETag, ...said } = putView(copy)
    return { ...said, CopyObjectResult: { ETag, LastModified: new Date(copy.lastModified) } }
  },

  DeleteObject(input, context) {
    demandKnown(input, ['Bucket', 'Key', 'ExpectedBucketOwner', 'BypassGovernanceRetention', 'RequestPayer'])
    return deleteObject(bucketOf(input, context), input.Key, context)
  },

  DeleteObjects(input, context) {
    const bucket = bucketOf(input, context)
    const { Objects = [], Quiet } = input.Delete
    // "A list of up to 1,000 keys" (API).
    if (Objects.length === 0 || Objects.length > 1_000) throw refusal('MalformedXML')
    const answers = Objects.map((object) => deleteOne(bucket, object, context))
    const Errors = answers.filter((answer) => 'Code' in answer)
    return { Deleted: Quiet ? [] : answers.filter((answer) => !('Code' in answer)), Errors }
  },
} satisfies Operations<typeof client>

const readMembers = [
  ...[
    'Bucket',
    'Key',
    'IfMatch',
    'IfModifiedSince',
    'IfNoneMatch',
    'IfUnmodifiedSince',
    'Range',
    'VersionId',
  ],
  ...['RequestPayer', 'ExpectedBucketOwner', 'ChecksumMode'],
]

// Checksums other than CRC32 are taken as they are: the body is small, and SDKs send CRC32.
const putMembers = [
  ...[
    'Bucket',
    'Key',
    'ACL',
    'Body',
    'CacheControl',
    'ContentDisposition',
    'ContentEncoding',
    'ContentLanguage',
  ],
  ...['ContentLength', 'ContentMD5', 'ContentType', 'ChecksumAlgorithm', 'ChecksumCRC32', 'ChecksumCRC32C'],
  ...['ChecksumCRC64NVME', 'ChecksumSHA1', 'ChecksumSHA256', 'ExpectedBucketOwner', 'IfMatch', 'IfNoneMatch'],
  ...['Metadata', 'RequestPayer', 'ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled', 'StorageClass'],
]

type Wanted = { Key: string; VersionId?: string | undefined }

function objectOf(
  bucket: Bucket,
  { Key, VersionId }: Wanted,
  context: Context,
  isHead: boolean,
): StoredObject {
  const object = readObject(bucket, Key, context)
  if (object && (VersionId === undefined || VersionId === (object.versionId ?? 'null'))) return object
  // "If you don't have the s3:ListBucket permission, Amazon S3 returns … 403" (API, GetObject).
  demandAccess(context, accessIn(bucket, 's3:ListBucket', undefined, context))
  if (isHead) throw fault(NotFound$, 'Not Found')
  // The lab keeps the latest version only.
  if (VersionId !== undefined) throw refusal('NoSuchVersion', undefined, { Key, VersionId })
  throw fault(NoSuchKey$, 'The specified key does not exist.', { Key })
}

function view(
  { etag, lastModified, body, versionId, facts }: StoredObject,
  length: number,
  range: ReturnType<typeof rangeOf>,
) {
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(lastModified),
    ContentLength: length,
    ETag: etag,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(range && { ContentRange: `bytes ${range.start}-${range.end}/${body.length}` }),
    ...facts,
  }
}

function putView({ etag, versionId, facts }: StoredObject) {
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = facts
  return {
    ETag: etag,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(ServerSideEncryption && { ServerSideEncryption }),
    ...(SSEKMSKeyId !== undefined && { SSEKMSKeyId }),
    ...(BucketKeyEnabled && { BucketKeyEnabled }),
  }
}

// "PUT … requests … that include other ACLs … fail": S3 User Guide, "Controlling ownership of objects".
function checkAcl(
  { ownership, publicAccessBlock }: Bucket,
  { ACL }: { ACL?: client.ObjectCannedACL | undefined },
) {
  if (ACL === undefined || ACL === 'bucket-owner-full-control' || ACL === 'private') return
  if (ownership === 'BucketOwnerEnforced') throw refusal('AccessControlListNotSupported')
  const isPublic = ACL.startsWith('public-') || ACL === 'authenticated-read'
  if (isPublic && publicAccessBlock?.BlockPublicAcls) throw refusal('AccessDenied')
  throw refusal('NotImplemented', 'The lab keeps no ACLs of objects.')
}

function deleteOne(bucket: Bucket, { Key = '', VersionId }: client.ObjectIdentifier, context: Context) {
  try {
    if (VersionId !== undefined) throw refusal('NotImplemented', 'The lab keeps the latest version only.')
    demandAccess(context, accessIn(bucket, 's3:DeleteObject', Key, context))
    const { DeleteMarker, VersionId: marker } = deleteObject(bucket, Key, context)
    return {
      Key,
      ...(DeleteMarker && { DeleteMarker, ...(marker !== undefined && { DeleteMarkerVersionId: marker }) }),
    }
  } catch (error) {
    if (error instanceof AwsError) return { Key, Code: error.code, Message: error.message }
    throw error
  }
}

type Said = { [Member in keyof ObjectFacts]?: ObjectFacts[Member] | undefined }

function factsOf(input: Said): ObjectFacts {
  const { ContentType, ContentEncoding, ContentDisposition, ContentLanguage, CacheControl, Metadata } = input
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = input
  const encoding = ContentEncoding?.replace(/^aws-chunked,?\s*/, '')
  const facts = {
    ContentType: ContentType ?? 'binary/octet-stream',
    ContentEncoding: encoding || undefined,
    ...{ ContentDisposition, ContentLanguage, CacheControl, Metadata },
    ...{ ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled },
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as ObjectFacts
}

// The SDK types bodies as the streams that its clients send and get; on this side they are bytes.
function asBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

type Stream = NonNullable<client.GetObjectCommandOutput['Body']>

function asStream(body: Uint8Array): Stream {
  return body as unknown as Stream
}
