// Audit logging of clusters: turning it on and off, and how its deliveries go.

import type * as client from '@aws-sdk/client-redshift'
import type { LoggingStatus } from '@aws-sdk/client-redshift'
import { hour } from '#kit/time.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from './clusters.ts'
import { durations } from './lifecycle/durations.ts'
import { checkDestination } from './log-destination.ts'
import type { LoggingRecord } from './model.ts'
import { demandRest, quietly, startWork } from './work.ts'

export const loggingOperations = {
  DescribeLoggingStatus(input, { region, now }) {
    return viewLogging(getCluster(region, input.ClusterIdentifier).logging, now)
  },

  EnableLogging(input, { region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    const { ClusterIdentifier, ...destination } = input
    const settings = { LoggingEnabled: true, ...checkDestination(destination) }
    demandRest(cluster, 'enable')
    // Every log is delivered for the first time an hour after it was turned on.
    cluster.logging = { settings, delivery: { outcome: 'success', since: now, repeats: true } }
    return viewLogging(cluster.logging, now)
  },

  DisableLogging(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'disable')
    // Stopping system tables leaves audit logging as it is, and the lab publishes none.
    if (input.LogDestinationType !== 's3table') cluster.logging = loggingOff()
    // Right afterwards the cluster looks available and refuses: Terraform retries (internal/service/redshift/logging.go).
    startWork(state, region, cluster, quietly(now + durations.disablingLogging))
    return viewLogging(cluster.logging, now)
  },
} satisfies Operations<typeof client>

/** Logging that was never turned on. */
export function loggingOff(): LoggingRecord {
  return { settings: { LoggingEnabled: false }, delivery: { outcome: 'success', since: 0, repeats: false } }
}

// When off the answer says just that (AWS CLI example). With S3 it does not say the destination type: Terraform does
// not read it back for that reason (internal/service/redshift/logging.go).
function viewLogging({ settings, delivery }: LoggingRecord, now: number): LoggingStatus {
  if (!settings.LoggingEnabled) return { LoggingEnabled: false }
  const { LogDestinationType, LogExports, ...rest } = settings
  const destination = LogDestinationType === 'cloudwatch' ? { LogDestinationType, LogExports } : {}
  return { ...rest, ...destination, ...latestDelivery(delivery, now) }
}

function latestDelivery({ outcome, since, repeats }: LoggingRecord['delivery'], now: number): LoggingStatus {
  const rounds = Math.floor((now - since) / hour)
  if (!repeats || rounds < 1) return {}
  const at = new Date(since + rounds * hour)
  return outcome === 'success' ? { LastSuccessfulDeliveryTime: at } : { LastFailureTime: at }
}
