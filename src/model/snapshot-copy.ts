// The call that ends the copying of a cluster's snapshots to another region, and its way back.

import { call } from './action.ts'
import type { Json } from './plain.ts'
import type { ChangeDraft } from './practice.ts'
import type { ClusterFacts } from './resource.ts'

/** Stops copying; undone, it is as it was, with the same retentions and grant. */
export function copyingStopped({
  name,
  arn,
  facts,
}: {
  name: string
  arn: string
  facts: ClusterFacts
}): ChangeDraft {
  const { DestinationRegion = '', ...rest } = facts.ClusterSnapshotCopyStatus ?? {}
  const place = `Amazon Redshift › Clusters › ${name} › Actions › Configure cross-region snapshot`
  return {
    title: `Stop copying snapshots of ${name} to ${DestinationRegion}`,
    call: call('redshift:DisableSnapshotCopy', { ClusterIdentifier: name }),
    effects: Object.entries({ DestinationRegion, ...rest }).map(([member, before]) => ({
      resource: arn,
      fact: `ClusterSnapshotCopyStatus.${member}`,
      before: before as Json,
      after: null,
    })),
    console: `${place}: Copy snapshots No`,
    // AWS's pages disagree: copied automated snapshots go at once, or as they reach their retention.
    impact: 'deletes data',
    notes: [
      `copied automated snapshots in ${DestinationRegion} are deleted, at the latest as they reach their retention; copied manual ones stay`,
    ],
    undo: {
      call: call('redshift:EnableSnapshotCopy', { ClusterIdentifier: name, DestinationRegion, ...rest }),
      console: `${place}: Copy snapshots Yes, ${DestinationRegion}`,
      warning: 'copies that were deleted meanwhile do not come back',
    },
  }
}
