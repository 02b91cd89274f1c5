// The keys of namespaces: the one a caller names, what the caller must be allowed to do with it, and Redshift's grants.

import {
  awsOwnedKey,
  demandKey,
  type EncryptionContext,
  findKey,
  grantToService,
  isUsable,
  type KmsKey,
  keyByArn,
  retireGrants,
  type Where,
} from '#lab/services/kms/use.ts'
import { createGrant } from '#lab/services/redshift/keys/kms-calls.ts'
import type { SnapshotVault } from '#lab/services/redshift/keys/vault.ts'
import { arnIn, type Context, type Region } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { invalid } from './errors.ts'
import { awsOwned, type NamespaceRecord } from './model.ts'

/** What keys of a namespace are bound to in KMS: Management Guide, "Data encryption at rest for the Data API". */
export function encryptionContext(namespaceArn: string): EncryptionContext {
  return { 'aws:redshift-serverless:arn': namespaceArn }
}

/** The key that a request names, or the one AWS owns. */
export function keyOf(where: Where, ref: string | undefined): KmsKey {
  if (ref === undefined || ref === awsOwned) return awsOwnedKey(where, 'redshift')
  const key = findKey(where, where.region.account, ref)
  // Unverified: wording.
  if (!key) throw invalid(`The KMS key ${ref} doesn't exist.`)
  return demandUsable(where, key.arn)
}

/** The key that a world names, whatever its state; one of an account the world does not describe is there as well. */
export function seededKey(where: Where, ref: string | undefined): KmsKey | undefined {
  if (ref === undefined || ref === awsOwned) return awsOwnedKey(where, 'redshift')
  return findKey(where, where.region.account, ref) ?? keyByArn(where, ref)
}

/** How a key is shown. */
export function shownKey(key: KmsKey): string {
  return key.manager === 'AWS_OWNED' ? awsOwned : key.arn
}

/** The key of that ARN. Throws unless it can be used now. */
export function demandUsable(where: Where, arn: string): KmsKey {
  const key = usableKey(where, { keyArn: arn })
  // Unverified: wording.
  if (!key) throw invalid(`The KMS key ${arn} isn't enabled.`)
  return key
}

/** The root key of a vault, unless it is gone or cannot be used now. */
export function usableKey(where: Where, { keyArn }: Pick<SnapshotVault, 'keyArn'>): KmsKey | undefined {
  const key = keyByArn(where, keyArn)
  return key && isUsable(key) ? key : undefined
}

// Since 2026-08-17 CreateWorkgroup, RestoreFromSnapshot and RestoreFromRecoveryPoint need these, and RestoreTable* need
// kms:Decrypt; the sentence is AWS's (Management Guide, behavior-changes).
const forCompute = ['Encrypt', 'GenerateDataKey', 'CreateGrant', 'Decrypt']

/** Throws AWS's refusal unless the caller may use a key for what it is bound to. */
export function demandServerlessKey(
  context: Context,
  key: KmsKey,
  binding: EncryptionContext,
  operations = forCompute,
): void {
  // Unverified: that the key AWS manages for Redshift, whose policy names that service, serves Serverless as well.
  const via = key.manager === 'AWS_MANAGED' ? 'redshift' : 'redshift-serverless'
  try {
    demandKey(context, key, operations, via, binding)
  } catch (error) {
    throw error instanceof AwsError && error.code === 'AccessDenied' ? insufficient() : error
  }
}

/** The error for a key that the caller may not use. */
export function insufficient(): AwsError {
  return invalid('Insufficient KMS permissions.')
}

/**
 * Lets Redshift use a key for a namespace, and has the key tell when that ends or begins again. Gives the grant's id; keys
 * that AWS owns need none.
 */
export function grantKey(where: Where, key: KmsKey, name: string, namespaceArn: string): string | undefined {
  if (key.manager === 'AWS_OWNED') return undefined
  const { region } = where
  // What a world begins with was granted before; nobody calls for it.
  const grant = where.principal ? createGrant : grantToService
  return grant(where, key, {
    service: 'redshift-serverless',
    operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey', 'CreateGrant', 'RetireGrant'],
    encryptionContext: encryptionContext(namespaceArn),
    watcher: {
      kind: 'redshift-serverless:key',
      account: region.account.id,
      region: region.name,
      subject: name,
    },
  })
}

/** Whether Redshift can use the root key of a namespace now: the key is usable, and the grant is there. */
export function isOpenable(
  where: Where,
  { vault, grant }: Pick<NamespaceRecord, 'vault' | 'grant'>,
): boolean {
  const key = usableKey(where, vault)
  return key !== undefined && (grant === undefined || key.grants.has(grant))
}

/** Takes the grants for a namespace back from a key that neither it nor any of its snapshots is under any more. */
export function releaseKey(where: Where, keyArn: string, namespaceArn: string): void {
  const { namespaces, snapshots } = where.region.serverless
  const isUsed = [...namespaces.values(), ...snapshots.values()].some(
    ({ facts, vault }) => facts.namespaceArn === namespaceArn && vault.keyArn === keyArn,
  )
  const key = isUsed ? undefined : keyByArn(where, keyArn)
  if (key) retireGrants(key, encryptionContext(namespaceArn))
}

/** The ARN of a secret with the admin's password. The name is that of provisioned clusters' secrets. Unverified. */
export function secretArn(region: Region, namespace: string, user: string, suffix: string): string {
  return arnIn(region, 'secretsmanager', `secret:redshift!${namespace}-${user}-${suffix}`)
}
