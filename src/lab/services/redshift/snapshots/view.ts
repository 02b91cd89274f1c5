// What AWS shows of a snapshot at a moment, to its owner and to accounts it is shared with.

import type { Snapshot } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import type { SnapshotRecord } from '../model.ts'
import { progressOf } from './facts.ts'
import { manualEnd } from './retention.ts'

/** A snapshot as its owner sees it. */
export function viewSnapshot(snapshot: SnapshotRecord, now: number): Snapshot {
  const { AccountsWithRestoreAccess: accounts, ...facts } = snapshot.facts
  const remaining = remainingDays(snapshot, now)
  return {
    ...facts,
    ...progressOf(snapshot, now),
    ...(remaining !== undefined && { ManualSnapshotRemainingDays: remaining }),
    // "Returns null if no accounts are authorized" (API, Snapshot).
    ...(accounts?.length && { AccountsWithRestoreAccess: accounts }),
  }
}

/** A snapshot as another account sees it: the list of accounts is "visible only to the snapshot owner" (API). */
export function viewSharedSnapshot(snapshot: SnapshotRecord, now: number): Snapshot {
  const { AccountsWithRestoreAccess, ...visible } = viewSnapshot(snapshot, now)
  return visible
}

// Unverified: whether AWS counts a day that has begun; here it does.
function remainingDays(snapshot: SnapshotRecord, now: number): number | undefined {
  const end = snapshot.isManual ? manualEnd(snapshot) : Number.POSITIVE_INFINITY
  return Number.isFinite(end) ? Math.ceil((end - now) / day) : undefined
}
