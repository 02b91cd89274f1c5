// The estate that the examples of actions are wished in, and what they ask of it: so it is known what an action reads.

import type { ReadAction } from '#model/action.ts'
import { kinds } from '#model/kinds.ts'
import { sourceOf } from '#model/needs.ts'
import { type Resource, type ResourceType, resourceFrom } from '#model/resource.ts'
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

/** The answers that actions ask for, by what they are about. */
function answerTo({ arn }: Resource, need: string): unknown {
  switch (need) {
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
    ...[exampleKey, disabledKey].map((arn) =>
      made('kms:key', { Arn: arn, KeyId: arn.slice(arn.indexOf('/') + 1), AWSAccountId: account }),
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
    accounts: [account],
    regions: [region],
    one(type, word) {
      ask(type)
      const found = all.find(
        ({ type: own, arn, name }) => own === type && [arn, name, name.split('/').at(-1)].includes(word),
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
