// Which schedule the automated snapshots of a cluster follow.

import { type Cluster, SnapshotScheduleNotFoundFault$ } from '@aws-sdk/client-redshift'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { ClusterRecord, SnapshotScheduleRecord } from '../model.ts'
import { beginSnapshots } from '../snapshots/automated.ts'
import { snapshotDurations } from '../snapshots/durations.ts'
import type { Moment } from '../snapshots/take.ts'

/** The schedule of that name, or SnapshotScheduleNotFound. Wording: the fault's description. */
export function getSchedule({ redshift }: Region, id: string): SnapshotScheduleRecord {
  const found = redshift.snapshotSchedules.get(id)
  if (!found)
    throw fault(SnapshotScheduleNotFoundFault$, 'We could not find the specified snapshot schedule.')
  return found
}

/** Lets a cluster follow a schedule, which takes a moment. */
export function attach({ state, region, now }: Moment, cluster: ClusterRecord, id: string): void {
  cluster.facts = {
    ...cluster.facts,
    SnapshotScheduleIdentifier: id,
    SnapshotScheduleState: 'MODIFYING',
  }
  schedule(state, now + snapshotDurations.attaching, 'redshift:schedule', region, cluster.id)
}

/** Takes a cluster off its schedule; its snapshots come every eight hours again. */
export function detach(moment: Moment, cluster: ClusterRecord): void {
  const { SnapshotScheduleIdentifier, SnapshotScheduleState, ...facts } = cluster.facts
  cluster.facts = facts
  begin(moment, cluster)
}

/** `redshift:schedule`: a cluster follows its schedule from now on. */
export const finishAttaching: TaskHandler = (id, happening) => {
  const cluster = happening.region.redshift.clusters.get(id)
  if (cluster?.facts.SnapshotScheduleState !== 'MODIFYING') return
  cluster.facts = { ...cluster.facts, SnapshotScheduleState: 'ACTIVE' }
  begin(happening, cluster)
}

function begin({ state, region, now }: Moment, cluster: ClusterRecord) {
  if (cluster.facts.AutomatedSnapshotRetentionPeriod !== 0) beginSnapshots(state, region, cluster, now)
}

/** What DescribeClusters says of the next snapshot, "for clusters with a valid snapshot schedule and backups enabled". */
export function viewNextSnapshot({ facts, nextSnapshot, overdueSnapshot }: ClusterRecord): Partial<Cluster> {
  if (facts.SnapshotScheduleState !== 'ACTIVE' || nextSnapshot === undefined) return {}
  if (facts.AutomatedSnapshotRetentionPeriod === 0) return {}
  return {
    ExpectedNextSnapshotScheduleTime: new Date(overdueSnapshot ?? nextSnapshot),
    ExpectedNextSnapshotScheduleTimeStatus: overdueSnapshot === undefined ? 'OnTrack' : 'Pending',
  }
}
