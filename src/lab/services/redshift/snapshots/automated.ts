// Automated snapshots, which AWS takes by itself while a cluster is available and keeps them.

import { day, hour } from '#kit/time.ts'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import type { ClusterRecord } from '../model.ts'
import { nextInvocation } from '../schedules/invocations.ts'
import { isOwn } from './retention.ts'
import { snapshotsOf } from './store.ts'
import { takeAutomated } from './take.ts'

/** "About every eight hours or following every 5 GB per node of data changes": MG working-with-snapshots. */
const every = 8 * hour

/** Begins to take snapshots of a cluster: the first by its schedule or eight hours from now, unless a moment is given. */
export function beginSnapshots(
  state: State,
  region: Region,
  cluster: ClusterRecord,
  now: number,
  first = nextTurn(region, cluster, now),
): void {
  cluster.nextSnapshot = first
  schedule(state, first, 'redshift:snapshot', region, cluster.id)
}

/** `redshift:snapshot`: the next automated snapshot of a cluster is due. */
export const takeAutomatedSnapshot: TaskHandler = (id, { state, region, now }) => {
  const cluster = region.redshift.clusters.get(id)
  if (cluster?.nextSnapshot !== now) return
  if (cluster.facts.AutomatedSnapshotRetentionPeriod === 0) {
    cluster.nextSnapshot = undefined
    cluster.overdueSnapshot = undefined
    return
  }
  if (!isReady(cluster)) {
    // What is changing catches up as soon as the change is over; what is paused or not there waits for its next turn.
    cluster.overdueSnapshot ??= now
    beginSnapshots(state, region, cluster, now, cluster.work && Math.max(cluster.work.until, now + 1))
    return
  }
  cluster.overdueSnapshot = undefined
  takeAutomated({ state, region, now }, cluster)
  beginSnapshots(state, region, cluster, now)
}

// "No backup is created until the cluster is fully encrypted": MG changing-cluster-encryption.
function isReady({ work, facts }: ClusterRecord): boolean {
  return (
    !work &&
    /^available/.test(facts.ClusterStatus ?? '') &&
    facts.PendingModifiedValues?.EncryptionType === undefined
  )
}

function nextTurn({ redshift }: Region, { facts }: ClusterRecord, now: number): number {
  const { SnapshotScheduleIdentifier: id, SnapshotScheduleState: state } = facts
  const plan = id === undefined || state === 'MODIFYING' ? undefined : redshift.snapshotSchedules.get(id)
  return (plan && nextInvocation(plan, now)) ?? now + every
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
