// What DescribeLoggingStatus tells of a cluster's audit log: where it goes, which logs, and whether they arrive.

import { hour } from '#kit/time.ts'
import type { Call } from './action.ts'
import type { Plain } from './plain.ts'
import type { ResourceTypes } from './resource.ts'

export type Logging = ResourceTypes['redshift:cluster']['asked']['logging']

type Enabled = Plain<Extract<Call, { action: 'redshift:EnableLogging' }>['input']>

/** Where audit logs go, as EnableLogging takes it. */
export type LogTarget = Omit<Enabled, 'ClusterIdentifier'>

/** The audit logs of a cluster: https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html */
export const logTypes = ['connectionlog', 'useractivitylog', 'userlog']

/**
 * Where the audit log is sent, by EnableLogging's word; undefined when there is none. AWS does not name it when it is s3
 * (terraform-provider-aws, internal/service/redshift/logging.go). It names several destinations in one word,
 * `cloudwatch,s3table` (querying-aws-redshift in aws/agent-toolkit-for-aws); `s3table` publishes system tables, which is
 * no audit log, and logging is on by it alone.
 */
export function auditLogType({
  LoggingEnabled,
  LogDestinationType,
  BucketName,
}: Logging): 'cloudwatch' | 's3' | 'unnamed' | undefined {
  if (!LoggingEnabled) return undefined
  const types = LogDestinationType?.split(',').map((type) => type.trim()) ?? []
  if (types.includes('cloudwatch')) return 'cloudwatch'
  if (BucketName || types.includes('s3')) return 's3'
  return types.includes('s3table') ? undefined : 'unnamed'
}

/** The bucket that the audit log goes to; AWS may still name the one of former days. */
export function logBucketOf(logging: Logging): string | undefined {
  return auditLogType(logging) === 's3' ? logging.BucketName : undefined
}

/** Where the audit log goes, in words, or undefined when there is none. */
export function destinationOf(logging: Logging): string | undefined {
  const type = auditLogType(logging)
  if (type === 'cloudwatch') return 'CloudWatch Logs'
  if (type === 's3' && logging.BucketName) return `bucket ${logging.BucketName}`
  return type && 'an unnamed place'
}

/** The audit logs that are exported, in one order; AWS promises none, and may name system tables beside them. */
export function auditLogsOf({ LogExports = [] }: Logging): string[] {
  return LogExports.filter((type) => logTypes.includes(type)).sort()
}

/** True when the last failure is newer than the last delivery: an older one has healed by itself. */
export function isFailing({ LastFailureTime, LastSuccessfulDeliveryTime }: Logging): boolean {
  if (!LastFailureTime) return false
  return !(Date.parse(LastFailureTime) <= Date.parse(LastSuccessfulDeliveryTime ?? ''))
}

/** Milliseconds since the last delivery, or undefined when nothing was ever delivered. */
export function sinceDelivery({ LastSuccessfulDeliveryTime }: Logging, now: string): number | undefined {
  if (!LastSuccessfulDeliveryTime) return undefined
  return Math.max(0, Date.parse(now) - Date.parse(LastSuccessfulDeliveryTime))
}

/**
 * True where nothing was delivered for so long that something is wrong, or the cluster was paused: AWS delivers at least
 * hourly while it runs, and is given another hour.
 */
export function isQuiet(logging: Logging, at: string): boolean {
  return (sinceDelivery(logging, at) ?? 0) > 2 * hour
}

/**
 * The log types that are not sent; undefined when that cannot be told. A bucket gets all three together (db-auditing).
 * Unverified: what CloudWatch Logs gets when no type is named.
 */
export function missingLogs(logging: Logging): string[] | undefined {
  const exported = auditLogsOf(logging)
  if (exported.length > 0) return logTypes.filter((type) => !exported.includes(type))
  return auditLogType(logging) === 'cloudwatch' ? undefined : []
}

/** What EnableLogging was last told of the audit log, as far as AWS repeats it. */
export function targetOf(logging: Logging): LogTarget {
  const { BucketName, S3KeyPrefix } = logging
  const LogExports = auditLogsOf(logging)
  return {
    LogDestinationType: auditLogType(logging) === 'cloudwatch' ? 'cloudwatch' : 's3',
    ...(BucketName ? { BucketName } : {}),
    ...(S3KeyPrefix ? { S3KeyPrefix } : {}),
    ...(LogExports.length > 0 ? { LogExports } : {}),
  }
}
