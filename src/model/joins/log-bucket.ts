// The bucket that the audit log of a cluster goes to, and the clusters whose logs go to a bucket.

import type { JoinIndex } from '../join-index.ts'
import { logBucketOf } from '../logging.ts'
import {
  type Answer,
  isGap,
  type LogBucket,
  type LogBucketSeen,
  type Resource,
  resourceOf,
} from '../resource.ts'
import { missing, toldBy } from './join.ts'

/** The bucket that the audit log of a cluster goes to, and under which prefix; undefined where it goes to none. */
export function logUseOf({ arn, name: cluster, region, asked: { logging } }: Resource<'redshift:cluster'>) {
  if (!logging || isGap(logging)) return undefined
  const bucket = logBucketOf(logging.value)
  return bucket === undefined
    ? undefined
    : { bucket, by: { cluster, arn, region, prefix: logging.value.S3KeyPrefix ?? '' } }
}

/** The bucket of a cluster's audit log, as far as S3 told of it. */
export function logBucketSeen(
  cluster: Resource<'redshift:cluster'>,
  index: JoinIndex,
): Answer<LogBucketSeen> {
  const { arn, account, region, asked } = cluster
  if (asked.logging && isGap(asked.logging)) return asked.logging
  const retell = (value: LogBucketSeen) => toldBy(cluster as Resource, value)
  const use = logUseOf(cluster)
  if (!use) return retell(null)
  const bucket = index.find('s3:bucket', use.bucket)
  if (!bucket) return retell({ unread: missing(index.shard, 's3:bucket').source })
  const { location, policy, policyIsPublic, publicAccessBlock, encryption, objectLock } = bucket.asked
  const answers = Object.entries({
    location,
    policy,
    policyIsPublic,
    publicAccessBlock,
    encryption,
    objectLock,
  })
  const values: [string, unknown][] = []
  for (const [need, answer = missing(index.shard, 's3:bucket')] of answers) {
    if (isGap(answer)) return retell({ unread: answer.source })
    values.push([need, answer.value])
  }
  // Only what may be written there depends on it: where it is not told, S3 refuses what it would not take.
  const { accountPublicAccessBlock: around } = bucket.asked
  values.push(['accountPublicAccessBlock', around && !isGap(around) ? around.value : null])
  const { partition = '' } = resourceOf(arn) ?? {}
  const place = { partition, account, region, arn: bucket.arn, name: bucket.name, facts: bucket.facts }
  return retell({ bucket: { ...place, usedBy: [use.by], ...Object.fromEntries(values) } as LogBucket })
}
