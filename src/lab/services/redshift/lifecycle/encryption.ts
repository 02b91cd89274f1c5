// The root key of a cluster: which one, whether the caller may use it, and the keys under it.

import type { Cluster } from '@aws-sdk/client-redshift'
import { DependentServiceAccessDeniedFault$ } from '@aws-sdk/client-redshift'
import { type Happening, schedule } from '#lab/agenda.ts'
import { awsOwnedKey, demandKey, findKey, isUsable, type KmsKey, keyByArn } from '#lab/services/kms/use.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { encryptionContextOf, type Named } from '../keys/binding.ts'
import { holdKey, keepSnapshotVaults, letGo, rootOf } from '../keys/root.ts'
import type { SnapshotVault } from '../keys/vault.ts'
import type { ClusterRecord, Reencryption } from '../model.ts'
import { durations } from './durations.ts'

export type { Named } from '../keys/binding.ts'

/**
 * The key a cluster shall be encrypted under: the one named, which the caller must be able to give Redshift, or one that
 * AWS owns (behavior-changes, 2025-01-10).
 */
export function keyWanted(context: Context, ref: string | undefined, named: Named): KmsKey {
  if (ref === undefined) return awsOwnedKey(context, 'redshift')
  const key = findKey(context, context.account, ref)
  // Unverified: code and wording of both. Only symmetric keys serve (KMS Developer Guide, services-redshift).
  if (!key) throw common('InvalidParameterValue', `The KMS key ${ref} does not exist.`)
  if (!isUsable(key) || key.facts.KeySpec !== 'SYMMETRIC_DEFAULT')
    throw fault(
      DependentServiceAccessDeniedFault$,
      `The KMS key ${key.arn} cannot be used: ${key.facts.KeyState}.`,
    )
  // The calls Redshift makes in the caller's name (KMS Developer Guide, services-redshift).
  demandKey(
    context,
    key,
    ['DescribeKey', 'CreateGrant', 'GenerateDataKey', 'Encrypt', 'Decrypt'],
    'redshift',
    encryptionContextOf(context.region, named),
  )
  return key
}

/** What AWS shows of a key: nothing of one that it owns itself. */
export function shownKey(key: KmsKey): Pick<Cluster, 'KmsKeyId'> {
  return key.manager === 'AWS_OWNED' ? {} : { KmsKeyId: key.arn }
}

/** Encrypts a new cluster under a key; one that is restored has its data of a vault. */
export function encryptNew(
  context: Context,
  cluster: ClusterRecord,
  key: KmsKey,
  from?: SnapshotVault,
): void {
  const { KmsKeyId, ...facts } = cluster.facts
  cluster.facts = { ...facts, Encrypted: true, ...shownKey(key) }
  holdKey(context, cluster, key, from)
}

/** The migration to other encryption is through; the first snapshot afterwards confirms it. */
export function reencrypt(
  cluster: ClusterRecord,
  { type, shown, keyArn }: Reencryption,
  happening: Happening,
): void {
  const { state, region, now } = happening
  const wasUnder = rootOf(happening, cluster)
  if (wasUnder) keepSnapshotVaults(happening, cluster)
  const { KmsKeyId, ...facts } = cluster.facts
  cluster.facts = {
    ...facts,
    Encrypted: type === 'KMS',
    ...(shown !== undefined && { KmsKeyId: shown }),
  }
  const key = type === 'KMS' ? keyByArn(happening, keyArn) : undefined
  if (key) holdKey(happening, cluster, key)
  else {
    letGo(happening, cluster)
    delete cluster.vault
  }
  if (facts.AutomatedSnapshotRetentionPeriod === 0) return
  cluster.nextSnapshot = now + durations.firstSnapshotAfterEncryption
  schedule(state, cluster.nextSnapshot, 'redshift:snapshot', region, cluster.id)
}
