// Changes how long a manual snapshot is kept.

import {
  InvalidClusterSnapshotStateFault$,
  InvalidRetentionPeriodFault$,
  type Snapshot,
} from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'
import { checkManualRetention, manualEnd } from './retention.ts'
import { removeSnapshot, scheduleExpiry } from './store.ts'
import { viewSnapshot } from './view.ts'

type Change = { ManualSnapshotRetentionPeriod?: number | undefined; Force?: boolean | undefined }

/**
 * Changes the retention of a snapshot, which counts from its start as before. One that is older than the new retention is
 * refused, and deleted when forced.
 */
export function changeRetention(
  snapshot: SnapshotRecord,
  { ManualSnapshotRetentionPeriod: days, Force = false }: Change,
  { state, region, now }: Context,
): Snapshot {
  if (!snapshot.isManual) {
    // Unverified: code and wording.
    throw fault(InvalidClusterSnapshotStateFault$, `Snapshot ${snapshot.id} is not a manual snapshot.`)
  }
  if (days === undefined) return viewSnapshot(snapshot, now)
  checkManualRetention(days)
  if (manualEnd(snapshot, days) > now) {
    snapshot.facts = { ...snapshot.facts, ManualSnapshotRetentionPeriod: days }
    scheduleExpiry(state, region, snapshot)
    return viewSnapshot(snapshot, now)
  }
  if (!Force) throw fault(InvalidRetentionPeriodFault$, pastRetention)
  // "If the manual snapshot falls outside of the new retention period, you can specify the force option to immediately
  // delete the snapshot" (API, ModifyClusterSnapshot).
  removeSnapshot(region.redshift, snapshot)
  return { ...viewSnapshot(snapshot, now), ManualSnapshotRetentionPeriod: days, Status: 'deleted' }
}

// Wording: the fault's own description.
const pastRetention =
  'The retention period specified is either in the past or is not a valid value. The value must be either -1 or an integer between 1 and 3,653.'
