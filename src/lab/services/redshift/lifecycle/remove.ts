// A cluster goes: with its automated snapshots, without its manual ones.

import type { Happening } from '#lab/agenda.ts'
import type { ClusterRecord } from '../model.ts'
import { isOwn } from '../snapshots/retention.ts'
import { removeSnapshot, snapshotsOf } from '../snapshots/store.ts'

/** Removes a cluster. "Automated snapshots are deleted with the cluster" (working-with-snapshots). */
export function removeCluster({ id }: ClusterRecord, { region: { redshift } }: Happening): void {
  redshift.clusters.delete(id)
  for (const snapshot of snapshotsOf(redshift, id)) {
    if (!snapshot.isManual && isOwn(snapshot)) removeSnapshot(redshift, snapshot)
  }
}
