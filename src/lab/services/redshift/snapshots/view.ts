// What AWS shows of a snapshot at a moment, to its owner and to accounts it is shared with.

import type { Snapshot } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import type { SnapshotFacts, SnapshotRecord } from '../model.ts'
import { progressOf } from './facts.ts'
import { manualEnd } from './retention.ts'

// Lists show the same snapshots again and again. A view is frozen, so that its text is kept too (wire/xml.ts).
const views = new WeakMap<SnapshotFacts, Snapshot>()

/** A snapshot as its owner sees it. */
export function viewSnapshot(snapshot: SnapshotRecord, now: number): Snapshot {
  const known = snapshot.creating ? undefined : views.get(snapshot.facts)
  if (known && known.ManualSnapshotRemainingDays === remainingDays(snapshot, now)) return known
  const view = Object.freeze(newView(snapshot, now))
  if (!snapshot.creating) views.set(snapshot.facts, view)
  return view
}

function newView(snapshot: SnapshotRecord, now: number): Snapshot {
  const view: Snapshot = { ...snapshot.facts, ...progressOf(snapshot, now) }
  const remaining = remainingDays(snapshot, now)
  if (remaining !== undefined) view.ManualSnapshotRemainingDays = remaining
  // "Returns null if no accounts are authorized" (API, Snapshot).
  if (!view.AccountsWithRestoreAccess?.length) view.AccountsWithRestoreAccess = undefined
  return view
}

/** A snapshot as another account sees it: the list of accounts is "visible only to the snapshot owner" (API). */
export function viewSharedSnapshot(snapshot: SnapshotRecord, now: number): Snapshot {
  return { ...viewSnapshot(snapshot, now), AccountsWithRestoreAccess: undefined }
}

// Unverified: whether AWS counts a day that has begun; here it does.
function remainingDays(snapshot: SnapshotRecord, now: number): number | undefined {
  const end = snapshot.isManual ? manualEnd(snapshot) : Number.POSITIVE_INFINITY
  return Number.isFinite(end) ? Math.ceil((end - now) / day) : undefined
}
