// Where CopyObject and UploadPartCopy copy from.

import type { CopyObjectRequest } from '@aws-sdk/client-s3'
import { NoSuchBucket$, NoSuchKey$ } from '@aws-sdk/client-s3'
import { demandAccess } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { accessIn } from './access-in.ts'
import { demandKnown, refusal } from './errors.ts'
import type { StoredObject } from './model.ts'
import { lockMembers } from './object-lock.ts'
import { versionsOf } from './object-store.ts'
import { findBucket } from './use.ts'

const known = [
  ...[
    'Bucket',
    'Key',
    'CopySource',
    'MetadataDirective',
    'Metadata',
    'ContentType',
    'ContentEncoding',
    'ACL',
  ],
  ...['ContentDisposition', 'ContentLanguage', 'CacheControl', 'ServerSideEncryption', 'SSEKMSKeyId'],
  ...['BucketKeyEnabled', 'ExpectedBucketOwner', 'ExpectedSourceBucketOwner', 'ChecksumAlgorithm'],
  ...lockMembers,
]

type Wanted = { CopySource: string | undefined; ExpectedSourceBucketOwner?: string | undefined }
type Source = { bucketName: string; key: string; versionId: string | undefined }

/** The object that CopyObject copies. One cannot be copied onto itself, unless that changes something. */
export function copyFrom(input: CopyObjectRequest, context: Context): StoredObject {
  demandKnown(input, known)
  const { object, bucketName, key, versionId } = readSource(input, context)
  // An older version may be copied over the newest: S3 User Guide, "Restoring previous versions".
  const isSame = versionId === undefined && input.Bucket === bucketName && input.Key === key
  if (isSame && input.MetadataDirective !== 'REPLACE') {
    throw refusal(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    )
  }
  return object
}

/** The object that a copy is made of, which the caller must be allowed to read. */
export function readSource(
  { CopySource, ExpectedSourceBucketOwner: owner }: Wanted,
  context: Context,
): Source & { object: StoredObject } {
  const source = sourceOf(CopySource ?? '')
  const { bucketName, key, versionId } = source
  const bucket = findBucket(context.state, context.account.partition, bucketName)
  if (!bucket) throw fault(NoSuchBucket$, 'The specified bucket does not exist', { BucketName: bucketName })
  if (owner !== undefined && owner !== bucket.account) throw refusal('AccessDenied')
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'
  demandAccess(context, accessIn(bucket, action, key, context))
  const versions = versionsOf(bucket, key, context)
  const wanted = versionId === undefined ? versions[0] : versions.find((one) => one.versionId === versionId)
  if (!wanted && versionId !== undefined)
    throw refusal('NoSuchVersion', undefined, { Key: key, VersionId: versionId })
  const object = wanted?.object
  if (!object) throw fault(NoSuchKey$, 'The specified key does not exist.', { Key: key })
  return { ...source, object }
}

function sourceOf(text: string): Source {
  const [path = '', versionId] = text.split('?versionId=')
  const [, bucketName, key] = /^\/?([^/]+)\/(.+)$/.exec(decode(path)) ?? []
  if (bucketName === undefined || key === undefined)
    throw refusal('InvalidArgument', 'Invalid copy source object key', { ArgumentName: 'x-amz-copy-source' })
  return { bucketName, key, versionId }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw refusal('InvalidArgument', 'Invalid copy source encoding.')
  }
}
