// A bucket that takes audit logs, for tests.

import type { BucketSeed } from '#lab/services/s3/seed-types.ts'

/** A bucket whose policy lets somebody, Redshift if nobody is named, write as Redshift needs it. */
export function logBucket(
  Name: string,
  principal: object | string = { Service: 'redshift.amazonaws.com' },
): BucketSeed {
  return { Name, Policy: policyFor(Name, principal) }
}

/** The policy of such a bucket. Management Guide, "Bucket permissions for Amazon Redshift audit logging". */
export function policyFor(
  name: string,
  principal: object | string = { Service: 'redshift.amazonaws.com' },
): { Version: string; Statement: object[] } {
  const statement = {
    Effect: 'Allow',
    Principal: typeof principal === 'string' ? { AWS: principal } : principal,
    Action: ['s3:PutObject', 's3:GetBucketAcl'],
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
  }
  return { Version: '2012-10-17', Statement: [statement] }
}
