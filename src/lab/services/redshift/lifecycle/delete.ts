// DeleteCluster.

import type * as client from '@aws-sdk/client-redshift'
import { common } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from '../cluster-view.ts'
import { getCluster } from '../get-cluster.ts'
import type { Stage, Work } from '../model.ts'
import { checkManualRetention } from '../snapshots/retention.ts'
import { takeManualSnapshot } from '../snapshots/take.ts'
import { busy, isAtRest, startWork } from '../work.ts'
import { durations } from './durations.ts'

// States in which AWS deletes a cluster although it is not available: its own advice is to delete it ("can be deleted",
// "Delete this cluster and restore"; working-with-event-notifications, 2023 to 3603).
const deletable = [
  'hardware-failure',
  'incompatible-restore',
  'incompatible-network',
  'incompatible-parameters',
]

export const deleteOperations = {
  DeleteCluster(input, context) {
    const { state, region, now } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    const { SkipFinalClusterSnapshot: skip = false, FinalClusterSnapshotIdentifier: snapshot } = input
    const days = input.FinalClusterSnapshotRetentionPeriod
    if (!skip && snapshot === undefined) {
      // "Must be specified if SkipFinalClusterSnapshot is false" (API). Wording and code: moto.
      throw common(
        'InvalidParameterCombination',
        'FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified.',
      )
    }
    if (skip && snapshot !== undefined) {
      // Code and wording: as RDS answers. Unverified for Redshift.
      throw common(
        'InvalidParameterCombination',
        'FinalClusterSnapshotIdentifier can not be specified when deleting a cluster with SkipFinalClusterSnapshot set to true',
      )
    }
    if (days !== undefined) checkManualRetention(days)
    const isBroken = !cluster.work && deletable.includes(cluster.facts.ClusterStatus ?? '')
    // A paused cluster is refused as well: apache/airflow pull request 68922.
    if (!isAtRest(cluster) && !(isBroken && skip)) throw busy('delete')
    if (snapshot === undefined)
      startWork(state, region, cluster, { ...deleting(false), until: now + durations.deleting })
    else {
      const wish = { SnapshotIdentifier: snapshot, retention: days ?? -1, isFinal: true }
      takeManualSnapshot(context, cluster, wish)
      startWork(state, region, cluster, withFinalSnapshot(now))
    }
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>

function deleting(saved: boolean): Stage {
  return { status: 'deleting', availability: 'Unavailable', ending: { kind: 'deleted', saved } }
}

// "The status of the cluster is final-snapshot while the snapshot is being taken, then deleting" (API, DeleteCluster).
function withFinalSnapshot(now: number): Work {
  return {
    status: 'final-snapshot',
    availability: 'Unavailable',
    until: now + durations.finalSnapshot,
    ending: { kind: 'passed' },
    next: [{ ...deleting(true), lasts: durations.deleting }],
  }
}
