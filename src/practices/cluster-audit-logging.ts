// Clusters keep an audit log, all of it, and it arrives.

import { hour, spoken } from '#kit/time.ts'
import { auditLogSent } from '#model/audit-log.ts'
import { letInAgain, whyNoLogs } from '#model/log-bucket.ts'
import {
  auditLogType,
  destinationOf,
  isFailing,
  logTypes,
  missingLogs,
  sinceDelivery,
  targetOf,
} from '#model/logging.ts'
import { definePractice, fail, type Known, pass, type States, said, unknown } from '#model/practice.ts'
import { isBeingDeleted, isPaused } from '#model/resource.ts'
import { logBucketSeen, policyOf, redshiftWrites } from './examples/bucket.ts'
import { bucketLogging, cloudWatchLogging, cluster } from './examples.ts'

type Subject = Known<'redshift:cluster', 'logging' | 'logBucket' | 'resumes'>

export default definePractice({
  id: 'cluster-audit-logging',
  title: 'Clusters keep an audit log, and it arrives',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['logging', 'logBucket', 'resumes'],
  controls: [
    'security-hub/Redshift.4',
    'aws-config/redshift-audit-logging-enabled',
    'aws-config/redshift-cluster-configuration-check',
    'prowler/redshift_cluster_audit_logging',
  ],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_LoggingStatus.html',
  ],
  why: 'Without the connection, user and user activity logs an intrusion leaves nothing to hunt in. A log that is on and does not arrive is the same, only nobody knows.',
  whenNotTo:
    'A scratch cluster that holds no data of value. Publishing system tables to S3 Tables is no substitute: it is another copy of other rows, and can be read and dropped like any table.',
  guide: {
    check: {
      cli: ['aws redshift describe-logging-status --cluster-identifier CLUSTER'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations: Audit logging.',
      ],
    },
    change: {
      cli: [
        'aws redshift enable-logging --cluster-identifier CLUSTER --log-destination-type cloudwatch --log-exports connectionlog userlog useractivitylog',
        'aws logs put-retention-policy --log-group-name /aws/redshift/cluster/CLUSTER/connectionlog --retention-in-days 365',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations › Edit › Edit audit logging: Turn on, CloudWatch, all three logs, Save changes.',
        'CloudWatch › Logs › Log groups › /aws/redshift/cluster/CLUSTER/…: set a Retention, the default is Never Expire.',
        'The user activity log stays empty until enable_user_activity_logging is true in the parameter group, and in force.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing-console.html',
    readOn: '2026-11-27',
  },
  settings: {
    // AWS delivers at least hourly while the cluster runs: the connections of Redshift's own superuser are in the log too.
    hours: { default: 24, unit: 'hours', about: 'How long ago the last delivery may be.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject, { settings, now }) {
    const { logging } = subject
    if (logging.LoggingEnabled === undefined) {
      return unknown('untold', 'does not tell whether it keeps an audit log')
    }
    const to = destinationOf(logging)
    const observed = said(logging.LastSuccessfulDeliveryTime ?? null, 'logging')
    const states: States<'logging'> = { configured: said(to ?? 'off', 'logging'), observed }
    if (!to) {
      const tables = logging.S3Tables || logging.LogDestinationType === 's3table'
      const instead = tables ? ': the system tables that it publishes to S3 Tables are not one' : ''
      return fail('off', `keeps no audit log${instead}`, states)
    }
    return arrival(subject, { to, states, limit: settings.hours * hour, now })
  },

  remediation: {
    summary:
      'Let the logs into their bucket again where a call can do that; or else send all three to CloudWatch Logs, or to where they go now if they arrive there.',
    impact: 'none',
    later: 'Redshift delivers the first log within about an hour.',
    hold({ logBucket }, _, { reason }) {
      if (reason === 'off' || reason === 'incomplete' || whyNoLogs(logBucket)) return undefined
      // AWS does not tell since when logging is on: somebody may be at it right now.
      if (reason === 'never-delivered')
        return 'audit logging may have been switched on only now: look again in some hours, or name it with --resource'
      if (!logBucket || 'unread' in logBucket) return undefined
      return `nothing of bucket ${logBucket.bucket.name} keeps Redshift from delivering, which may have been mended only now: look again in some hours, or name it with --resource`
    },
    steps(subject, _, { reason }) {
      const { logging } = subject
      if (reason === 'incomplete')
        return [auditLogSent(subject, { ...targetOf(logging), LogExports: logTypes })]
      // What fails in CloudWatch Logs, no call to Redshift can mend.
      if (reason !== 'off' && auditLogType(logging) === 'cloudwatch') {
        return { none: 'it goes to CloudWatch Logs already: look there why nothing arrives' }
      }
      const mending = reason === 'off' ? [] : letInAgain(subject.logBucket)
      if (mending.length > 0) return mending
      // A bucket in which nothing arrives loses nothing by the move, and what happens meanwhile is kept.
      return [auditLogSent(subject, { LogDestinationType: 'cloudwatch', LogExports: logTypes })]
    },
  },

  examples: {
    pass: {
      'to CloudWatch Logs, no bucket': cluster({ reason: 'delivering', logging: cloudWatchLogging() }),
      'to a bucket, where all three logs go together': cluster({
        reason: 'delivering',
        logging: bucketLogging(),
      }),
      'a failure that has healed': cluster({
        reason: 'delivering',
        logging: bucketLogging({
          LastFailureTime: '2026-11-21T11:00:00Z',
          LastFailureMessage: 'Access Denied',
        }),
      }),
      'created an hour ago, nothing delivered yet': cluster({
        reason: 'not-yet-delivered',
        facts: { ClusterCreateTime: '2026-11-22T11:00:00Z' },
        logging: { LoggingEnabled: true, BucketName: 'acme-audit' },
      }),
      'paused for a week, and resumed half an hour ago': cluster({
        reason: 'resumed',
        logging: bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-15T11:00:00Z' }),
        answers: { resumes: ['2026-11-22T11:30:00Z'] },
      }),
      'paused for a week': cluster({
        reason: 'paused',
        facts: { ClusterStatus: 'paused' },
        logging: bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-15T11:00:00Z' }),
      }),
    },
    fail: {
      'logging is off': cluster({ reason: 'off', logging: { LoggingEnabled: false } }),
      'the bucket refuses, as its policy names the user of old': cluster({
        reason: 'failing',
        logging: bucketLogging({
          LastFailureTime: '2026-11-22T11:30:00Z',
          LastFailureMessage: 'The bucket policy does not allow redshift.amazonaws.com to write.',
        }),
        answers: {
          logBucket: logBucketSeen({
            policy: policyOf({
              ...redshiftWrites,
              Principal: { AWS: 'arn:aws:iam::193672423079:user/logs' },
            }),
          }),
        },
      }),
      'the bucket is gone': cluster({
        reason: 'failing',
        logging: bucketLogging({
          LastFailureTime: '2026-11-22T11:30:00Z',
          LastFailureMessage: 'The specified bucket does not exist.',
        }),
        answers: { logBucket: logBucketSeen({ location: null }) },
      }),
      'the bucket has Object Lock, and encrypts with KMS besides': cluster({
        reason: 'stale',
        logging: bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-19T11:00:00Z' }),
        answers: {
          logBucket: logBucketSeen({
            objectLock: true,
            encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
          }),
        },
      }),
      'on, and nothing ever arrived': cluster({
        reason: 'never-delivered',
        logging: { LoggingEnabled: true, BucketName: 'acme-audit', S3KeyPrefix: 'redshift/' },
      }),
      'the last delivery was three days ago': cluster({
        reason: 'stale',
        logging: bucketLogging({ LastSuccessfulDeliveryTime: '2026-11-19T11:00:00Z' }),
      }),
      'the user activity log is left out': cluster({
        reason: 'incomplete',
        logging: cloudWatchLogging({ LogExports: ['connectionlog', 'userlog'] }),
      }),
    },
  },
})

type Arrival = { to: string; states: States<'logging'>; limit: number; now: string }

/** Judges an audit log that is on: does it arrive, and all of it? */
function arrival(subject: Subject, { to, states, limit, now }: Arrival) {
  const { facts, logging } = subject
  const ago = sinceDelivery(logging, now)
  const last = ago === undefined ? 'nothing was ever delivered' : `last delivered ${spoken(ago)} ago`
  const but = `has audit logging on to ${to}, but ${last}`
  if (isFailing(logging)) {
    const why = logging.LastFailureMessage || 'AWS does not say why'
    return fail('failing', `cannot deliver its audit log to ${to}, ${last}: ${why}`, states)
  }
  const isNew = Date.parse(now) - Date.parse(facts.ClusterCreateTime ?? '') <= limit
  // A paused cluster has nothing to tell.
  const isAsleep = isPaused(facts)
  if (ago === undefined && !isNew) return fail('never-delivered', but, states)
  const isOld = ago !== undefined && ago > limit
  // What woke up lately had nothing to tell before; no fact of a cluster tells since when it runs.
  const woke = isOld && !isAsleep ? subject.resumes[0] : undefined
  const awake = woke === undefined ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(woke)
  if (isOld && !isAsleep && awake > limit) return fail('stale', but, states)

  const missing = missingLogs(logging)
  if (!missing) return unknown('untold', `sends its audit log to ${to}, but AWS names no log types`, states)
  if (missing.length > 0) return fail('incomplete', `sends no ${missing.join(', no ')} to ${to}`, states)
  if (ago === undefined) return pass('not-yet-delivered', `is new; no audit log is in ${to} yet`, states)
  if (woke)
    return pass('resumed', `was resumed ${spoken(awake)} ago; its audit log is in ${to}, ${last}`, states)
  return isAsleep && isOld
    ? pass('paused', `is ${facts.ClusterStatus}; its audit log is in ${to}, ${last}`, states)
    : pass('delivering', `sends its audit log to ${to}, ${last}`, states)
}
