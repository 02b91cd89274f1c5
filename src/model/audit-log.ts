// The call that sends the audit log of a cluster somewhere, and its way back.

import { call } from './action.ts'
import { whyNoLogs } from './log-bucket.ts'
import {
  auditLogsOf,
  auditLogType,
  destinationOf,
  isFailing,
  type Logging,
  type LogTarget,
  logTypes,
  targetOf,
} from './logging.ts'
import type { ChangeDraft } from './practice.ts'
import type { LogBucketSeen } from './resource.ts'

type Subject = { arn: string; name: string; logging: Logging; logBucket: LogBucketSeen }

/**
 * Sends all three audit logs of a cluster to a bucket or to CloudWatch Logs; undone, they go where they went. To a bucket
 * that takes no logs they do not go back: AWS refuses it, and nothing would arrive.
 */
export function auditLogSent(subject: Subject, target: LogTarget): ChangeDraft {
  const { name, logging } = subject
  const former = destinationOf(logging)
  const lost = whyNoLogs(subject.logBucket)
  const to = target.BucketName ? `bucket ${target.BucketName}` : 'CloudWatch Logs'
  const place = `Amazon Redshift › Clusters › ${name} › Properties › Database configurations › Edit › Edit audit logging`
  const enableAt = (where: LogTarget) => call('redshift:EnableLogging', { ClusterIdentifier: name, ...where })
  return {
    title: `Send all three audit logs of ${name} to ${to}`,
    call: enableAt(target),
    effects: effectsOf(subject, target),
    console: `${place}: Turn on, ${to}, connection, user and user activity log`,
    impact: 'none',
    notes: notesOf(subject, target),
    undo: lost
      ? { none: `the logs do not go back: ${lost}` }
      : former
        ? { call: enableAt(targetOf(logging)), console: `${place}: ${former}` }
        : {
            call: call('redshift:DisableLogging', { ClusterIdentifier: name }),
            console: `${place}: Disable`,
          },
  }
}

function effectsOf({ arn, logging }: Subject, { BucketName, S3KeyPrefix, LogExports }: LogTarget) {
  const after = { LoggingEnabled: true, BucketName, S3KeyPrefix }
  const moved = (Object.keys(after) as (keyof typeof after)[]).filter((key) => logging[key] !== after[key])
  const [from, to] = [auditLogType(logging) ?? null, BucketName ? 's3' : 'cloudwatch']
  return [
    ...moved.map((key) => ({
      resource: arn,
      fact: `logging.${key}`,
      before: logging[key] ?? null,
      after: after[key] ?? null,
    })),
    ...(from === to ? [] : [{ resource: arn, fact: 'auditLogType', before: from, after: to }]),
    // A bucket gets all three together, whether they are named or not.
    ...(LogExports
      ? [{ resource: arn, fact: 'logTypes', before: auditLogsOf(logging), after: logTypes }]
      : []),
  ]
}

function notesOf({ name, logging, logBucket }: Subject, { BucketName }: LogTarget): string[] {
  const activity = 'the user activity log stays empty until enable_user_activity_logging is in force as well'
  if (BucketName) return [activity]
  const group = `/aws/redshift/cluster/${name}/…`
  const cost = `log groups ${group} cost by what is written, and never expire unless a retention is set`
  if (!logging.BucketName) return [activity, cost]
  const readers = `what reads bucket ${logging.BucketName} must read ${group} from now on; what lies in the bucket stays`
  // What is known of the bucket is said by the undo.
  if (!isFailing(logging) || whyNoLogs(logBucket)) return [activity, cost, readers]
  const back = `while Redshift may not write to bucket ${logging.BucketName}, AWS refuses the undo`
  return [activity, cost, readers, back]
}
