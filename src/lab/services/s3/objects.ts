// Objects: reading, putting, copying and deleting them.

import type * as client from '@aws-sdk/client-s3'
import { NoSuchKey$, NotFound$ } from '@aws-sdk/client-s3'
import { demandAccess } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'
import { AwsError, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { accessIn } from './access-in.ts'
import { bucketOf } from './buckets.ts'
import { readObject } from './contents.ts'
import { copyFrom } from './copying.ts'
import { demandKnown, refusal } from './errors.ts'
import { type Bucket, isWalled, type ObjectFacts, type StoredObject } from './model.ts'
import { demandUnlocked, type LockWish, lockMembers, lockWanted, viewLock } from './object-lock.ts'
import { deleteObject, deleteVersion, putObject, type Version, versionsOf } from './object-store.ts'
import { demandConditions, demandWritable, rangeOf } from './preconditions.ts'

export const objectOperations = {
  GetObject(input, context): Omit<client.GetObjectCommandOutput, '$metadata'> {
    demandKnown(input, readMembers)
    const bucket = bucketOf(input, context)
    const object = objectOf(bucket, input, context, false)
    demandConditions(object, input)
    const range = rangeOf(input.Range, object.body.length)
    const body = range ? object.body.subarray(range.start, range.end + 1) : object.body
    const lock = viewLock(bucket, input.Key, object, context)
    return { ...view(object, body.length, range), ...lock, Body: asStream(body) }
  },

  HeadObject(input, context) {
    demandKnown(input, readMembers)
    const bucket = bucketOf(input, context)
    const object = objectOf(bucket, input, context, true)
    demandConditions(object, input)
    const range = rangeOf(input.Range, object.body.length)
    const length = range ? range.end - range.start + 1 : object.body.length
    return { ...view(object, length, range), ...viewLock(bucket, input.Key, object, context) }
  },

  PutObject(input, context) {
    demandKnown(input, putMembers)
    const bucket = bucketOf(input, context)
    checkAcl(bucket, input, context)
    if (input.StorageClass !== undefined && input.StorageClass !== 'STANDARD')
      throw refusal('NotImplemented', 'The lab has the storage class STANDARD only.')
    demandWritable(readObject(bucket, input.Key, context), input)
    demandDigest(bucket, input)
    const lock = lockWanted(bucket, input.Key, input, context)
    return putView(putObject(bucket, input.Key, asBytes(input.Body), factsOf(input), context, { lock }))
  },

  CopyObject(input, context) {
    const bucket = bucketOf(input, context)
    checkAcl(bucket, input, context)
    const source = copyFrom(input, context)
    const facts = input.MetadataDirective === 'REPLACE' ? factsOf(input) : source.facts
    const lock = lockWanted(bucket, input.Key, input, context)
    const copy = putObject(bucket, input.Key, source.body, facts, context, { lock })
    const { ETag, ...said } = putView(copy)
    return { ...said, CopyObjectResult: { ETag, LastModified: new Date(copy.lastModified) } }
  },

  DeleteObject(input, context) {
    demandKnown(input, [...deleteMembers, 'VersionId', 'BypassGovernanceRetention'])
    return deleteOne(bucketOf(input, context), input, input.BypassGovernanceRetention, context)
  },

  DeleteObjects(input, context) {
    const bucket = bucketOf(input, context)
    const { Objects = [], Quiet } = input.Delete
    // "A list of up to 1,000 keys" (API).
    if (Objects.length === 0 || Objects.length > 1_000) throw refusal('MalformedXML')
    const answers = Objects.map((object) =>
      answerOne(bucket, object, input.BypassGovernanceRetention, context),
    )
    const Errors = answers.filter((answer) => 'Code' in answer)
    return { Deleted: Quiet ? [] : answers.filter((answer) => !('Code' in answer)), Errors }
  },
} satisfies Operations<typeof client>

const deleteMembers = ['Bucket', 'Key', 'ExpectedBucketOwner', 'RequestPayer']

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
  ...lockMembers,
]

type Wanted = { Key: string; VersionId?: string | undefined }

function objectOf(
  bucket: Bucket,
  { Key, VersionId }: Wanted,
  context: Context,
  isHead: boolean,
): StoredObject {
  const object = VersionId === undefined ? readObject(bucket, Key, context) : undefined
  if (object) return object
  const versions = versionsOf(bucket, Key, context)
  const wanted = VersionId === undefined ? versions[0] : versions.find((one) => one.versionId === VersionId)
  if (wanted?.object) return wanted.object
  // "If you don't have the s3:ListBucket permission, Amazon S3 returns … 403" (API, GetObject).
  demandAccess(context, accessIn(bucket, 's3:ListBucket', undefined, context))
  if (wanted && VersionId !== undefined) throw isMarker(wanted)
  if (isHead) throw withHeaders(fault(NotFound$, 'Not Found'), headersOf(wanted))
  if (VersionId !== undefined) throw refusal('NoSuchVersion', undefined, { Key, VersionId })
  throw withHeaders(fault(NoSuchKey$, 'The specified key does not exist.', { Key }), headersOf(wanted))
}

// S3 User Guide, "Working with delete markers": 405 for the marker itself, 404 for a key that it hides.
function isMarker(marker: Version) {
  const headers = { ...headersOf(marker), 'last-modified': new Date(marker.lastModified).toUTCString() }
  return withHeaders(
    refusal('MethodNotAllowed', undefined, { Method: 'GET', ResourceType: 'DeleteMarker' }),
    {
      ...headers,
      allow: 'DELETE',
    },
  )
}

function headersOf(marker: Version | undefined): Record<string, string> {
  return marker ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId } : {}
}

function withHeaders(
  { code, status, message, schema, members }: AwsError,
  headers: Record<string, string>,
): AwsError {
  return new AwsError(code, status, message, { ...(schema && { schema }), members, headers })
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

/** What the answers to puts tell of the object. */
export function putView({ etag, versionId, facts }: StoredObject) {
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = facts
  return {
    ETag: etag,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(ServerSideEncryption && { ServerSideEncryption }),
    ...(SSEKMSKeyId !== undefined && { SSEKMSKeyId }),
    ...(BucketKeyEnabled && { BucketKeyEnabled }),
  }
}

// "The Content-MD5 or x-amz-sdk-checksum-algorithm header is required for a request to upload an object with a retention
// period configured using Object Lock" (API, PutObject).
function demandDigest({ objectLock }: Bucket, input: LockWish) {
  const isKept = objectLock?.Rule?.DefaultRetention !== undefined || input.ObjectLockMode !== undefined
  const said = Object.entries(input).some(([name, value]) => value !== undefined && isDigest.test(name))
  if (!isKept || said) return
  const message =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters'
  throw refusal('InvalidRequest', message)
}

const isDigest = /^(ContentMD5|Checksum\w+)$/

// "PUT … requests … that include other ACLs … fail": S3 User Guide, "Controlling ownership of objects".
/** Refuses ACLs that the bucket does not let be set. */
export function checkAcl(
  bucket: Bucket,
  { ACL }: { ACL?: client.ObjectCannedACL | undefined },
  { state }: Context,
) {
  if (ACL === undefined || ACL === 'bucket-owner-full-control' || ACL === 'private') return
  if (bucket.ownership === 'BucketOwnerEnforced') throw refusal('AccessControlListNotSupported')
  const isPublic = ACL.startsWith('public-') || ACL === 'authenticated-read'
  if (isPublic && isWalled(state.s3, bucket, 'BlockPublicAcls')) throw refusal('AccessDenied')
  throw refusal('NotImplemented', 'The lab keeps no ACLs of objects.')
}

function deleteOne(
  bucket: Bucket,
  { Key, VersionId }: Wanted,
  bypasses: boolean | undefined,
  context: Context,
): { DeleteMarker?: boolean; VersionId?: string } {
  if (VersionId === undefined) return deleteObject(bucket, Key, context)
  const version = versionsOf(bucket, Key, context).find(({ versionId }) => versionId === VersionId)
  demandUnlocked(bucket, Key, version, bypasses, context)
  return deleteVersion(bucket, Key, VersionId, context)
}

function answerOne(
  bucket: Bucket,
  { Key = '', VersionId }: client.ObjectIdentifier,
  bypasses: boolean | undefined,
  context: Context,
) {
  const named = VersionId === undefined ? {} : { VersionId }
  try {
    const action = VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion'
    demandAccess(context, accessIn(bucket, action, Key, context))
    const { DeleteMarker, VersionId: id } = deleteOne(bucket, { Key, ...named }, bypasses, context)
    return {
      ...{ Key, ...named },
      ...(DeleteMarker && { DeleteMarker, ...(id !== undefined && { DeleteMarkerVersionId: id }) }),
    }
  } catch (error) {
    if (error instanceof AwsError) return { Key, ...named, Code: error.code, Message: error.message }
    throw error
  }
}

type Said = { [Member in keyof ObjectFacts]?: ObjectFacts[Member] | undefined }

/** What stays with an object of what was said when it was put. */
export function factsOf(input: Said): ObjectFacts {
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

/** The body of a request: the SDK types it as the stream that its clients send; on this side it is bytes. */
export function asBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

type Stream = NonNullable<client.GetObjectCommandOutput['Body']>

function asStream(body: Uint8Array): Stream {
  return body as unknown as Stream
}
