// Automated snapshots, which AWS takes by itself while a cluster is available and keeps them.

import { day, hour } from '#kit/time.ts'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import type { ClusterRecord } from '../model.ts'
import { expireAutomated } from './expiry.ts'
import { isOwn } from './retention.ts'
import { seedSnapshot } from './seed.ts'
import { addSnapshot, snapshotsOf } from './store.ts'

/** "About every eight hours or following every 5 GB per node of data changes": MG working-with-snapshots. */
const every = 8 * hour

/** Begins to take snapshots of a cluster, the first one eight hours from now. */
export function beginSnapshots(state: State, region: Region, cluster: ClusterRecord, now: number): void {
  cluster.nextSnapshot = now + every
  schedule(state, cluster.nextSnapshot, 'redshift:snapshot', region, cluster.id)
}

/** `redshift:snapshot`: the next automated snapshot of a cluster is due. */
export const takeAutomatedSnapshot: TaskHandler = (id, { state, region, now }) => {
  const cluster = region.redshift.clusters.get(id)
  if (cluster?.nextSnapshot !== now) return
  if (cluster.facts.AutomatedSnapshotRetentionPeriod === 0) {
    cluster.nextSnapshot = undefined
    return
  }
  // A cluster that is paused or changing has its turn eight hours later.
  if (cluster.facts.ClusterStatus === 'available') take(state, region, cluster, now)
  beginSnapshots(state, region, cluster, now)
}

function take(state: State, region: Region, { id: cluster }: ClusterRecord, now: number) {
  const moment = new Date(now).toISOString()
  const SnapshotIdentifier = `rs:${cluster}-${moment.slice(0, 19).replace(/[T:]/g, '-')}`
  if (region.redshift.snapshots.has(SnapshotIdentifier)) return
  const seed = { SnapshotIdentifier, ClusterIdentifier: cluster, SnapshotCreateTime: moment }
  addSnapshot(state, region, seedSnapshot(region, seed, now))
  // The one before was the newest, which outlives its retention only until there is a newer one.
  expireAutomated(region, cluster, now)
}

/**
 * Starts the rhythm of a seeded cluster. Seeded snapshots that are all more than a day old say that something keeps AWS
 * from taking them, and a cluster older than a day without any says the same: there it does not start by itself.
 */
export function seedRhythm(state: State, region: Region, cluster: ClusterRecord, now: number): void {
  const taken = snapshotsOf(region.redshift, cluster.id)
    .filter((snapshot) => !snapshot.isManual && isOwn(snapshot))
    .map(({ facts }) => facts.SnapshotCreateTime.getTime())
  const latest = Math.max(...taken, cluster.facts.ClusterCreateTime?.getTime() ?? 0)
  if (cluster.facts.AutomatedSnapshotRetentionPeriod !== 0 && now - latest <= day)
    beginSnapshots(state, region, cluster, now)
}
