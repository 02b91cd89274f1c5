// Snapshots: taking and listing them, changing how long they are kept, deleting and sharing them.

import type * as client from '@aws-sdk/client-redshift'
import {
  BatchDeleteRequestSizeExceededFault$,
  BatchModifyClusterSnapshotsLimitExceededFault$,
} from '@aws-sdk/client-redshift'
import { serverlessSnapshot } from '#lab/services/redshift-serverless/use.ts'
import { type Context, type Region, regionIn } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import { demandRest } from '../work.ts'
import { inBatch, largestBatch } from './batch.ts'
import { changeRetention } from './change-retention.ts'
import { deleteSnapshot } from './delete.ts'
import { keepSnapshot } from './keep.ts'
import { ownSnapshots, sharedSnapshots } from './list.ts'
import { checkManualRetention } from './retention.ts'
import { shareServerless, unshareServerless } from './serverless-sharing.ts'
import { demandOwn, getSnapshot, share, unshare } from './sharing.ts'
import { takeManualSnapshot } from './take.ts'
import { viewSharedSnapshot, viewSnapshot } from './view.ts'

export const snapshotOperations = {
  DescribeClusterSnapshots(input, context) {
    const { region, account, now } = context
    const isOwn = !input.OwnerAccount || input.OwnerAccount === account.id
    const { items, ...marker } = isOwn
      ? ownSnapshots(region, input)
      : sharedSnapshots(ownerRegion(context, input.OwnerAccount), account, input)
    const view = isOwn ? viewSnapshot : viewSharedSnapshot
    return { Snapshots: items.map((snapshot) => view(snapshot, now)), ...marker }
  },

  CreateClusterSnapshot(input, context) {
    const cluster = getCluster(context.region, input.ClusterIdentifier)
    demandRest(cluster, 'take a snapshot of')
    const { SnapshotIdentifier, ManualSnapshotRetentionPeriod: retention, Tags: tags } = input
    const snapshot = takeManualSnapshot(context, cluster, { SnapshotIdentifier, retention, tags })
    return { Snapshot: viewSnapshot(snapshot, context.now) }
  },

  CopyClusterSnapshot(input, context) {
    return { Snapshot: viewSnapshot(keepSnapshot(input, context), context.now) }
  },

  ModifyClusterSnapshot(input, context) {
    const snapshot = getSnapshot(context.region, { SnapshotIdentifier: input.SnapshotIdentifier })
    return { Snapshot: changeRetention(snapshot, input, context) }
  },

  BatchModifyClusterSnapshots(input, context) {
    const { SnapshotIdentifierList: names, ManualSnapshotRetentionPeriod: days } = input
    if (names.length > largestBatch) {
      // Wording: the fault's description.
      throw fault(
        BatchModifyClusterSnapshotsLimitExceededFault$,
        'The maximum number for snapshot identifiers has been reached. The limit is 100.',
      )
    }
    if (days !== undefined) checkManualRetention(days)
    const targets = names.map((SnapshotIdentifier) => ({ SnapshotIdentifier }))
    return inBatch(targets, (target) => changeRetention(getSnapshot(context.region, target), input, context))
  },

  DeleteClusterSnapshot(input, context) {
    return { Snapshot: deleteSnapshot(input, context) }
  },

  BatchDeleteClusterSnapshots({ Identifiers: targets }, context) {
    if (targets.length > largestBatch) {
      // Wording: the fault's description.
      throw fault(
        BatchDeleteRequestSizeExceededFault$,
        'The maximum number for a batch delete of snapshots has been reached. The limit is 100.',
      )
    }
    return inBatch(targets, (target) => deleteSnapshot(target, context))
  },

  AuthorizeSnapshotAccess(input, context) {
    const serverless = serverlessSnapshot(context.region, input.SnapshotArn ?? '')
    if (serverless) return { Snapshot: shareServerless(context, serverless, input.AccountWithRestoreAccess) }
    const snapshot = getSnapshot(context.region, input)
    share(context, snapshot, input.AccountWithRestoreAccess)
    return { Snapshot: viewSnapshot(snapshot, context.now) }
  },

  RevokeSnapshotAccess(input, context) {
    const { region, now } = context
    const serverless = serverlessSnapshot(region, input.SnapshotArn ?? '')
    if (serverless) return { Snapshot: unshareServerless(serverless, input.AccountWithRestoreAccess, now) }
    demandOwn(context, input)
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
