// The buckets that audit logs go to: nothing is known of them but their names, and that Redshift was told to write there.

import type { Thing } from './redshift.ts'

/** The buckets of clusters in a region. They take logs, so that turning logging on again leads back. */
export function bucketsOf(clusters: readonly Thing[]): Thing[] {
  const names = new Set<string>()
  for (const { logging } of clusters) {
    const { BucketName } = (logging ?? {}) as { BucketName?: string }
    if (BucketName) names.add(BucketName)
  }
  return [...names].sort().map((Name) => ({ Name, Policy: policyFor(Name) }))
}

// Redshift Management Guide, db-auditing: the service principal, and what it needs.
function policyFor(name: string): object {
  const Resource = [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]
  const Action = ['s3:PutObject', 's3:GetBucketAcl']
  const Principal = { Service: 'redshift.amazonaws.com' }
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, Resource }] }
}
