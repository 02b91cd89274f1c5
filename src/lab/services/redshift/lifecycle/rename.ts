// A cluster gets another name, and all that goes by the name goes along.

import type { Happening } from '#lab/agenda.ts'
import type { ClusterRecord } from '../model.ts'
import { attach } from '../schedules/attach.ts'
import { beginSnapshots } from '../snapshots/automated.ts'
import { isOwn } from '../snapshots/retention.ts'
import { addSnapshot, removeSnapshot, snapshotsOf } from '../snapshots/store.ts'
import { note } from './events.ts'
import { beginMaintenance } from './maintenance-plan.ts'
import { endpointOf } from './usual-cluster.ts'

/** Renames a cluster: "all snapshots … remain associated with that cluster" (rs-mgmt-rename-cluster). */
export function rename(cluster: ClusterRecord, id: string, { state, region, now }: Happening): void {
  const { redshift } = region
  const snapshots = snapshotsOf(redshift, cluster.id).filter(isOwn)
  redshift.clusters.delete(cluster.id)
  cluster.id = id
  cluster.facts = {
    ...cluster.facts,
    ClusterIdentifier: id,
    Endpoint: endpointOf(region, id, cluster.facts.Endpoint?.Port ?? 5_439),
  }
  redshift.clusters.set(id, cluster)
  for (const snapshot of snapshots) {
    removeSnapshot(redshift, snapshot)
    // Unverified: whether the ARN follows; the lab's names the cluster.
    const SnapshotArn = snapshot.facts.SnapshotArn.replace(/:snapshot:[^/]*\//, `:snapshot:${id}/`)
    snapshot.facts = { ...snapshot.facts, ClusterIdentifier: id, SnapshotArn }
    addSnapshot(state, region, snapshot)
  }
  // What is on the agenda goes by the old name.
  if (cluster.nextSnapshot !== undefined) beginSnapshots(state, region, cluster, now)
  const { SnapshotScheduleIdentifier: plan, SnapshotScheduleState } = cluster.facts
  if (plan !== undefined && SnapshotScheduleState === 'MODIFYING')
    attach({ state, region, now }, cluster, plan)
  beginMaintenance(state, region, cluster, now)
  note(region, { number: '2013', at: now, source: id })
}
