// Snapshots: listing them, changing how long they are kept, sharing them.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidClusterSnapshotStateFault$,
  InvalidRetentionPeriodFault$,
  type ModifyClusterSnapshotMessage,
  type Snapshot,
} from '@aws-sdk/client-redshift'
import { type Context, type Region, regionIn } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { SnapshotRecord } from '../model.ts'
import { pageOf } from '../page.ts'
import { ownSnapshots, sharedSnapshots, snapshotOrder } from './list.ts'
import { checkManualRetention, manualEnd } from './retention.ts'
import { getSnapshot, share, unshare } from './sharing.ts'
import { removeSnapshot, scheduleExpiry } from './store.ts'
import { viewSharedSnapshot, viewSnapshot } from './view.ts'

export const snapshotOperations = {
  DescribeClusterSnapshots(input, context) {
    const { region, account, now } = context
    const isOwn = !input.OwnerAccount || input.OwnerAccount === account.id
    const chosen = isOwn
      ? ownSnapshots(region, input)
      : sharedSnapshots(ownerRegion(context, input.OwnerAccount), account, input)
    const { positionOf, compare } = snapshotOrder(input.SortingEntities)
    const { items, ...marker } = pageOf(chosen, positionOf, input, compare)
    const view = isOwn ? viewSnapshot : viewSharedSnapshot
    return { Snapshots: items.map((snapshot) => view(snapshot, now)), ...marker }
  },

  ModifyClusterSnapshot(input, context) {
    const snapshot = getSnapshot(context.region, { SnapshotIdentifier: input.SnapshotIdentifier })
    return { Snapshot: changeRetention(snapshot, input, context) }
  },

  AuthorizeSnapshotAccess(input, { region, now }) {
    const snapshot = getSnapshot(region, input)
    share(region, snapshot, input.AccountWithRestoreAccess)
    return { Snapshot: viewSnapshot(snapshot, now) }
  },

  RevokeSnapshotAccess(input, { region, now }) {
    const snapshot = getSnapshot(region, input)
    unshare(snapshot, input.AccountWithRestoreAccess)
    return { Snapshot: viewSnapshot(snapshot, now) }
  },
} satisfies Operations<typeof client>

// An account of another partition, or one the lab does not have, owns nothing that could be shared.
function ownerRegion({ state, account, region }: Context, id: string | undefined): Region | undefined {
  const owner = state.accounts.get(id ?? '')
  return owner?.partition === account.partition ? regionIn(owner, region.name) : undefined
}

function changeRetention(
  snapshot: SnapshotRecord,
  input: ModifyClusterSnapshotMessage,
  { state, region, now }: Context,
): Snapshot {
  const { ManualSnapshotRetentionPeriod: days, Force = false } = input
  if (!snapshot.isManual) {
    // Unverified: code and wording.
    throw fault(InvalidClusterSnapshotStateFault$, `Snapshot ${snapshot.id} is not a manual snapshot.`)
  }
  if (days === undefined) return viewSnapshot(snapshot, now)
  checkManualRetention(days)
  if (manualEnd(snapshot, days) > now) {
    snapshot.facts.ManualSnapshotRetentionPeriod = days
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
