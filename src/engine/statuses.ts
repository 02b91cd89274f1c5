// The statuses of things that stay as they are until somebody does something about them.

/**
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html#rs-mgmt-cluster-status for clusters, and
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html for the key;
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html for snapshots.
 */
const lasting = [
  'paused',
  'hardware-failure',
  'incompatible-hsm',
  'incompatible-network',
  'incompatible-parameters',
  'incompatible-restore',
  'inaccessible-kms-key',
  'storage-full',
  'failed',
  'cancelled',
  'deleted',
]

/** True for a status that does not pass by itself. */
export function isLasting(status: string): boolean {
  return lasting.includes(status.toLowerCase())
}
