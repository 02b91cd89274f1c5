// Letting accounts restore a serverless snapshot to a provisioned cluster, which Redshift's own calls do by its ARN.

import {
  AuthorizationAlreadyExistsFault$,
  AuthorizationNotFoundFault$,
  InvalidClusterSnapshotStateFault$,
  type Snapshot,
} from '@aws-sdk/client-redshift'
import type { SnapshotRecord } from '#lab/services/redshift-serverless/model.ts'
import { shareWithClusters, unshareWithClusters } from '#lab/services/redshift-serverless/use.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import { checkAccount } from './sharing.ts'

// Unverified: the wordings here, and which members the answer has.
/** Lets an account in. */
export function shareServerless(context: Context, snapshot: SnapshotRecord, account: string): Snapshot {
  checkAccount(context.region, account)
  if (context.now < snapshot.readyAt)
    throw fault(InvalidClusterSnapshotStateFault$, `Snapshot ${snapshot.name} is not available.`)
  if (!shareWithClusters(snapshot, account)) {
    throw fault(
      AuthorizationAlreadyExistsFault$,
      `Account ${account} is already authorized to restore ${snapshot.name}.`,
    )
  }
  return view(snapshot, context.now)
}

/** Takes the access of an account away. */
export function unshareServerless(snapshot: SnapshotRecord, account: string, now: number): Snapshot {
  if (!unshareWithClusters(snapshot, account)) {
    throw fault(
      AuthorizationNotFoundFault$,
      `Account ${account} is not authorized to restore ${snapshot.name}.`,
    )
  }
  return view(snapshot, now)
}

function view({ name, facts, readyAt, provisionedAccounts }: SnapshotRecord, now: number): Snapshot {
  return {
    SnapshotIdentifier: name,
    SnapshotArn: facts.snapshotArn,
    SnapshotCreateTime: facts.snapshotCreateTime,
    SnapshotType: 'manual',
    Status: now < readyAt ? 'creating' : 'available',
    OwnerAccount: facts.ownerAccount,
    MasterUsername: facts.adminUsername,
    AccountsWithRestoreAccess: provisionedAccounts.map((AccountId) => ({ AccountId })),
  }
}
