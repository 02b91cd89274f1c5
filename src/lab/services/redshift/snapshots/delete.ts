// Deletes manual snapshots.

import { InvalidClusterSnapshotStateFault$, type Snapshot } from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { note } from '../lifecycle/events.ts'
import { getSnapshot, type SnapshotTarget } from './sharing.ts'
import { removeSnapshot } from './store.ts'
import { viewSnapshot } from './view.ts'

// API, DeleteClusterSnapshot.
const deletable = ['available', 'failed', 'cancelled']

/** Deletes a snapshot of the caller, or throws AWS's refusal. */
export function deleteSnapshot(target: SnapshotTarget, { region, now }: Context): Snapshot {
  const snapshot = getSnapshot(region, target)
  const { id, isManual, facts } = snapshot
  // Unverified: the wordings. "Only Amazon Redshift can delete an automated snapshot" (MG working-with-snapshots).
  if (!isManual) throw refusal(`Snapshot ${id} is an automated snapshot and cannot be deleted.`)
  if (!deletable.includes(facts.Status ?? ''))
    throw refusal(`Snapshot ${id} cannot be deleted in the state ${facts.Status}.`)
  // "If other accounts are authorized to access the snapshot, you must revoke all of the authorizations before you can
  // delete the snapshot" (API).
  if (facts.AccountsWithRestoreAccess?.length)
    throw refusal(`Snapshot ${id} cannot be deleted: other accounts are authorized to access it.`)
  removeSnapshot(region.redshift, snapshot)
  note(region, { number: '2011', at: now, source: id, words: { cluster: facts.ClusterIdentifier } })
  return { ...viewSnapshot(snapshot, now), Status: 'deleted' }
}

function refusal(message: string) {
  return fault(InvalidClusterSnapshotStateFault$, message)
}
