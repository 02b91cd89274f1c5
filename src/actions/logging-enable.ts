// The audit log of a cluster, sent to a bucket or to CloudWatch Logs; that of a namespace, which goes to CloudWatch Logs.

import { canonicalJson } from '#kit/canonical-json.ts'
import { auditLogSent } from '#model/audit-log.ts'
import { type Logging, type LogTarget, logTypes } from '#model/logging.ts'
import type { ChangeDraft } from '#model/practice.ts'
import { isGap, type LogBucketSeen, type Resource } from '#model/resource.ts'
import { logsChange } from '#model/serverless.ts'
import { defineAction, type Estate, type WishOptions } from '#model/wish.ts'
import { about, refuse, warehouseOf } from './common.ts'

export default defineAction({
  name: 'logging enable',
  summary:
    'Send the audit log of a cluster to a bucket, or that of a cluster or a namespace to CloudWatch Logs',
  requires: [],
  takes: ['cluster', 'namespace', 'bucket', 'prefix', 'cloudwatch'],
  wishes(options, estate) {
    const warehouse = warehouseOf(options, estate)
    const target = targetOf(options)
    const draft =
      warehouse.type === 'redshift:cluster'
        ? ofCluster(warehouse, target, estate)
        : ofNamespace(warehouse, target)
    if (draft.effects.every(({ before, after }) => canonicalJson(before) === canonicalJson(after)))
      refuse(`The audit log of ${warehouse.name} goes there already.`, 'There is nothing to do.')
    return [about(warehouse, [draft])]
  },

  examples: [
    { cluster: 'sales', bucket: 'audit', prefix: 'sales/' },
    { cluster: 'sales', cloudwatch: true },
    { namespace: 'planning', cloudwatch: true },
  ],
})

function targetOf({ bucket, prefix, cloudwatch }: WishOptions): LogTarget {
  if ((bucket !== undefined) === (cloudwatch === true))
    refuse('An audit log goes to one place.', 'Give either --bucket or --cloudwatch.')
  if (bucket === undefined) {
    if (prefix !== undefined)
      refuse('Only keys in a bucket begin with a prefix.', 'Leave out --prefix, or give --bucket.')
    return { LogDestinationType: 'cloudwatch', LogExports: logTypes }
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    refuse(
      `No bucket can be called "${bucket}".`,
      'Write 3 to 63 small letters, digits, dots and hyphens, without "s3://".',
    )
  // https://docs.aws.amazon.com/redshift/latest/APIReference/API_EnableLogging.html
  if (prefix !== undefined && !/^[\p{L}\p{N}\s_.:/=+\\@-]*$/u.test(prefix))
    refuse(
      `No key of an audit log can begin with "${prefix}".`,
      'Write letters, digits, spaces and _ . : / = + \\ - @ only.',
    )
  return { LogDestinationType: 's3', BucketName: bucket, ...(prefix ? { S3KeyPrefix: prefix } : {}) }
}

function ofCluster(cluster: Resource<'redshift:cluster'>, target: LogTarget, estate: Estate): ChangeDraft {
  const { BucketName } = target
  const lies = locationOf(BucketName, estate)
  if (lies === null)
    refuse(`There is no bucket ${BucketName}.`, 'Make it first, or name another one, and scan again.')
  if (lies !== undefined && lies !== cluster.region)
    refuse(
      `Bucket ${BucketName} lies in ${lies}.`,
      `The audit log of a cluster goes to a bucket of its own region, ${cluster.region}.`,
    )
  const logging = estate.answer(cluster, 'logging') as Logging
  const logBucket = logging.BucketName ? (estate.answer(cluster, 'logBucket') as LogBucketSeen) : null
  return auditLogSent({ ...cluster, logging, logBucket }, target)
}

/** Where a bucket lies, null where there is none, undefined where nobody has looked. */
function locationOf(bucket: string | undefined, estate: Estate): string | null | undefined {
  for (const resource of estate.all()) {
    if (resource.type !== 's3:bucket' || resource.name !== bucket) continue
    const { location } = resource.asked
    if (location) return isGap(location) ? location.lies : location.value
  }
  return undefined
}

function ofNamespace({ name, facts }: Resource<'redshift-serverless:namespace'>, { BucketName }: LogTarget) {
  // https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-audit-logging.html
  if (BucketName !== undefined)
    refuse(`The audit log of namespace ${name} can go to no bucket.`, 'Give --cloudwatch instead.')
  return logsChange(facts)
}
