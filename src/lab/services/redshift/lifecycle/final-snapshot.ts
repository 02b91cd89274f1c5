// The snapshot that is taken of a cluster before it is deleted.

import { ClusterSnapshotAlreadyExistsFault$ } from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { ClusterRecord } from '../model.ts'
import { seedSnapshot } from '../snapshots/seed.ts'
import { addSnapshot } from '../snapshots/store.ts'
import { note } from './events.ts'

/** Takes a manual snapshot of a cluster that is about to go. */
export function takeFinalSnapshot(
  { state, region, now }: Context,
  cluster: ClusterRecord,
  { SnapshotIdentifier: id, retention }: { SnapshotIdentifier: string; retention: number },
): void {
  if (region.redshift.snapshots.has(id)) {
    // Unverified: wording.
    throw fault(ClusterSnapshotAlreadyExistsFault$, `Snapshot ${id} already exists.`)
  }
  const seed = {
    SnapshotIdentifier: id,
    ClusterIdentifier: cluster.id,
    SnapshotType: 'manual',
    SnapshotCreateTime: new Date(now),
    ManualSnapshotRetentionPeriod: retention,
  }
  addSnapshot(state, region, seedSnapshot(region, seed, now))
  note(region, { number: '2012', at: now, source: id, words: { cluster: cluster.id } })
}
