// A cluster that copies its snapshots to another region no more.

import { copyingStopped } from '#model/snapshot-copy.ts'
import { defineAction } from '#model/wish.ts'
import { about, demandAvailable, given, refuse } from './common.ts'

export default defineAction({
  name: 'copy disable',
  summary: 'Stop copying the snapshots of a cluster to another region',
  requires: ['cluster'],
  wishes(options, estate) {
    const cluster = estate.one('redshift:cluster', given(options, 'cluster'))
    demandAvailable(cluster)
    if (!cluster.facts.ClusterSnapshotCopyStatus?.DestinationRegion)
      refuse(`Cluster ${cluster.name} copies its snapshots nowhere.`, 'There is nothing to do.')
    return [about(cluster, [copyingStopped(cluster)])]
  },

  examples: [{ cluster: 'sales' }],
})
