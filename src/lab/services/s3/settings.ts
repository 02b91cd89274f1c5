// A bucket's ACL, lifecycle, server access logging and tags.

import type * as client from '@aws-sdk/client-s3'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf } from './buckets.ts'
import { missing, refusal } from './errors.ts'
import { type Bucket, bucketArn, isWalled } from './model.ts'
import { cannedAcl, headerGrants, ownerOf } from './owners.ts'
import { isPublicAcl } from './public.ts'
import { findBucket } from './use.ts'

export const settingOperations = {
  GetBucketAcl(input, context) {
    const { account, acl } = bucketOf(input, context)
    return { Owner: ownerOf(account), Grants: acl }
  },

  PutBucketAcl(input, context) {
    const bucket = bucketOf(input, context)
    if (bucket.ownership === 'BucketOwnerEnforced') throw refusal('AccessControlListNotSupported')
    const grants = grantsOf(bucket, input)
    if (isWalled(context.state.s3, bucket, 'BlockPublicAcls') && isPublicAcl(grants)) {
      // Unverified: the wording; older reports have "Access Denied" alone.
      throw refusal(
        'AccessDenied',
        `User: ${context.principal.arn} is not authorized to perform: s3:PutBucketAcl on resource: "${bucketArn(bucket)}" because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting.`,
      )
    }
    bucket.acl = grants
    return {}
  },

  GetBucketLifecycleConfiguration(input, context) {
    const bucket = bucketOf(input, context)
    if (!bucket.lifecycle) throw missing('NoSuchLifecycleConfiguration', bucket)
    return bucket.lifecycle
  },

  // Rules are kept and shown; the lab never expires objects by them.
  PutBucketLifecycleConfiguration(input, context) {
    const bucket = bucketOf(input, context)
    const { Rules } = input.LifecycleConfiguration ?? {}
    if (!Rules?.length) throw refusal('MalformedXML')
    bucket.lifecycle = {
      Rules: Rules.map((rule, index) => ({ ...rule, ID: rule.ID ?? `rule-${index + 1}` })),
    }
    return {}
  },

  DeleteBucketLifecycle(input, context) {
    bucketOf(input, context).lifecycle = undefined
    return {}
  },

  GetBucketLogging(input, context) {
    const { logging } = bucketOf(input, context)
    return logging ? { LoggingEnabled: logging } : {}
  },

  // Kept and shown; the lab writes no server access logs.
  PutBucketLogging(input, context) {
    const bucket = bucketOf(input, context)
    const { LoggingEnabled: logging } = input.BucketLoggingStatus
    if (logging && (logging.TargetBucket === undefined || logging.TargetPrefix === undefined))
      throw refusal('MalformedXML')
    const target = findBucket(context.state, bucket.partition, logging?.TargetBucket ?? '')
    // Code: S3 API Reference, "List of error codes". Unverified: the wording.
    if (logging && (target?.region !== bucket.region || target.account !== bucket.account)) {
      throw refusal('InvalidTargetBucketForLogging', undefined, { TargetBucket: logging.TargetBucket })
    }
    bucket.logging = logging
    return {}
  },

  GetBucketTagging(input, context) {
    const bucket = bucketOf(input, context)
    if (bucket.tags.length === 0) throw missing('NoSuchTagSet', bucket)
    return { TagSet: bucket.tags }
  },

  PutBucketTagging(input, context) {
    const { TagSet = [] } = input.Tagging
    if (new Set(TagSet.map(({ Key }) => Key)).size < TagSet.length)
      throw refusal('InvalidTag', 'Cannot provide multiple Tags with the same key')
    bucketOf(input, context).tags = TagSet
    return {}
  },

  DeleteBucketTagging(input, context) {
    bucketOf(input, context).tags = []
    return {}
  },
} satisfies Operations<typeof client>

function grantsOf(bucket: Bucket, input: client.PutBucketAclRequest): client.Grant[] {
  const { Owner, Grants } = input.AccessControlPolicy ?? {}
  const ways = [input.ACL, headerGrants(input), Grants].filter((way) => way !== undefined)
  if (ways.length > 1)
    throw refusal('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed')
  if (Grants && Owner?.ID !== ownerOf(bucket.account).ID) throw refusal('AccessDenied')
  return Grants ?? headerGrants(input) ?? cannedAcl(bucket.account, input.ACL)
}
