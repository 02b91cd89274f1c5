// Automated snapshots, which AWS takes by itself while a cluster is available and keeps them.

import { day, hour } from '#kit/time.ts'
import type { Region } from '#lab/state.ts'
import type { ClusterRecord } from './model.ts'
import { seedSnapshot } from './seed-snapshot.ts'

/** "About every eight hours or following every 5 GB per node of data changes": MG working-with-snapshots. */
const every = 8 * hour

/** Begins to take snapshots of a cluster, the first one eight hours from now. */
export function beginSnapshots(cluster: ClusterRecord, now: number): void {
  cluster.nextSnapshot = now + every
}

/** Takes every automated snapshot that was due by now and would still be kept. */
export function takeAutomatedSnapshots(region: Region, now: number): void {
  for (const cluster of region.redshift.clusters.values()) {
    const { nextSnapshot: next, facts } = cluster
    const kept = (facts.AutomatedSnapshotRetentionPeriod ?? 1) * day
    if (next === undefined || next > now) continue
    if (kept === 0) {
      cluster.nextSnapshot = undefined
      continue
    }
    // Of a long time only the last retention period matters, but the rhythm stays.
    const skipped = Math.max(0, Math.floor((now - kept - next) / every))
    let at = next + skipped * every
    for (; at <= now; at += every) takeSnapshot(region, cluster, at)
    cluster.nextSnapshot = at
  }
}

function takeSnapshot(region: Region, { id: cluster, facts }: ClusterRecord, at: number) {
  // A cluster that is paused or changing has its turn eight hours later.
  if (facts.ClusterStatus !== 'available') return
  const moment = new Date(at).toISOString()
  const SnapshotIdentifier = `rs:${cluster}-${moment.slice(0, 19).replace(/[T:]/g, '-')}`
  const seed = { SnapshotIdentifier, ClusterIdentifier: cluster, SnapshotCreateTime: moment }
  if (!region.redshift.snapshots.has(SnapshotIdentifier)) {
    region.redshift.snapshots.set(SnapshotIdentifier, seedSnapshot(region, seed, at))
  }
}

/**
 * Starts the rhythm of a seeded cluster. Seeded snapshots that are all more than a day old say that something keeps AWS
 * from taking them, and a cluster older than a day without any says the same: there it does not start by itself.
 */
export function seedRhythm({ redshift }: Region, cluster: ClusterRecord, now: number): void {
  const taken = [...redshift.snapshots.values()]
    .filter(
      ({ isManual, facts }) => !isManual && facts.ClusterIdentifier === cluster.id && !facts.SourceRegion,
    )
    .map(({ facts }) => facts.SnapshotCreateTime.getTime())
  const latest = Math.max(...taken, cluster.facts.ClusterCreateTime?.getTime() ?? 0)
  if (cluster.facts.AutomatedSnapshotRetentionPeriod !== 0 && now - latest <= day)
    beginSnapshots(cluster, now)
}
