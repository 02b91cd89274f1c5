// Maintenance: what AWS does to a cluster in its window, how it is deferred, and restarts after a failure.

import type * as client from '@aws-sdk/client-redshift'
import {
  ClusterOnLatestRevisionFault$,
  type DeferredMaintenanceWindow,
  type ModifyClusterMaintenanceMessage,
  UnsupportedOperationFault$,
} from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import type { TaskHandler } from '#lab/agenda.ts'
import { newUuid } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import { demandRest, isAtRest, startWork } from '../work.ts'
import { durations } from './durations.ts'
import { note } from './events.ts'
import { beginMaintenance, isDue } from './maintenance-plan.ts'
import { revisionOf } from './releases.ts'

/** `redshift:maintenance`: a window opens. A cluster that is paused or changing has its turn in the next one. */
export const maintain: TaskHandler = (id, { state, region, now }) => {
  const cluster = region.redshift.clusters.get(id)
  if (cluster?.nextMaintenance !== now) return
  if (!isAtRest(cluster) || !isDue(cluster.facts, now)) {
    beginMaintenance(state, region, cluster, now)
    return
  }
  note(region, { number: '2003', at: now, source: id })
  // "Maintenance - the cluster is intermittently available … due to maintenance activities" (API, Cluster).
  // Unverified: that ClusterStatus stays available meanwhile.
  startWork(state, region, cluster, {
    status: 'available',
    availability: 'Maintenance',
    until: now + durations.maintenance,
    ending: { kind: 'maintained' },
  })
}

/** `redshift:failure`: a cluster fails, and Redshift restarts it by itself. */
export const fail: TaskHandler = (id, { state, region, now }) => {
  const cluster = region.redshift.clusters.get(id)
  if (!cluster || !isAtRest(cluster)) return
  note(region, { number: '2050', at: now, source: id })
  // "If the cluster fails and is restarted by Amazon Redshift, your changes are applied at that time"
  // (working-with-parameter-groups). Unverified: the status, which is that of a reboot here.
  startWork(state, region, cluster, {
    status: 'rebooting',
    availability: 'Failed',
    until: now + durations.failureRestart,
    ending: { kind: 'recovered' },
  })
}

export const maintenanceOperations = {
  ModifyClusterMaintenance(input, context) {
    const { state, region, now } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'modify')
    cluster.facts = {
      ...cluster.facts,
      DeferredMaintenanceWindows: deferrals(cluster.facts.DeferredMaintenanceWindows ?? [], input, context),
    }
    beginMaintenance(state, region, cluster, now)
    return { Cluster: viewCluster(cluster) }
  },

  ModifyClusterDbRevision(input, { region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'modify')
    const newest = revisionOf(cluster.facts.MaintenanceTrackName, now)
    if (cluster.facts.ClusterRevisionNumber === newest) {
      // Wording: the fault's description.
      throw fault(ClusterOnLatestRevisionFault$, 'Cluster is already on the latest database revision.')
    }
    throw fault(UnsupportedOperationFault$, 'The lab updates clusters in their maintenance windows only.')
  },

  DescribeClusterDbRevisions(input, { region, now }) {
    const one = input.ClusterIdentifier
    const clusters = one ? [getCluster(region, one)] : [...region.redshift.clusters.values()]
    return {
      ClusterDbRevisions: clusters.map(({ id, facts }) => ({
        ClusterIdentifier: id,
        CurrentDatabaseRevision: facts.ClusterRevisionNumber,
        RevisionTargets: isDue(facts, now)
          ? [{ DatabaseRevision: revisionOf(facts.MaintenanceTrackName, now) }]
          : [],
      })),
    }
  },

  FailoverPrimaryCompute(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'fail over')
    if (cluster.facts.MultiAZ !== 'Enabled') {
      // Unverified: wording.
      throw fault(UnsupportedOperationFault$, `Cluster ${cluster.id} is not a Multi-AZ cluster.`)
    }
    note(region, { number: '3666', at: now, source: cluster.id })
    startWork(state, region, cluster, {
      status: 'modifying',
      availability: 'Modifying',
      until: now + durations.failover,
      ending: { kind: 'failedOver' },
    })
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>

// "The duration must be 60 days or less"; an end time or a duration, not both (API, ModifyClusterMaintenance).
// Unverified: the wordings here.
function deferrals(
  windows: DeferredMaintenanceWindow[],
  input: ModifyClusterMaintenanceMessage,
  { state, now }: Context,
): DeferredMaintenanceWindow[] {
  const { DeferMaintenance: on, DeferMaintenanceIdentifier: id } = input
  if (on === undefined) throw common('InvalidParameterCombination', 'No modifications were requested')
  const others = windows.filter(({ DeferMaintenanceIdentifier }) => DeferMaintenanceIdentifier !== id)
  if (!on) return id === undefined ? [] : others
  const { DeferMaintenanceEndTime: end, DeferMaintenanceDuration: days } = input
  if (end !== undefined && days !== undefined)
    throw common(
      'InvalidParameterCombination',
      'Specify either DeferMaintenanceEndTime or DeferMaintenanceDuration.',
    )
  const start = input.DeferMaintenanceStartTime ?? new Date(now)
  const until = end ?? new Date(start.getTime() + (days ?? 30) * day)
  const length = until.getTime() - start.getTime()
  if (!(length > 0 && length <= 60 * day) || until.getTime() <= now)
    throw common('InvalidParameterValue', 'The deferred maintenance window must be 60 days or less.')
  const window = {
    DeferMaintenanceIdentifier: id ?? `dfm-${newUuid(state).replaceAll('-', '').slice(0, 20)}`,
    DeferMaintenanceStartTime: start,
    DeferMaintenanceEndTime: until,
  }
  return [...others, window]
}
