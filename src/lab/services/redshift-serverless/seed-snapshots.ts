// Makes snapshots and snapshot copy configurations from a world.

import {
  Snapshot$,
  type SnapshotCopyConfiguration,
  SnapshotCopyConfiguration$,
} from '@aws-sdk/client-redshift-serverless'
import { day } from '#kit/time.ts'
import type { Where } from '#lab/services/kms/use.ts'
import { newVault, snapshotOf } from '#lab/services/redshift/keys/vault.ts'
import { arnIn, regionIn } from '#lab/state.ts'
import { durations } from './durations.ts'
import { encryptionContext, grantKey, shownKey } from './keys.ts'
import type { SnapshotFacts } from './model.ts'
import { readPolicy } from './resource-policies.ts'
import { keyFor, read, readTags, uuidFor } from './seed-parts.ts'
import type { ServerlessSnapshotSeed, SnapshotCopyConfigurationSeed } from './seed-types.ts'
import { restoreAction } from './sharing.ts'
import { addSnapshot } from './snapshot-store.ts'

/** Adds a snapshot of a world. */
export function seedSnapshot(where: Where, seed: ServerlessSnapshotSeed): void {
  const { region, now } = where
  const {
    tags,
    accountsWithRestoreAccess: shared,
    accountsWithProvisionedRestoreAccess: forClusters,
    ...plain
  } = seed
  const what = `serverless snapshot ${seed.snapshotName}`
  if (region.serverless.snapshots.has(seed.snapshotName)) throw new Error(`${what} is given twice`)
  const given = read<Partial<SnapshotFacts>>(Snapshot$, where, what, plain)
  const { status = 'AVAILABLE', snapshotRemainingDays, ...facts } = given
  if (status !== 'AVAILABLE' && status !== 'CREATING')
    throw new Error(`${what} has the status ${status}; it can be AVAILABLE or CREATING`)
  const namespaceName = facts.namespaceName ?? seed.snapshotName
  const namespace = region.serverless.namespaces.get(namespaceName)
  const namespaceArn =
    facts.namespaceArn ??
    namespace?.facts.namespaceArn ??
    arnIn(region, 'redshift-serverless', `namespace/${uuidFor(where, `namespace ${namespaceName}`)}`)
  const key = keyFor(where, facts.kmsKeyId ?? namespace?.facts.kmsKeyId, what)
  // One taken under the key its namespace has now is under the namespace's keys; others have keys of their own.
  const isUnderOurs = namespace?.facts.namespaceArn === namespaceArn && namespace.vault.keyArn === key.arn
  if (!isUnderOurs) grantKey(where, key, namespaceName, namespaceArn)
  const created = facts.snapshotCreateTime ?? new Date(now - 7 * day)
  const snapshot = {
    name: seed.snapshotName,
    facts: {
      ownerAccount: region.account.id,
      snapshotArn: arnIn(region, 'redshift-serverless', `snapshot/${uuidFor(where, what)}`),
      adminUsername: namespace?.facts.adminUsername ?? 'admin',
      snapshotRetentionPeriod: -1,
      ...facts,
      namespaceName,
      namespaceArn,
      snapshotCreateTime: created,
      snapshotRetentionStartTime: facts.snapshotRetentionStartTime ?? created,
      kmsKeyId: shownKey(key),
    },
    // One that is being taken is there as soon as one that is begun now.
    readyAt: status === 'CREATING' ? now + durations.snapshot : created.getTime(),
    making: 'CREATING' as const,
    vault: isUnderOurs
      ? snapshotOf(namespace.vault)
      : newVault(where, key, encryptionContext(namespaceArn), { isOld: true }),
    policy: undefined,
    provisionedAccounts: [...(forClusters ?? [])],
  }
  addSnapshot(where, snapshot, readTags(where, what, tags))
  const made = region.serverless.snapshots.get(seed.snapshotName)
  if (made && shared?.length) made.policy = readPolicy(sharingPolicy(shared), made)
}

function sharingPolicy(accounts: string[]): string {
  const statement = { Effect: 'Allow', Principal: { AWS: accounts }, Action: [restoreAction] }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** Adds a snapshot copy configuration of a world. */
export function seedCopies(where: Where, seed: SnapshotCopyConfigurationSeed): void {
  const { region, now } = where
  const what = `the snapshot copy configuration of ${seed.namespaceName}`
  const namespace = region.serverless.namespaces.get(seed.namespaceName)
  if (!namespace) throw new Error(`${what} is of an unknown namespace`)
  const facts = read<SnapshotCopyConfiguration>(SnapshotCopyConfiguration$, where, what, seed)
  const there = { ...where, region: regionIn(region.account, seed.destinationRegion) }
  const key = keyFor(there, facts.destinationKmsKeyId, what)
  grantKey(there, key, namespace.name, namespace.facts.namespaceArn)
  // Plans name a configuration by its id: in the lab of a scan it is the same.
  const id = facts.snapshotCopyConfigurationId ?? uuidFor(where, what)
  region.serverless.copies.set(id, {
    snapshotRetentionPeriod: -1,
    ...facts,
    snapshotCopyConfigurationId: id,
    snapshotCopyConfigurationArn: arnIn(region, 'redshift-serverless', `snapshotcopyconfiguration/${id}`),
    namespaceName: seed.namespaceName,
    destinationRegion: seed.destinationRegion,
    destinationKmsKeyId: shownKey(key),
  })
  const from = now - 100 * day
  namespace.copying.push({ region: seed.destinationRegion, keyArn: key.arn, from, to: undefined })
}
