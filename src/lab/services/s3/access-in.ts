// The check of one action in a bucket: which policy decides, and what a call says of itself whatever it is.
// Apart from access-to.ts so that Redshift, which looks at buckets for its logs, does not load the schemas of S3.

import type { Context } from '#lab/state.ts'
import type { Access } from '#lab/wire/operations.ts'
import { type Bucket, bucketArn, isWalled } from './model.ts'
import { isPublicPolicy } from './public.ts'

/** The check of an action in a bucket or on one of its objects. */
export function accessIn(
  bucket: Bucket,
  action: string,
  key: string | undefined,
  context: Context,
  conditions: Access['conditions'] = usualConditions(),
): Access {
  const arn = bucketArn(bucket)
  const policy = policyFor(bucket, action, context)
  return {
    action,
    resource: key === undefined ? arn : `${arn}/${key}`,
    resourceAccount: bucket.account,
    conditions,
    ...(policy && { policy }),
  }
}

// Nobody can lock the owner's root user out of the policy: S3 User Guide, "Bucket policies", and API, PutBucketPolicy.
const ofRoot = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']

// RestrictPublicBuckets: a public policy lets in the owner's account and AWS services only, its fixed grants to other
// accounts included. ACLs are kept and shown, but let nobody in: the lab does not model access by ACL.
function policyFor(bucket: Bucket, action: string, { account, principal, state }: Context): Access['policy'] {
  const { policy } = bucket
  if (!policy) return undefined
  const isOwner = account.id === bucket.account
  if (isOwner && ofRoot.includes(action) && principal.arn.endsWith(':root')) return undefined
  if (!isOwner && isWalled(state.s3, bucket, 'RestrictPublicBuckets') && isPublicPolicy(policy.document))
    return undefined
  return { document: policy.document, kind: 'usual' }
}

/** The lab is plain HTTP on a loopback port and stands for AWS's TLS endpoints, so policies that demand TLS are content. */
export function usualConditions(): Record<string, string> {
  return {
    'aws:SecureTransport': 'true',
    's3:authType': 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:TlsVersion': '1.3',
  }
}
