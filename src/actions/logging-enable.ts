// The audit log of a cluster, sent to a bucket or to CloudWatch Logs.

import { call } from '#model/action.ts'
import {
  auditLogType,
  destinationOf,
  type Logging,
  type LogTarget,
  logTypes,
  targetOf,
} from '#model/logging.ts'
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
    const target: LogTarget = bucket
      ? { LogDestinationType: 's3', BucketName: bucket, ...(prefix ? { S3KeyPrefix: prefix } : {}) }
      : { LogDestinationType: 'cloudwatch', LogExports: logTypes }
    const { arn, name } = cluster
    const logging = estate.answer(cluster, 'logging') as Logging
    const former = destinationOf(logging)
    const enable = (where: LogTarget) => call('redshift:EnableLogging', { ClusterIdentifier: name, ...where })
    const to = bucket ? `bucket ${bucket}` : 'CloudWatch Logs'
    const place = `Amazon Redshift › Clusters › ${name} › Properties › Database configurations › Edit › Edit audit logging`
    const moved = {
      LoggingEnabled: true,
      ...(bucket ? { BucketName: bucket } : {}),
    }
    return [
      about(cluster, [
        {
          title: `Send the audit log of ${name} to ${to}`,
          call: enable(target),
          effects: [
            ...Object.entries(moved).map(([member, after]) => ({
              resource: arn,
              fact: `logging.${member}`,
              before: logging[member as keyof typeof moved & keyof Logging] ?? null,
              after,
            })),
            {
              resource: arn,
              fact: 'auditLogType',
              before: auditLogType(logging) ?? null,
              after: bucket ? 's3' : 'cloudwatch',
            },
          ],
          console: `${place}: Turn on, ${to}`,
          impact: 'none',
          notes: ['the user activity log stays empty until enable_user_activity_logging is in force as well'],
          undo: former
            ? { call: enable(targetOf(logging)), console: `${place}: ${former}` }
            : {
                call: call('redshift:DisableLogging', { ClusterIdentifier: name }),
                console: `${place}: Disable`,
              },
        },
      ]),
    ]
  },
})
