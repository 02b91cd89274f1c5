// Takes snapshots: manual ones that somebody asks for, final ones, automated ones.

import type { Snapshot, Tag } from '@aws-sdk/client-redshift'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region, State } from '#lab/state.ts'
import { copyLater } from '../copies/copying.ts'
import { note } from '../lifecycle/events.ts'
import type { ClusterRecord, SnapshotRecord } from '../model.ts'
import { checkTags } from '../tags.ts'
import { snapshotDurations } from './durations.ts'
import { becomeNewest } from './expiry.ts'
import { snapshotArn, usualSnapshot } from './facts.ts'
import { checkSnapshotName, demandRoom } from './identifiers.ts'
import { checkManualRetention } from './retention.ts'
import { addSnapshot } from './store.ts'

/** Where and when something is done. A call's context and a task's happening are both. */
export type Moment = { state: State; region: Region; now: number }

/** A manual snapshot as it is asked for. What is left out gets the value AWS would give. */
export type ManualWish = {
  SnapshotIdentifier: string
  retention?: number | undefined
  tags?: Tag[] | undefined
  /** The last one of a cluster that is being deleted. */
  isFinal?: boolean
}

/**
 * Takes a manual snapshot of a cluster, or throws AWS's refusal. Whether the cluster is in a state for it is the caller's
 * to check.
 */
export function takeManualSnapshot(moment: Moment, cluster: ClusterRecord, wish: ManualWish): SnapshotRecord {
  const { SnapshotIdentifier: id, retention, tags = [], isFinal = false } = wish
  checkSnapshotName(id)
  if (retention !== undefined) checkManualRetention(retention)
  checkTags(tags)
  demandRoom(moment.region, id)
  const snapshot = make(moment, cluster, {
    id,
    isManual: true,
    lasts: isFinal ? snapshotDurations.final : snapshotDurations.manual,
    facts: {
      Status: isFinal ? 'final snapshot' : 'creating',
      ManualSnapshotRetentionPeriod: retention ?? cluster.facts.ManualSnapshotRetentionPeriod ?? -1,
      Tags: tags.map(({ Key, Value }) => ({ Key, Value: Value ?? '' })),
    },
  })
  tell(moment, snapshot, isFinal ? '2012' : '2009')
  return snapshot
}

/** Takes an automated snapshot of a cluster, unless one was begun in the same second. */
export function takeAutomated(moment: Moment, cluster: ClusterRecord): SnapshotRecord | undefined {
  const second = new Date(moment.now).toISOString().slice(0, 19).replace(/[T:]/g, '-')
  const id = `rs:${cluster.id}-${second}`
  if (moment.region.redshift.snapshots.has(id)) return undefined
  const lasts = snapshotDurations.automated
  return make(moment, cluster, { id, isManual: false, lasts, facts: { Status: 'creating' } })
}

type Making = { id: string; isManual: boolean; lasts: number; facts: Snapshot }

function make({ state, region, now }: Moment, cluster: ClusterRecord, making: Making): SnapshotRecord {
  const { id, isManual, lasts, facts } = making
  const began = new Date(now)
  const copying = cluster.facts.ClusterSnapshotCopyStatus
  const own = {
    SnapshotIdentifier: id,
    ClusterIdentifier: cluster.id,
    SnapshotArn: snapshotArn(region, cluster.id, id),
    SnapshotCreateTime: began,
    SnapshotRetentionStartTime: began,
    ElapsedTimeInSeconds: Math.round(lasts / 1_000),
  }
  const snapshot: SnapshotRecord = {
    id,
    isManual,
    // Assigned, not spread: a year of a large estate makes hundreds of thousands of them.
    facts: Object.assign(usualSnapshot(region, isManual, cluster.facts), facts, own),
    creating: { from: now, until: now + lasts },
    ...(copying && { copying }),
  }
  addSnapshot(state, region, snapshot)
  schedule(state, now + lasts, 'redshift:snapshot-made', region, id)
  return snapshot
}

/** `redshift:snapshot-made`: a snapshot is complete. */
export const finishSnapshot: TaskHandler = (id, happening) => {
  const snapshot = happening.region.redshift.snapshots.get(id)
  if (snapshot?.creating?.until !== happening.now) return
  const isFinal = snapshot.facts.Status === 'final snapshot'
  snapshot.creating = undefined
  snapshot.facts = { ...snapshot.facts, Status: 'available' }
  if (snapshot.isManual) tell(happening, snapshot, isFinal ? '3005' : '3004')
  else becomeNewest(happening.region, snapshot, happening.now)
  copyLater(happening, snapshot)
}

function tell(
  { region, now }: Moment,
  { id, facts }: SnapshotRecord,
  number: '2009' | '2012' | '3004' | '3005',
) {
  note(region, { number, at: now, source: id, words: { cluster: facts.ClusterIdentifier } })
}
