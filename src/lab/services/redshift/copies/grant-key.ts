// The key that copies in another region are encrypted under.

import { awsOwnedKey, type KmsKey, type Where } from '#lab/services/kms/use.ts'

/**
 * The key of the grant, or the key that AWS owns there: "if you want snapshots in the destination encrypted by an AWS
 * Region-owned key, you don't need to configure any grants" (xregioncopy-kms-encrypted-snapshot). Undefined when the
 * destination has no such grant.
 */
export function keyForCopies(destination: Where, grant: string | undefined): KmsKey | undefined {
  return grant === undefined ? awsOwnedKey(destination, 'redshift') : undefined
}
