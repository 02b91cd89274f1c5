// What DescribeLoggingStatus tells of a cluster's audit log: where it goes, which logs, and whether they arrive.

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
 * Where the audit log goes, or undefined when there is none. AWS does not name the type when it is s3
 * (terraform-provider-aws, internal/service/redshift/logging.go); `s3table` publishes system tables, no audit log.
 */
export function destinationOf({
  LoggingEnabled,
  LogDestinationType,
  BucketName,
}: Logging): string | undefined {
  if (!LoggingEnabled) return undefined
  if (LogDestinationType === 'cloudwatch') return 'CloudWatch Logs'
  if (BucketName) return `bucket ${BucketName}`
  return LogDestinationType === 's3table' ? undefined : 'an unnamed place'
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
 * The log types that are not sent; undefined when that cannot be told. A bucket gets all three together (db-auditing).
 * Unverified: what CloudWatch Logs gets when no type is named.
 */
export function missingLogs({ LogDestinationType, LogExports = [] }: Logging): string[] | undefined {
  if (LogExports.length > 0) return logTypes.filter((type) => !LogExports.includes(type))
  return LogDestinationType === 'cloudwatch' ? undefined : []
}

/** What EnableLogging was last told, as far as AWS repeats it. */
export function targetOf({
  BucketName,
  S3KeyPrefix,
  LogExports = [],
  LogDestinationType,
}: Logging): LogTarget {
  return {
    LogDestinationType: LogDestinationType ?? 's3',
    ...(BucketName ? { BucketName } : {}),
    ...(S3KeyPrefix ? { S3KeyPrefix } : {}),
    ...(LogExports.length > 0 ? { LogExports } : {}),
  }
}
