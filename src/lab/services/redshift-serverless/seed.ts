// Makes namespaces and workgroups from a world, everything left out as AWS makes them.

import { Namespace$, Workgroup$ } from '@aws-sdk/client-redshift-serverless'
import { day } from '#kit/time.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Where } from '#lab/services/kms/use.ts'
import { newVault } from '#lab/services/redshift/keys/vault.ts'
import { checkPolicy } from '#lab/services/redshift/policies/operations.ts'
import { arnIn, type Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import type { RegionSeed } from '#lab/world.ts'
import { seedLogs } from './audit-logs.ts'
import { usualCapacity } from './capacity.ts'
import { defaultParameters, readParameters } from './config-parameters.ts'
import { encryptionContext, grantKey, shownKey } from './keys.ts'
import type { NamespaceFacts, NamespaceRecord, WorkgroupFacts, WorkgroupRecord } from './model.ts'
import { watchKey } from './namespace-endings.ts'
import { openSpan } from './recovery.ts'
import { readEndpointPolicy, readPolicy } from './resource-policies.ts'
import { keyFor, read, readTags, uuidFor } from './seed-parts.ts'
import { seedCopies, seedSnapshot } from './seed-snapshots.ts'
import type { NamespaceSeed, ResourcePolicySeed, WorkgroupSeed } from './seed-types.ts'
import { seedNamespaceWork, seedWorkgroupWork } from './seed-work.ts'
import { seededTables } from './system-tables.ts'
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
  for (const one of seed.resourcePolicies ?? []) seedPolicy(region, one)
}

/** Policies of namespaces are Redshift's to keep, for serverless as well. */
function seedPolicy({ name, serverless, redshift }: Region, seed: ResourcePolicySeed): void {
  const named =
    'namespaceName' in seed ? 'namespaceName' : 'workgroupName' in seed ? 'workgroupName' : 'snapshotName'
  demandMembers(seed, [named, 'policy'], `a resource policy in ${name}`)
  const text = typeof seed.policy === 'string' ? seed.policy : JSON.stringify(seed.policy)
  if ('namespaceName' in seed) {
    const arn = serverless.namespaces.get(seed.namespaceName)?.facts.namespaceArn
    if (!arn) throw new Error(`a resource policy is for the unknown namespace ${seed.namespaceName}`)
    checkPolicy(text, arn)
    redshift.extras.policies.set(arn, text)
    return
  }
  if ('workgroupName' in seed) {
    const workgroup = serverless.workgroups.get(seed.workgroupName)
    if (!workgroup) throw new Error(`a resource policy is for the unknown workgroup ${seed.workgroupName}`)
    workgroup.policy = readEndpointPolicy(text)
    return
  }
  const snapshot = serverless.snapshots.get(seed.snapshotName)
  if (!snapshot) throw new Error(`a resource policy is for the unknown snapshot ${seed.snapshotName}`)
  snapshot.policy = readPolicy(text, snapshot)
}

function seedNamespace(where: Where, seed: NamespaceSeed): void {
  const { region } = where
  const { tags, ...plain } = seed
  const what = `namespace ${seed.namespaceName}`
  if (region.serverless.namespaces.has(seed.namespaceName)) throw new Error(`${what} is given twice`)
  const { status, ...facts } = read<Partial<NamespaceFacts>>(Namespace$, where, what, plain)
  const namespaceId = facts.namespaceId ?? uuidFor(where, what)
  const namespaceArn = arnIn(region, 'redshift-serverless', `namespace/${namespaceId}`)
  const key = keyFor(where, facts.kmsKeyId, what)
  const grant = grantKey(where, key, seed.namespaceName, namespaceArn)
  const namespace: NamespaceRecord = {
    name: seed.namespaceName,
    facts: {
      adminUsername: 'admin',
      dbName: 'dev',
      iamRoles: [],
      logExports: [],
      creationDate: new Date(where.now - 200 * day),
      ...facts,
      s3TablePublishStatus: seededTables(facts.s3TablePublishStatus, where.now),
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
    database: undefined,
    stretch: undefined,
  }
  region.serverless.namespaces.set(namespace.name, namespace)
  seedNamespaceWork(where, namespace, status)
  putTags(region, namespaceArn, readTags(where, what, tags))
  watchKey(seed.namespaceName, where)
}

function seedWorkgroup(where: Where, seed: WorkgroupSeed): void {
  const { region, now } = where
  const { serverless } = region
  const { tags, people, ...plain } = seed
  const what = `workgroup ${seed.workgroupName}`
  const namespace = serverless.namespaces.get(seed.namespaceName)
  if (serverless.workgroups.has(seed.workgroupName)) throw new Error(`${what} is given twice`)
  if (!namespace) throw new Error(`${what} is of the unknown namespace ${seed.namespaceName}`)
  const { configParameters, status, ...facts } = read<Partial<WorkgroupFacts>>(Workgroup$, where, what, plain)
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
  const workgroup: WorkgroupRecord = {
    name: seed.workgroupName,
    facts: made,
    work: undefined,
    policy: undefined,
  }
  serverless.workgroups.set(workgroup.name, workgroup)
  seedWorkgroupWork(where, workgroup, status)
  putTags(region, made.workgroupArn, readTags(where, what, tags))
  // A day of recovery points is there already.
  const since = Math.max(made.creationDate?.getTime() ?? 0, now - 2 * day)
  openSpan(namespace, seed.workgroupName, Math.min(since, now))
  watchKey(namespace.name, where)
  seedLogs(where, namespace, people)
}
