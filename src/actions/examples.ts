// The estate that the examples of actions are wished in, and what they ask of it: so it is known what an action reads.

import type { ReadAction } from '#model/action.ts'
import { kinds } from '#model/kinds.ts'
import { sourceOf } from '#model/needs.ts'
import { type PolicyDocument, type Resource, type ResourceType, resourceFrom } from '#model/resource.ts'
import { defaultPolicy } from '#model/settings.ts'
import type { Estate } from '#model/wish.ts'

const account = '111122223333'
const region = 'eu-west-1'
const now = '2026-11-22T12:00:00Z'
export const trustedAccount = '777788889999'
export const strangeAccount = '444455556666'
export const automatedSnapshot = 'rs:sales-2026-11-22-03-00-00'

const keyArn = (id: string) => `arn:aws:kms:${region}:${account}:key/${id}`
export const exampleKey = keyArn('5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11')
export const disabledKey = keyArn('5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c12')

/** As AWS describes them, of which the examples show what actions look at. */
export const exampleClusters = [
  {
    ClusterIdentifier: 'sales',
    ClusterStatus: 'available',
    Encrypted: true,
    KmsKeyId: exampleKey,
    ClusterSnapshotCopyStatus: {
      DestinationRegion: 'eu-central-1',
      RetentionPeriod: 5,
      ManualSnapshotRetentionPeriod: 40,
    },
  },
  {
    ClusterIdentifier: 'open',
    ClusterStatus: 'available',
    Encrypted: false,
    ClusterSnapshotCopyStatus: {
      DestinationRegion: 'eu-central-1',
      RetentionPeriod: 7,
      ManualSnapshotRetentionPeriod: -1,
    },
  },
  { ClusterIdentifier: 'locked', ClusterStatus: 'available', Encrypted: true, KmsKeyId: disabledKey },
]

const snapshot = {
  ClusterIdentifier: 'sales',
  SnapshotType: 'manual',
  Status: 'available',
  Encrypted: true,
  KmsKeyId: exampleKey,
  ManualSnapshotRetentionPeriod: 90,
}

/** The snapshots of the examples. */
export const exampleSnapshots = [
  { ...snapshot, SnapshotIdentifier: 'monthly' },
  {
    ...snapshot,
    SnapshotIdentifier: 'shared',
    AccountsWithRestoreAccess: [{ AccountId: strangeAccount }],
  },
  { ...snapshot, SnapshotIdentifier: automatedSnapshot, SnapshotType: 'automated' },
]

/** A namespace that is copied, with a workgroup, as AWS describes them. */
export const exampleNamespace = {
  namespaceName: 'planning',
  namespaceId: '7c2b9d40-1e6f-4a83-8b5d-0f9e7d6c5b02',
  kmsKeyId: exampleKey,
}
export const exampleWorkgroup = { workgroupName: 'planning', namespaceName: 'planning' }
export const exampleCopyConfiguration = {
  namespaceName: 'planning',
  destinationRegion: 'eu-central-1',
  snapshotRetentionPeriod: 30,
}

const serverlessSnapshot = (snapshotName: string, id: string, ...accounts: string[]) => ({
  snapshotName,
  snapshotArn: `arn:aws:redshift-serverless:${region}:${account}:snapshot/9d4e2f10-6b3a-4c81-9e7d-${id}`,
  namespaceName: 'planning',
  kmsKeyId: exampleKey,
  snapshotRetentionPeriod: 90,
  ...(accounts.length > 0 && { accountsWithRestoreAccess: accounts }),
})

/** Shared with nobody; with a stranger, to clusters as well; and with a stranger among others. */
export const exampleServerlessSnapshots = [
  serverlessSnapshot('quarter', '5a2b8c1f0d01'),
  {
    ...serverlessSnapshot('year', '5a2b8c1f0d02', strangeAccount),
    accountsWithProvisionedRestoreAccess: [strangeAccount],
  },
  serverlessSnapshot('decade', '5a2b8c1f0d03', strangeAccount, trustedAccount),
]

/** The resource policy by which a snapshot is shared. */
function sharingPolicy({ facts }: Resource<'redshift-serverless:snapshot'>): PolicyDocument {
  const { accountsWithRestoreAccess: accounts = [] } = facts
  const Action = 'redshift-serverless:RestoreFromSnapshot'
  const Statement = accounts.map((AWS) => ({ Effect: 'Allow', Principal: { AWS }, Action }))
  return accounts.length > 0 ? { Version: '2012-10-17', Statement } : null
}

/** The answers that actions ask for, by what they are about. */
function answerTo(resource: Resource, need: string): unknown {
  const { arn } = resource
  switch (need) {
    case 'policy':
      return resource.type === 'redshift-serverless:snapshot' ? sharingPolicy(resource) : null
    case 'workgroups':
      return [exampleWorkgroup]
    case 'copyConfigurations':
      return [{ ...exampleCopyConfiguration, snapshotCopyConfigurationId: 'copies' }]
    case 'logging':
      return { LoggingEnabled: false }
    case 'metadata':
      return { KeyState: arn === disabledKey ? 'Disabled' : 'Enabled', KeyManager: 'CUSTOMER' }
    case 'restoreKey':
      return null
    default:
      throw new Error(`the examples of actions have no ${need}`)
  }
}

/** The estate; `asked` gathers the calls whose answers are looked at. */
export function exampleEstate(): { estate: Estate; asked: Set<ReadAction> } {
  const place = { partition: 'aws', account, region }
  const made = <T extends ResourceType>(type: T, facts: object) =>
    resourceFrom(type, place, { source: kinds[type].source, takenAt: now }, facts as never) as Resource
  const snapshots = exampleSnapshots.map((facts) => ({
    ...facts,
    SnapshotCreateTime: '2026-11-01T00:00:00Z',
  }))
  const all = [
    ...exampleClusters.map((facts) => made('redshift:cluster', facts)),
    ...snapshots.map((facts) => made('redshift:snapshot', facts)),
    made('redshift-serverless:namespace', { ...exampleNamespace, status: 'AVAILABLE' }),
    ...exampleServerlessSnapshots.map((facts) =>
      made('redshift-serverless:snapshot', {
        ...facts,
        status: 'AVAILABLE',
        snapshotCreateTime: '2026-11-01T00:00:00Z',
      }),
    ),
    ...[exampleKey, disabledKey].map((arn) =>
      made('kms:key', {
        Arn: arn,
        KeyId: arn.slice(arn.indexOf('/') + 1),
        AWSAccountId: account,
        AskedBy: account,
      }),
    ),
  ]
  const asked = new Set<ReadAction>()
  const ask = (type: ResourceType, need?: string) => {
    const { reads = [], from = [] } = (need && sourceOf(type, need)) || {}
    for (const read of [kinds[type].source, ...reads, ...from.map((other) => kinds[other].source)])
      asked.add(read)
  }
  const estate: Estate = {
    policy: { ...defaultPolicy, trustedAccounts: [trustedAccount], allowedRegions: ['eu-central-1'] },
    now,
    graceDays: 30,
    partition: place.partition,
    accounts: [account],
    regions: [region],
    one(word, ...types) {
      for (const type of types) ask(type)
      const wanted: readonly ResourceType[] = types
      const found = all.find(
        ({ type, arn, name }) => wanted.includes(type) && [arn, name, name.split('/').at(-1)].includes(word),
      )
      return found as never
    },
    answer(resource, need) {
      ask(resource.type, need)
      return answerTo(resource, need)
    },
    all: () => all,
    unread(types) {
      for (const type of types) ask(type)
      return []
    },
  }
  return { estate, asked }
}
