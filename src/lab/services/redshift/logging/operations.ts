// Audit logging of clusters: turning it on and off, and how its deliveries go.

import type * as client from '@aws-sdk/client-redshift'
import type { LogDestinationType, LoggingStatus } from '@aws-sdk/client-redshift'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import { durations } from '../lifecycle/durations.ts'
import { demandRest, quietly, startWork } from '../work.ts'
import { beginStretch, endStretch, lastDelivery, noteCluster } from './deliveries.ts'
import { checkDestination, checkedDestination, demandWritable } from './destination.ts'
import { type LoggingRecord, loggingOff } from './model.ts'
import { publishedTables, remainingTables } from './system-tables.ts'

export const loggingOperations = {
  DescribeLoggingStatus(input, { region, now }) {
    return viewLogging(getCluster(region, input.ClusterIdentifier).logging, now)
  },

  EnableLogging(input, context) {
    const { region, now } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    const { logging } = cluster
    if (input.LogDestinationType === 's3table') {
      const tables = publishedTables(input, cluster, context)
      demandRest(cluster, 'enable')
      logging.tables = tables
      return viewLogging(logging, now)
    }
    const settings = { LoggingEnabled: true, ...checkDestination(input) }
    demandRest(cluster, 'enable')
    const destination = checkedDestination(settings, context)
    if (destination.type === 's3') demandWritable(destination, cluster.id, context)
    noteCluster(context, cluster)
    endStretch(cluster, now)
    cluster.logging = { ...loggingOff(logging.tables), settings }
    beginStretch(context, cluster, destination)
    return viewLogging(cluster.logging, now)
  },

  DisableLogging(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'disable')
    const { logging } = cluster
    if (input.LogDestinationType === 's3table') logging.tables = remainingTables(logging.tables, input)
    else {
      endStretch(cluster, now)
      cluster.logging = loggingOff(logging.tables)
    }
    // Right afterwards the cluster looks available and refuses: Terraform retries (internal/service/redshift/logging.go).
    startWork(state, region, cluster, quietly(now + durations.disablingLogging))
    return viewLogging(cluster.logging, now)
  },
} satisfies Operations<typeof client>

// When off the answer says just that (AWS CLI example). With S3 it does not say the destination type: Terraform does
// not read it back for that reason (internal/service/redshift/logging.go). While system tables are published, logging
// is on, and the destinations are named in one word, `cloudwatch,s3table` (querying-aws-redshift in
// aws/agent-toolkit-for-aws, read 2026-11-27). Unverified: that S3 is named in it.
function viewLogging(logging: LoggingRecord, now: number): LoggingStatus {
  const { settings, tables } = logging
  const published = tables ? { S3Tables: tables } : {}
  if (!settings.LoggingEnabled)
    return tables ? { LoggingEnabled: true, ...destinations([]), ...published } : { LoggingEnabled: false }
  const { LogDestinationType, LogExports, ...rest } = settings
  const toCloudWatch = LogDestinationType === 'cloudwatch'
  return {
    ...rest,
    ...(toCloudWatch && { LogDestinationType, LogExports }),
    ...(tables && destinations([toCloudWatch ? 'cloudwatch' : 's3'])),
    ...viewDeliveries(logging, now),
    ...published,
  }
}

function destinations(others: string[]) {
  return { LogDestinationType: [...others, 's3table'].join() as LogDestinationType }
}

function viewDeliveries({ stretch, told }: LoggingRecord, now: number): LoggingStatus {
  const arrived = stretch && lastDelivery(stretch, now, 'arrives')
  const failed = stretch && lastDelivery(stretch, now, 'fails')
  const success = latest(told.success, arrived?.at)
  const failure = latest(told.failure, failed?.at)
  const message = failed?.at === failure ? failed?.posture.message : told.message
  return {
    ...(success !== undefined && { LastSuccessfulDeliveryTime: new Date(success) }),
    ...(failure !== undefined && { LastFailureTime: new Date(failure) }),
    ...(failure !== undefined && message !== undefined && { LastFailureMessage: message }),
  }
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.max(one, other)
}
