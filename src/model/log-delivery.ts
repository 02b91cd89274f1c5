// How Redshift brings audit logs into a bucket: as whom, with which actions, and whether the bucket's policy lets it.
// https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html

import { withStatement } from './bucket-policy.ts'
import type { Access } from './policy-reach.ts'
import type { BucketUse, Place, PolicyDocument } from './resource.ts'
import { serviceAccess } from './service-access.ts'

// Every other region of the partition aws has to be opted in to:
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
const withoutOptIn = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
]

/**
 * As whom Redshift delivers audit logs of a region: in those to opt in to, as the region's own principal. Unverified: that
 * the principal has the same name in China and GovCloud, and that elsewhere a policy for the region's own one lets nobody
 * in.
 */
export function logDeliverer({ partition, region }: Place): string {
  const isOwn = partition === 'aws' && !withoutOptIn.includes(region)
  return isOwn ? `redshift.${region}.amazonaws.com` : 'redshift.amazonaws.com'
}

/** Where the audit logs of a region lie in a bucket: db-auditing. A prefix is followed by one slash. */
export function logFolder({ account, region }: Pick<Place, 'account' | 'region'>, prefix: string): string {
  const front = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return `${front}AWSLogs/${account}/redshift/${region}/`
}

/** Whether the policy of a bucket lets Redshift deliver the audit log of a cluster in this place. */
export function logAccess(
  policy: PolicyDocument,
  bucket: string,
  { arn, prefix }: BucketUse,
  place: Place,
): Access {
  const { account } = place
  const by = { service: logDeliverer(place), account, source: arn }
  const log = `${bucket}/${logFolder(place, prefix)}log.gz`
  const answers = [
    serviceAccess(policy, { ...by, action: 's3:GetBucketAcl', resource: bucket }),
    serviceAccess(policy, { ...by, action: 's3:PutObject', resource: log }),
  ]
  if (answers.includes('refused')) return 'refused'
  return answers.includes('depends') ? 'depends' : 'allowed'
}

/** The policy of a bucket with the statement that the Management Guide wants, nothing else changed. */
export function lettingLogsIn(policy: PolicyDocument, bucket: string, place: Place): PolicyDocument {
  return withStatement(policy, {
    Sid: 'RedshiftAuditLogs',
    Effect: 'Allow',
    Principal: { Service: logDeliverer(place) },
    Action: ['s3:PutObject', 's3:GetBucketAcl'],
    Resource: [bucket, `${bucket}/*`],
  })
}
