// What IAM checks before a call to S3 runs: names of actions, ARNs, the bucket's policy, and what the call says of itself.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html

import { NoSuchBucket$, NotFound$ } from '@aws-sdk/client-s3'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Access } from '#lab/wire/operations.ts'
import { accessIn, usualConditions } from './access-in.ts'
import { conditionsOf } from './conditions.ts'
import { redirect, refusal } from './errors.ts'
import { bucketArn } from './model.ts'
import { findBucket } from './use.ts'

// Only the actions that are not called as the operation is.
const names: Record<string, string> = {
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketTagging: 'PutBucketTagging',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListBuckets: 'ListAllMyBuckets',
  ListObjects: 'ListBucket',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListParts: 'ListMultipartUploadParts',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
}

type Input = Record<string, unknown>

/** What is checked before an operation. A bucket that is missing or elsewhere is said before any permission is asked. */
export function accessTo(operation: string, input: Input, context: Context): Access[] {
  const action = actionOf(operation, input)
  if (operation === 'ListBuckets' || operation === 'GetAccountPublicAccessBlock')
    return [{ action, resource: '*', conditions: usualConditions() }]
  const { account, state } = context
  const name = String(input.Bucket)
  if (operation === 'CreateBucket') {
    const resource = bucketArn({ partition: account.partition, name })
    return [{ action, resource, conditions: conditionsOf(input, context.now) }]
  }
  const bucket = findBucket(state, account.partition, name)
  if (!bucket) throw noSuchBucket(operation, name)
  // us-east-1 tells where any bucket is: API, GetBucketLocation. Unverified: that the others do not.
  const isAsked = operation === 'GetBucketLocation' && context.region.name === 'us-east-1'
  if (bucket.region !== context.region.name && !isAsked) throw redirect(bucket)
  if (typeof input.ExpectedBucketOwner === 'string' && input.ExpectedBucketOwner !== bucket.account)
    throw refusal('AccessDenied')
  // Each key is checked for itself there.
  if (operation === 'DeleteObjects') return []
  const key = typeof input.Key === 'string' ? input.Key : undefined
  return [accessIn(bucket, action, key, context, conditionsOf(input, context.now))]
}

/** The ARN that a refusal names. */
export function resourceOf(_operation: string, { Bucket, Key }: Input, { account }: Context): string {
  if (typeof Bucket !== 'string') return '*'
  const arn = bucketArn({ partition: account.partition, name: Bucket })
  return typeof Key === 'string' ? `${arn}/${Key}` : arn
}

function actionOf(operation: string, { VersionId }: Input): string {
  const name = names[operation] ?? operation
  const isOfVersion = VersionId !== undefined && (name === 'GetObject' || name === 'DeleteObject')
  return `s3:${name}${isOfVersion ? 'Version' : ''}`
}

function noSuchBucket(operation: string, name: string) {
  if (operation === 'HeadBucket' || operation === 'HeadObject') return fault(NotFound$, 'Not Found')
  return fault(NoSuchBucket$, 'The specified bucket does not exist', { BucketName: name })
}
