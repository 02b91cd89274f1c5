// How long the copies of automated snapshots are kept, when a cluster says so anew.

import { schedule, type TaskHandler } from '#lab/agenda.ts'
import { type Region, regionIn, type State } from '#lab/state.ts'
import type { ClusterRecord, SnapshotRecord } from '../model.ts'
import { isOwn } from '../snapshots/retention.ts'
import { scheduleExpiry, snapshotsOf } from '../snapshots/store.ts'
import type { Moment } from '../snapshots/take.ts'

/**
 * Applies a cluster's retention of copies to those there are; what is older goes at once: "deletes any existing automated
 * snapshots that were copied … and that fall outside of the new retention period" (API).
 */
export function copyRetentionChanged({ state, region }: Moment, cluster: ClusterRecord): void {
  const { DestinationRegion: name, RetentionPeriod: days } = cluster.facts.ClusterSnapshotCopyStatus ?? {}
  if (name === undefined || days === undefined) return
  const there = regionIn(region.account, name)
  for (const copy of copiesOf(there, region, cluster.id)) {
    copy.copyDays = days
    scheduleExpiry(state, there, copy)
  }
}

/** A seeded cluster that copies its snapshots keeps the seeded copies as well, wherever they are seeded. */
export function seedCopying(state: State, region: Region, cluster: ClusterRecord, now: number): void {
  if (cluster.facts.ClusterSnapshotCopyStatus) schedule(state, now, 'redshift:copies', region, cluster.id)
}

/** `redshift:copies`: every region is seeded, so the copies of a seeded cluster are there. */
export const adoptCopies: TaskHandler = (id, happening) => {
  const cluster = happening.region.redshift.clusters.get(id)
  if (cluster) copyRetentionChanged(happening, cluster)
}

function copiesOf({ redshift }: Region, source: Region, cluster: string): SnapshotRecord[] {
  return snapshotsOf(redshift, cluster).filter(
    (snapshot) => !snapshot.isManual && !isOwn(snapshot) && snapshot.facts.SourceRegion === source.name,
  )
}
