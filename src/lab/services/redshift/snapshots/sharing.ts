// Sharing snapshots with other accounts: who may be let in, and how many.
// https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html

import {
  AccessToSnapshotDeniedFault$,
  type AccountWithRestoreAccess,
  AuthorizationAlreadyExistsFault$,
  AuthorizationNotFoundFault$,
  AuthorizationQuotaExceededFault$,
  InvalidClusterSnapshotStateFault$,
  LimitExceededFault$,
} from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { demandKey, findKey } from '#lab/services/kms/use.ts'
import type { Context, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'
import { nameIn, noSnapshot } from './list.ts'

/** Which snapshot a request means. */
export type SnapshotTarget = {
  SnapshotIdentifier?: string | undefined
  SnapshotArn?: string | undefined
  SnapshotClusterIdentifier?: string | undefined
}

// Per snapshot, fixed: Management Guide, "Quotas and limits".
const mostAccounts = 20

/** The snapshot a request means by name or ARN, of the caller's own. */
export function getSnapshot({ redshift }: Region, target: SnapshotTarget): SnapshotRecord {
  const { SnapshotIdentifier: id, SnapshotArn: arn, SnapshotClusterIdentifier: cluster } = target
  if ((id === undefined) === (arn === undefined)) {
    // Unverified: code and wording.
    throw common('InvalidParameterCombination', 'Specify either SnapshotIdentifier or SnapshotArn.')
  }
  const found = redshift.snapshots.get(id ?? nameIn(arn ?? ''))
  const isMeant =
    found &&
    (arn === undefined || found.facts.SnapshotArn === arn) &&
    (cluster === undefined || found.facts.ClusterIdentifier === cluster)
  if (!isMeant) throw noSnapshot(id ?? arn ?? '')
  return found
}

/**
 * Throws AccessToSnapshotDenied when an ARN names a snapshot of another account, which only its owner may share or not.
 * Unverified: that being let in oneself makes no difference.
 */
export function demandOwn({ state, account, region }: Context, { SnapshotArn: arn }: SnapshotTarget): void {
  const owner = state.accounts.get(parseArn(arn ?? '')?.account ?? '')
  if (arn === undefined || !owner || owner === account) return
  const there = owner.regions.get(region.name)?.redshift.snapshots.get(nameIn(arn))
  if (there?.facts.SnapshotArn !== arn) return
  // Wording: the fault's description.
  throw fault(
    AccessToSnapshotDeniedFault$,
    'The owner of the specified snapshot has not authorized your account to access the snapshot.',
  )
}

/** Lets an account restore a snapshot. */
export function share(context: Context, snapshot: SnapshotRecord, account: string): void {
  const { region } = context
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
  checkKey(context, snapshot)
  snapshot.facts = { ...snapshot.facts, AccountsWithRestoreAccess: [...accounts, entryFor(account)] }
}

// Per key, fixed: "if you have 10 snapshots encrypted with a single KMS key, then you can authorize 10 AWS accounts to
// restore each snapshot" (Management Guide, "Quotas and limits").
const mostPerKey = 100

function checkKey(context: Context, { facts }: SnapshotRecord) {
  const { KmsKeyId: ref } = facts
  if (!facts.Encrypted || ref === undefined) return
  const key = findKey(context, context.account, ref)
  // Who shares must have kms:DescribeKey on the key:
  // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html
  if (key) demandKey(context, key, ['DescribeKey'], 'redshift')
  let shares = 0
  for (const { facts: other } of context.region.redshift.snapshots.values()) {
    if (other.KmsKeyId === ref) shares += other.AccountsWithRestoreAccess?.length ?? 0
  }
  if (shares < mostPerKey) return
  // Wording: the fault's description.
  throw fault(
    LimitExceededFault$,
    'The encryption key has exceeded its grant limit in Amazon Web Services KMS.',
  )
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
  snapshot.facts = { ...snapshot.facts, AccountsWithRestoreAccess: left }
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
/** Throws unless an account may be let in. */
export function checkAccount({ account: owner }: Region, account: string) {
  if (account === owner.id) throw common('InvalidParameterValue', `Account ${account} owns the snapshot.`)
  if (account !== support && !/^\d{12}$/.test(account)) {
    throw common('InvalidParameterValue', `Invalid account identifier: ${account}.`)
  }
}
