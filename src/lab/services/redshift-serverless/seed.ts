// Makes namespaces, workgroups and snapshots from a world, everything left out as AWS makes them.

import {
  Namespace$,
  Snapshot$,
  SnapshotCopyConfiguration$,
  type Tag,
  Tag$,
  Workgroup$,
} from '@aws-sdk/client-redshift-serverless'
import { day } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import type { KmsKey, Where } from '#lab/services/kms/use.ts'
import { newVault, snapshotOf } from '#lab/services/redshift/keys/vault.ts'
import { arnIn, type Region, regionIn } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import { usualCapacity } from './capacity.ts'
import { defaultParameters, readParameters } from './config-parameters.ts'
import { encryptionContext, grantKey, seededKey, shownKey } from './keys.ts'
import type { NamespaceFacts, SnapshotFacts, WorkgroupFacts } from './model.ts'
import { watchKey } from './namespace-endings.ts'
import { openSpan } from './recovery.ts'
import { readPolicy } from './resource-policies.ts'
import type {
  NamespaceSeed,
  ServerlessSnapshotSeed,
  SnapshotCopyConfigurationSeed,
  WorkgroupSeed,
} from './seed-types.ts'
import { restoreAction } from './sharing.ts'
import { addSnapshot } from './snapshot-store.ts'
import { putTags } from './tags.ts'
import { defaultNetwork } from './workgroup-network.ts'
import { usualWorkgroup } from './workgroups.ts'

/** Fills a region. Throws one clear sentence when a seed contradicts itself. */
export function seedServerless(region: Region, seed: RegionSeed, { state, now }: Seeding): void {
  const where = { state, region, now }
  for (const one of seed.namespaces ?? []) seedNamespace(where, one)
  for (const one of seed.workgroups ?? []) seedWorkgroup(where, one)
  for (const one of seed.snapshotCopyConfigurations ?? []) seedCopies(where, one)
  for (const one of seed.serverlessSnapshots ?? []) seedSnapshot(where, one)
  for (const { snapshotName, policy } of seed.resourcePolicies ?? []) {
    const snapshot = region.serverless.snapshots.get(snapshotName)
    if (!snapshot) throw new Error(`a resource policy is for the unknown snapshot ${snapshotName}`)
    snapshot.policy = readPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), snapshot)
  }
}

function read<Shape>(
  schema: Parameters<typeof readPlain>[0],
  where: Where,
  name: string,
  value: unknown,
): Shape {
  return readPlain<Shape>(schema, value, where.now, name)
}

function readTags(where: Where, name: string, tags: unknown[] = []): Tag[] {
  return tags.map((tag) => read<Tag>(Tag$, where, `${name}: tags`, tag))
}

function uuidFor({ region }: Where, what: string): string {
  const hex = hexOf(`${region.account.id} ${region.name} ${what}`, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

function keyFor(where: Where, ref: string | undefined, what: string): KmsKey {
  const key = seededKey(where, ref)
  if (!key) throw new Error(`${what} names the unknown key ${ref}`)
  return key
}

function seedNamespace(where: Where, seed: NamespaceSeed): void {
  const { region } = where
  const { tags, ...plain } = seed
  const what = `namespace ${seed.namespaceName}`
  if (region.serverless.namespaces.has(seed.namespaceName)) throw new Error(`${what} is given twice`)
  const facts = read<Partial<NamespaceFacts>>(Namespace$, where, what, plain)
  if ((facts.status ?? 'AVAILABLE') !== 'AVAILABLE') throw new Error(`${what} can only be AVAILABLE`)
  const namespaceId = facts.namespaceId ?? uuidFor(where, what)
  const namespaceArn = arnIn(region, 'redshift-serverless', `namespace/${namespaceId}`)
  const key = keyFor(where, facts.kmsKeyId, what)
  const grant = grantKey(where, key, seed.namespaceName, namespaceArn)
  region.serverless.namespaces.set(seed.namespaceName, {
    name: seed.namespaceName,
    facts: {
      adminUsername: 'admin',
      dbName: 'dev',
      iamRoles: [],
      logExports: [],
      creationDate: new Date(where.now - 200 * day),
      ...facts,
      namespaceId,
      namespaceArn,
      kmsKeyId: shownKey(key),
    },
    work: undefined,
    vault: newVault(where, key, encryptionContext(namespaceArn), { isOld: true }),
    grant,
    lockedSince: undefined,
    spans: [],
    copying: [],
  })
  putTags(region, namespaceArn, readTags(where, what, tags))
  watchKey(seed.namespaceName, where)
}

function seedWorkgroup(where: Where, seed: WorkgroupSeed): void {
  const { region, now } = where
  const { serverless } = region
  const { tags, ...plain } = seed
  const what = `workgroup ${seed.workgroupName}`
  const namespace = serverless.namespaces.get(seed.namespaceName)
  if (serverless.workgroups.has(seed.workgroupName)) throw new Error(`${what} is given twice`)
  if (!namespace) throw new Error(`${what} is of the unknown namespace ${seed.namespaceName}`)
  const { configParameters, ...facts } = read<Partial<WorkgroupFacts>>(Workgroup$, where, what, plain)
  if ((facts.status ?? 'AVAILABLE') !== 'AVAILABLE') throw new Error(`${what} can only be AVAILABLE`)
  const workgroupId = facts.workgroupId ?? uuidFor(where, what)
  const made: WorkgroupFacts = {
    ...usualWorkgroup(facts.trackName),
    ...defaultNetwork(region),
    creationDate: new Date(now - 200 * day),
    baseCapacity: usualCapacity,
    port: 5439,
    enhancedVpcRouting: false,
    publiclyAccessible: false,
    ipAddressType: 'ipv4',
    extraComputeForAutomaticOptimization: false,
    ...facts,
    namespaceName: seed.namespaceName,
    workgroupId,
    workgroupArn: arnIn(region, 'redshift-serverless', `workgroup/${workgroupId}`),
    parameters: { ...defaultParameters(), ...readParameters(configParameters ?? []) },
  }
  serverless.workgroups.set(seed.workgroupName, { name: seed.workgroupName, facts: made, work: undefined })
  putTags(region, made.workgroupArn, readTags(where, what, tags))
  // A day of recovery points is there already.
  const since = Math.max(made.creationDate?.getTime() ?? 0, now - 2 * day)
  openSpan(namespace, seed.workgroupName, Math.min(since, now))
  watchKey(namespace.name, where)
}

function seedSnapshot(where: Where, seed: ServerlessSnapshotSeed): void {
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
  if (status !== 'AVAILABLE') throw new Error(`${what} can only be AVAILABLE`)
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
    readyAt: created.getTime(),
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

function seedCopies(where: Where, seed: SnapshotCopyConfigurationSeed): void {
  const { region, now } = where
  const what = `the snapshot copy configuration of ${seed.namespaceName}`
  const namespace = region.serverless.namespaces.get(seed.namespaceName)
  if (!namespace) throw new Error(`${what} is of an unknown namespace`)
  const facts = read<{ snapshotRetentionPeriod?: number; destinationKmsKeyId?: string }>(
    SnapshotCopyConfiguration$,
    where,
    what,
    seed,
  )
  const there = { ...where, region: regionIn(region.account, seed.destinationRegion) }
  const key = keyFor(there, facts.destinationKmsKeyId, what)
  grantKey(there, key, namespace.name, namespace.facts.namespaceArn)
  const id = uuidFor(where, what)
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
