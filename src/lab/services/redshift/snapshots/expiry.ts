// Snapshots that go: at the end of their retention, or at once when the retention shrinks.

import type { TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import type { Redshift, SnapshotRecord } from '../model.ts'
import { automatedEnd, endOf, isOwn } from './retention.ts'
import { removeSnapshot, scheduleExpiry, snapshotsOf } from './store.ts'

/**
 * `redshift:expiry`: the retention of a snapshot is over, unless it was changed after the task was made. The newest
 * automated snapshot of a cluster stays (working-with-snapshots); it goes when there is a newer one.
 */
export const expire: TaskHandler = (id, { state, region, now }) => {
  const { redshift } = region
  const snapshot = redshift.snapshots.get(id)
  if (!snapshot) return
  const end = endOf(redshift, snapshot)
  if (end > now) scheduleExpiry(state, region, snapshot)
  else if (newestOf(redshift, snapshot.facts.ClusterIdentifier) !== snapshot)
    removeSnapshot(redshift, snapshot)
}

/** An automated snapshot is complete: the one before, which was the newest, goes when its retention is over already. */
export function becomeNewest({ redshift }: Region, snapshot: SnapshotRecord, now: number): void {
  const cluster = redshift.clusters.get(snapshot.facts.ClusterIdentifier)
  if (!cluster) return
  const before = newestOf(redshift, cluster.id)
  cluster.newestSnapshot = snapshot.id
  if (before && before !== snapshot && endOf(redshift, before) <= now) removeSnapshot(redshift, before)
}

/**
 * Removes a cluster's automated snapshots that are older than its retention, but keeps the newest unless automated
 * snapshots are off. https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html
 */
function expireAutomated({ redshift }: Region, cluster: string, now: number): void {
  const days = redshift.clusters.get(cluster)?.facts.AutomatedSnapshotRetentionPeriod ?? 1
  const newest = days === 0 ? undefined : newestOf(redshift, cluster)
  for (const snapshot of automatedOf(redshift, cluster)) {
    if (snapshot !== newest && automatedEnd(snapshot, days) <= now) removeSnapshot(redshift, snapshot)
  }
}

/** After a cluster's retention was changed: removes what is too old now, and notes the new ends of the rest. */
export function retentionChanged(state: State, region: Region, cluster: string, now: number): void {
  expireAutomated(region, cluster, now)
  for (const snapshot of automatedOf(region.redshift, cluster)) scheduleExpiry(state, region, snapshot)
}

function automatedOf(redshift: Redshift, cluster: string): SnapshotRecord[] {
  return snapshotsOf(redshift, cluster).filter((snapshot) => !snapshot.isManual && isOwn(snapshot))
}

/** The newest complete automated snapshot of a cluster; it is looked for once and known from then on. */
function newestOf(redshift: Redshift, id: string): SnapshotRecord | undefined {
  const cluster = redshift.clusters.get(id)
  const known = redshift.snapshots.get(cluster?.newestSnapshot ?? '')
  if (!cluster || known) return known
  const takenAt = ({ facts }: SnapshotRecord) => facts.SnapshotCreateTime.getTime()
  const complete = automatedOf(redshift, id).filter(({ creating }) => !creating)
  const newest = complete.reduce<SnapshotRecord | undefined>(
    (last, snapshot) => (last && takenAt(last) >= takenAt(snapshot) ? last : snapshot),
    undefined,
  )
  if (newest) cluster.newestSnapshot = newest.id
  return newest
}
