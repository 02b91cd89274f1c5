// The key that copies in another region are encrypted under.

import { awsOwnedKey, type KmsKey, keyByArn, type Where } from '#lab/services/kms/use.ts'

/**
 * The key of the grant, or the key that AWS owns there: "if you want snapshots in the destination encrypted by an AWS
 * Region-owned key, you don't need to configure any grants" (xregioncopy-kms-encrypted-snapshot). Undefined when the
 * destination has no such grant, or Redshift may not use its key any more.
 */
export function keyForCopies(destination: Where, name: string | undefined): KmsKey | undefined {
  if (name === undefined) return awsOwnedKey(destination, 'redshift')
  const grant = destination.region.redshift.keys.copyGrants.get(name)
  const key = grant && keyByArn(destination, grant.facts.KmsKeyId)
  const isGranted = grant?.grant === undefined || key?.grants.has(grant.grant)
  return isGranted ? key : undefined
}
