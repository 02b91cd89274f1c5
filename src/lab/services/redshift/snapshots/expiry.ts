// Snapshots that go: at the end of their retention, or at once when the retention shrinks.

import type { TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import type { SnapshotRecord } from '../model.ts'
import { automatedEnd, endOf, isOwn } from './retention.ts'
import { removeSnapshot, scheduleExpiry, snapshotsOf } from './store.ts'

/** `redshift:expiry`: the retention of a snapshot is over, unless it was changed after the task was made. */
export const expire: TaskHandler = (id, { state, region, now }) => {
  const snapshot = region.redshift.snapshots.get(id)
  if (!snapshot) return
  const end = endOf(region.redshift, snapshot)
  if (end > now) scheduleExpiry(state, region, snapshot)
  else if (snapshot.isManual || !isOwn(snapshot)) removeSnapshot(region.redshift, snapshot)
  else expireAutomated(region, snapshot.facts.ClusterIdentifier, now)
}

/**
 * Removes a cluster's automated snapshots that are older than its retention, but keeps the newest unless automated
 * snapshots are off. https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html
 */
export function expireAutomated({ redshift }: Region, cluster: string, now: number): void {
  const days = redshift.clusters.get(cluster)?.facts.AutomatedSnapshotRetentionPeriod ?? 1
  const automated = automatedOf(redshift, cluster)
  const newest = days === 0 ? undefined : newestOf(automated.filter(({ creating }) => !creating))
  for (const snapshot of automated) {
    if (snapshot !== newest && automatedEnd(snapshot, days) <= now) removeSnapshot(redshift, snapshot)
  }
}

/** After a cluster's retention was changed: removes what is too old now, and notes the new ends of the rest. */
export function retentionChanged(state: State, region: Region, cluster: string, now: number): void {
  expireAutomated(region, cluster, now)
  for (const snapshot of automatedOf(region.redshift, cluster)) scheduleExpiry(state, region, snapshot)
}

function automatedOf(redshift: Region['redshift'], cluster: string): SnapshotRecord[] {
  return snapshotsOf(redshift, cluster).filter((snapshot) => !snapshot.isManual && isOwn(snapshot))
}

function newestOf(snapshots: SnapshotRecord[]): SnapshotRecord | undefined {
  const takenAt = ({ facts }: SnapshotRecord) => facts.SnapshotCreateTime.getTime()
  return snapshots.reduce<SnapshotRecord | undefined>(
    (newest, snapshot) => (newest && takenAt(newest) >= takenAt(snapshot) ? newest : snapshot),
    undefined,
  )
}
