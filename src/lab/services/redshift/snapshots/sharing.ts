// Sharing snapshots with other accounts: who may be let in, and how many.
// https://docs.aws.amazon.com/redshift/latest/mgmt/managing-snapshot-share-snapshot.html

import {
  type AccountWithRestoreAccess,
  AuthorizationAlreadyExistsFault$,
  AuthorizationNotFoundFault$,
  AuthorizationQuotaExceededFault$,
  InvalidClusterSnapshotStateFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'
import { noSnapshot } from './list.ts'

type Target = {
  SnapshotIdentifier?: string | undefined
  SnapshotArn?: string | undefined
  SnapshotClusterIdentifier?: string | undefined
}

// Per snapshot, fixed: Management Guide, "Quotas and limits".
const mostAccounts = 20

/** The snapshot a request means by name or ARN, of the caller's own. */
export function getSnapshot({ redshift }: Region, target: Target): SnapshotRecord {
  const { SnapshotIdentifier: id, SnapshotArn: arn, SnapshotClusterIdentifier: cluster } = target
  if ((id === undefined) === (arn === undefined)) {
    // Unverified: code and wording.
    throw common('InvalidParameterCombination', 'Specify either SnapshotIdentifier or SnapshotArn.')
  }
  const found = id === undefined ? findByArn(redshift.snapshots, arn) : redshift.snapshots.get(id)
  if (!found || (cluster !== undefined && found.facts.ClusterIdentifier !== cluster))
    throw noSnapshot(id ?? arn ?? '')
  return found
}

function findByArn(snapshots: Map<string, SnapshotRecord>, arn: string | undefined) {
  return [...snapshots.values()].find(({ facts }) => facts.SnapshotArn === arn)
}

/** Lets an account restore a snapshot. */
export function share(region: Region, snapshot: SnapshotRecord, account: string): void {
  checkAccount(region, account)
  if (!snapshot.isManual || snapshot.facts.Status !== 'available') {
    // Sharing needs a manual snapshot (Management Guide). Unverified: the wording.
    throw fault(
      InvalidClusterSnapshotStateFault$,
      `Snapshot ${snapshot.id} is not an available manual snapshot.`,
    )
  }
  const accounts = snapshot.facts.AccountsWithRestoreAccess ?? []
  // Unverified: the wording of this and the next two.
  if (accounts.some((known) => isFor(known, account))) {
    throw fault(
      AuthorizationAlreadyExistsFault$,
      `Account ${account} is already authorized to restore ${snapshot.id}.`,
    )
  }
  if (accounts.length >= mostAccounts) {
    throw fault(
      AuthorizationQuotaExceededFault$,
      `Snapshot ${snapshot.id} is shared with ${mostAccounts} accounts already.`,
    )
  }
  snapshot.facts.AccountsWithRestoreAccess = [...accounts, entryFor(account)]
}

/** Takes an account's access to a snapshot away. */
export function unshare(snapshot: SnapshotRecord, account: string): void {
  const accounts = snapshot.facts.AccountsWithRestoreAccess ?? []
  const left = accounts.filter((known) => !isFor(known, account))
  if (left.length === accounts.length) {
    throw fault(
      AuthorizationNotFoundFault$,
      `Account ${account} is not authorized to restore ${snapshot.id}.`,
    )
  }
  snapshot.facts.AccountsWithRestoreAccess = left
}

const support = 'amazon-redshift-support'

// "The identifier of an AWS support account … is amazon-redshift-support" shown as the alias (API,
// AccountWithRestoreAccess). Unverified: the account id beside it, which is left out here.
function entryFor(account: string): AccountWithRestoreAccess {
  return account === support ? { AccountAlias: support } : { AccountId: account }
}

function isFor({ AccountId, AccountAlias }: AccountWithRestoreAccess, account: string): boolean {
  return AccountId === account || AccountAlias === account
}

// Authorizing the owner is refused (Management Guide). Unverified: code and wording.
function checkAccount({ account: owner }: Region, account: string) {
  if (account === owner.id) throw common('InvalidParameterValue', `Account ${account} owns the snapshot.`)
  if (account !== support && !/^\d{12}$/.test(account)) {
    throw common('InvalidParameterValue', `Invalid account identifier: ${account}.`)
  }
}
