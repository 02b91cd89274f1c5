// A cluster goes: with its automated snapshots, without its manual ones.

import type { Happening } from '#lab/agenda.ts'
import { letGo } from '../keys/root.ts'
import type { ClusterRecord } from '../model.ts'
import { isOwn } from '../snapshots/retention.ts'
import { removeSnapshot, snapshotsOf } from '../snapshots/store.ts'

/** Removes a cluster. "Automated snapshots are deleted with the cluster" (working-with-snapshots). */
export function removeCluster(cluster: ClusterRecord, happening: Happening): void {
  const { redshift } = happening.region
  const { id } = cluster
  letGo(happening, cluster)
  redshift.clusters.delete(id)
  for (const snapshot of snapshotsOf(redshift, id)) {
    if (!snapshot.isManual && isOwn(snapshot)) removeSnapshot(redshift, snapshot)
  }
}
