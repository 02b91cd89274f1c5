// The audit log of a cluster, sent to a bucket or to CloudWatch Logs.

import { canonicalJson } from '#kit/canonical-json.ts'
import { auditLogSent } from '#model/audit-log.ts'
import { type Logging, type LogTarget, logTypes } from '#model/logging.ts'
import type { LogBucketSeen } from '#model/resource.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, refuse } from './common.ts'

export default defineAction({
  name: 'logging enable',
  summary: 'Send the audit log of a cluster to a bucket, or to CloudWatch Logs',
  requires: ['cluster'],
  takes: ['bucket', 'prefix', 'cloudwatch'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    const { bucket, prefix, cloudwatch } = options
    if ((bucket !== undefined) === (cloudwatch === true))
      refuse('An audit log goes to one place.', 'Give either --bucket or --cloudwatch.')
    if (cloudwatch && prefix !== undefined)
      refuse('Only keys in a bucket begin with a prefix.', 'Leave out --prefix, or give --bucket.')
    const target: LogTarget = bucket
      ? { LogDestinationType: 's3', BucketName: bucket, ...(prefix ? { S3KeyPrefix: prefix } : {}) }
      : { LogDestinationType: 'cloudwatch', LogExports: logTypes }
    const logging = estate.answer(cluster, 'logging') as Logging
    const logBucket = logging.BucketName ? (estate.answer(cluster, 'logBucket') as LogBucketSeen) : null
    const draft = auditLogSent({ ...cluster, logging, logBucket }, target)
    if (draft.effects.every(({ before, after }) => canonicalJson(before) === canonicalJson(after)))
      refuse(`The audit log of ${cluster.name} goes there already.`, 'There is nothing to do.')
    return [about(cluster, [draft])]
  },

  examples: [
    { cluster: 'sales', bucket: 'audit', prefix: 'sales/' },
    { cluster: 'sales', cloudwatch: true },
  ],
})
