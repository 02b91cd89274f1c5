// How an example of a snapshot is seeded: the snapshot, its cluster if that lives, and the other snapshots of it.

import type { SnapshotSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

export function snapshot({ facts, answers }: Example<'redshift:snapshot'>): Seed {
  const { cluster, snapshots = [] } = answers.otherCopies ?? {}
  const { ClusterIdentifier = '', ClusterCreateTime = '' } = facts
  return {
    region: {
      clusters: cluster ? [{ ClusterIdentifier, ClusterCreateTime }] : [],
      snapshots: [facts, ...snapshots.map((other) => other.facts)] as SnapshotSeed[],
    },
  }
}
