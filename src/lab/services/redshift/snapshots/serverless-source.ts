// A serverless snapshot as the source of a cluster.

import type { RestoreFromClusterSnapshotMessage } from '@aws-sdk/client-redshift'
import type { SnapshotRecord as ServerlessSnapshot } from '#lab/services/redshift-serverless/model.ts'
import { isShownKey } from '#lab/services/redshift-serverless/use.ts'
import { common } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'

/**
 * The snapshot in Redshift's own words. "You must choose the node type to use, such as RG or RA3, and the number of
 * nodes" (serverless-snapshots-recovery-points), because it knows of none.
 */
export function asSource(
  { name, facts, readyAt, vault, provisionedAccounts }: ServerlessSnapshot,
  { NodeType, NumberOfNodes }: RestoreFromClusterSnapshotMessage,
  now: number,
): SnapshotRecord {
  // Unverified: code and wording.
  if (NodeType === undefined || NumberOfNodes === undefined)
    throw common(
      'InvalidParameterCombination',
      'Specify NodeType and NumberOfNodes to restore a serverless snapshot to a cluster.',
    )
  const { kmsKeyId } = facts
  return {
    id: name,
    isManual: true,
    vault,
    facts: {
      SnapshotIdentifier: name,
      SnapshotArn: facts.snapshotArn,
      SnapshotCreateTime: facts.snapshotCreateTime,
      SnapshotRetentionStartTime: facts.snapshotRetentionStartTime,
      // There is no cluster whose settings could be taken over.
      ClusterIdentifier: '',
      ClusterVersion: '1.0',
      Status: now < readyAt ? 'creating' : 'available',
      OwnerAccount: facts.ownerAccount,
      MasterUsername: facts.adminUsername,
      // Unverified: that the database goes by the name that namespaces usually give it.
      DBName: 'dev',
      Encrypted: true,
      ...(isShownKey(kmsKeyId) && { KmsKeyId: kmsKeyId }),
      AccountsWithRestoreAccess: provisionedAccounts.map((AccountId) => ({ AccountId })),
    },
  }
}
