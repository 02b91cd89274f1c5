// Which snapshot a restore is from: the caller's own, one that was shared, or a copy.

import {
  AccessToSnapshotDeniedFault$,
  ClusterSnapshotNotFoundFault$,
  InvalidClusterSnapshotStateFault$,
  type RestoreFromClusterSnapshotMessage,
} from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { serverlessSnapshot } from '#lab/services/redshift-serverless/use.ts'
import { type Context, type Region, regionIn } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'
import { asSource } from '../snapshots/serverless-source.ts'

/** The snapshot a request means, which the caller's account may restore and which is available. */
export function snapshotToRestore(
  context: Context,
  input: RestoreFromClusterSnapshotMessage,
): SnapshotRecord {
  const { SnapshotIdentifier: name, SnapshotArn: arn, SnapshotClusterIdentifier: cluster } = input
  if ((name === undefined) === (arn === undefined)) {
    // "You must specify this parameter or snapshotArn, but not both" (API). Unverified: code and wording.
    throw common('InvalidParameterCombination', 'Specify either SnapshotIdentifier or SnapshotArn.')
  }
  const owner = input.OwnerAccount ?? parseArn(arn ?? '')?.account ?? context.account.id
  const region = ownerRegion(context, owner)
  const serverless = region && arn !== undefined ? serverlessSnapshot(region, arn) : undefined
  const snapshot = serverless ? asSource(serverless, input, context.now) : region && find(region, name, arn)
  if (!snapshot || (!serverless && cluster !== undefined && snapshot.facts.ClusterIdentifier !== cluster)) {
    // Wording: terraform issue 11638.
    throw fault(ClusterSnapshotNotFoundFault$, 'Snapshot not found for cluster.')
  }
  const shared = snapshot.facts.AccountsWithRestoreAccess ?? []
  const isOwn = owner === context.account.id
  if (!isOwn && shared.every(({ AccountId }) => AccountId !== context.account.id)) {
    // Wording: the fault's description.
    throw fault(
      AccessToSnapshotDeniedFault$,
      'The owner of the specified snapshot has not authorized your account to access the snapshot.',
    )
  }
  if (snapshot.facts.Status !== 'available') {
    // Wording: the fault's description.
    throw fault(
      InvalidClusterSnapshotStateFault$,
      'The specified cluster snapshot is not in the available state, or other accounts are authorized to access the snapshot.',
    )
  }
  return snapshot
}

// An account of another partition, or one the lab does not have, owns nothing that could be shared.
function ownerRegion({ state, account, region }: Context, owner: string): Region | undefined {
  const known = state.accounts.get(owner)
  return known?.partition === account.partition ? regionIn(known, region.name) : undefined
}

// "This parameter isn't case sensitive" (API, SnapshotIdentifier).
function find({ redshift }: Region, name: string | undefined, arn: string | undefined) {
  if (name === undefined)
    return [...redshift.snapshots.values()].find(({ facts }) => facts.SnapshotArn === arn)
  return redshift.snapshots.get(name) ?? redshift.snapshots.get(name.toLowerCase())
}
