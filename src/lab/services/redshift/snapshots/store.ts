// The snapshots of a region, and the same by the cluster they were taken of.

import { schedule } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import type { Redshift, SnapshotRecord } from '../model.ts'
import { endOf } from './retention.ts'

// Sorted lists of each region's snapshots, made when they are first asked for after a change. They are not part of the
// state: a loaded state starts without.
const sorted = new WeakMap<Redshift, Map<string, SnapshotRecord[]>>()

/** All snapshots of a region in an order; `name` tells orders apart. The list is not to be changed. */
export function sortedSnapshots(
  redshift: Redshift,
  name: string,
  compare: (a: SnapshotRecord, b: SnapshotRecord) => number,
): readonly SnapshotRecord[] {
  const lists = sorted.get(redshift) ?? new Map<string, SnapshotRecord[]>()
  sorted.set(redshift, lists)
  const known = lists.get(name)
  if (known) return known
  const list = [...redshift.snapshots.values()].sort(compare)
  lists.set(name, list)
  return list
}

/** Adds a snapshot and sees to it that it goes when its retention has run out. */
export function addSnapshot(state: State, region: Region, snapshot: SnapshotRecord): void {
  const { snapshots, snapshotsByCluster } = region.redshift
  sorted.delete(region.redshift)
  snapshots.set(snapshot.id, snapshot)
  const cluster = snapshot.facts.ClusterIdentifier
  const others = snapshotsByCluster.get(cluster)
  if (others) others.set(snapshot.id, snapshot)
  else snapshotsByCluster.set(cluster, new Map([[snapshot.id, snapshot]]))
  scheduleExpiry(state, region, snapshot)
}

/** Removes a snapshot. */
export function removeSnapshot(redshift: Redshift, snapshot: SnapshotRecord): void {
  const { snapshots, snapshotsByCluster } = redshift
  sorted.delete(redshift)
  snapshots.delete(snapshot.id)
  const others = snapshotsByCluster.get(snapshot.facts.ClusterIdentifier)
  others?.delete(snapshot.id)
  if (others?.size === 0) snapshotsByCluster.delete(snapshot.facts.ClusterIdentifier)
}

/** The snapshots of a cluster, also of one that is gone. */
export function snapshotsOf({ snapshotsByCluster }: Redshift, cluster: string): SnapshotRecord[] {
  return [...(snapshotsByCluster.get(cluster)?.values() ?? [])]
}

/** Puts the end of a snapshot's retention on the agenda, as it is now; called again whenever it changes. */
export function scheduleExpiry(state: State, region: Region, snapshot: SnapshotRecord): void {
  const end = endOf(region.redshift, snapshot)
  if (Number.isFinite(end)) schedule(state, end, 'redshift:expiry', region, snapshot.id)
}
