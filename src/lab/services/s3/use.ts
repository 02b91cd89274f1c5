// What other services do with buckets: find them, and deliver into them as themselves.

import { serviceMay } from '#lab/access.ts'
import type { State } from '#lab/state.ts'
import { type Bucket, bucketArn, bucketKey } from './model.ts'

/** The bucket of that name in a partition, whoever owns it. */
export function findBucket(state: State, partition: string, name: string): Bucket | undefined {
  return state.s3.buckets.get(bucketKey(partition, name))
}

/** What a service means to deliver, and where to. */
export type Delivery = {
  partition: string
  bucket: string
  /** The key of an object it will write, or the prefix. */
  key: string
  /** `redshift.amazonaws.com`; in regions to opt in to `redshift.<region>.amazonaws.com`. */
  service: string
  /** Where the bucket must be, if the service demands it. */
  region?: string
  /** Whether Object Lock and SSE-KMS are in the way, as they are for Redshift's audit logs. */
  plainOnly?: boolean
  /** `aws:SourceArn`, `aws:SourceAccount`, `s3:x-amz-acl` … */
  conditions?: Record<string, string>
}

/** Why a delivery fails. */
export type DeliveryRefusal = 'no-bucket' | 'other-region' | 'policy' | 'object-lock' | 'encryption'

/** Why a service may not deliver there now, or undefined when it may. */
export function deliveryRefusal(state: State, delivery: Delivery): DeliveryRefusal | undefined {
  const bucket = findBucket(state, delivery.partition, delivery.bucket)
  if (!bucket) return 'no-bucket'
  if (delivery.region !== undefined && delivery.region !== bucket.region) return 'other-region'
  if (!serviceMayDeliver(bucket, delivery)) return 'policy'
  if (!delivery.plainOnly) return undefined
  if (bucket.objectLock?.ObjectLockEnabled === 'Enabled') return 'object-lock'
  return isPlain(bucket) ? undefined : 'encryption'
}

// Redshift and CloudTrail read the bucket's ACL, then put: Redshift Management Guide, "Bucket permissions for audit
// logging"; CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
function serviceMayDeliver(bucket: Bucket, { key, service, conditions = {} }: Delivery): boolean {
  const arn = bucketArn(bucket)
  const { 's3:x-amz-acl': _, ...ofReading } = conditions
  if (!bucket.policy) return false
  const policy = { document: bucket.policy.document, kind: 'usual' as const }
  const may = (action: string, resource: string, given: Record<string, string>) =>
    serviceMay(service, { action, resource, resourceAccount: bucket.account, policy }, given)
  return may('s3:GetBucketAcl', arn, ofReading) && may('s3:PutObject', `${arn}/${key}`, conditions)
}

function isPlain({ encryption }: Bucket): boolean {
  return encryption.every(
    ({ ApplyServerSideEncryptionByDefault: by }) => by === undefined || by.SSEAlgorithm === 'AES256',
  )
}
