// A cluster that copies its snapshots to another region no more.

import { call } from '#model/action.ts'
import type { Effect } from '#model/plan.ts'
import type { ChangeDraft } from '#model/practice.ts'
import type { Resource } from '#model/resource.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, refuse } from './common.ts'

export default defineAction({
  name: 'copy disable',
  summary: 'Stop copying the snapshots of a cluster to another region',
  requires: ['cluster'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    const off = copyOff(cluster)
    if (!off) refuse(`Cluster ${cluster.name} copies its snapshots nowhere.`, 'There is nothing to do.')
    return [about(cluster, [off])]
  },
})

function copyOff({ arn, name, facts }: Resource<'redshift:cluster'>): ChangeDraft | undefined {
  const { DestinationRegion, ...rest } = facts.ClusterSnapshotCopyStatus ?? {}
  if (!DestinationRegion) return undefined
  const effect: Effect = {
    resource: arn,
    fact: 'ClusterSnapshotCopyStatus.DestinationRegion',
    before: DestinationRegion,
    after: null,
  }
  const place = `Amazon Redshift › Clusters › ${name} › Actions › Configure cross-region snapshot`
  return {
    title: `Stop copying snapshots of ${name} to ${DestinationRegion}`,
    call: call('redshift:DisableSnapshotCopy', { ClusterIdentifier: name }),
    effects: [effect],
    console: `${place}: No`,
    impact: 'deletes data',
    notes: [
      `copied automated snapshots in ${DestinationRegion} are deleted, at the latest as they reach their retention; copied manual ones stay`,
    ],
    undo: {
      call: call('redshift:EnableSnapshotCopy', { ClusterIdentifier: name, DestinationRegion, ...rest }),
      console: `${place}: Yes, ${DestinationRegion}`,
      warning: 'copies that were deleted meanwhile do not come back',
    },
  }
}
