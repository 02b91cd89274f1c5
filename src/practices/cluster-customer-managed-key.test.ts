// Edges of cluster-customer-managed-key: the kinds of keys, what KMS does not tell, where the remedy goes.

import { expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import practice from './cluster-customer-managed-key.ts'
import { clusterUnder, elsewhereKey, otherKey } from './examples/key.ts'
import { cluster, exampleKey } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'
import { drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

test('D9, D10, D17, D20: the five answers are told apart, alias or not', () => {
  expect([
    verdictOf(practice, cluster({ reason: '', facts: { Encrypted: false } })),
    verdictOf(practice, cluster({ reason: '' })),
    verdictOf(practice, clusterUnder(exampleKey, { reason: '', manager: 'AWS' })),
    verdictOf(practice, clusterUnder(exampleKey, { reason: '' })),
    verdictOf(practice, clusterUnder(elsewhereKey, { reason: '' })),
  ]).toEqual([
    'fail not-encrypted: is not encrypted',
    'fail aws-owned: lies under a key that AWS owns',
    `fail aws-managed: lies under the key that AWS manages, ${exampleKey}`,
    `pass customer-managed: lies under the customer-managed key ${exampleKey}`,
    `pass customer-managed-elsewhere: lies under the customer-managed key ${elsewhereKey}, which belongs to another account`,
  ])
})

test('a new key is made where none is named, and is never deleted from under the cluster', () => {
  const changes = changesOf(practice, cluster({ reason: '' }))
  expect(changes.map(({ call }) => call.action)).toEqual([
    'kms:CreateKey',
    'kms:EnableKeyRotation',
    'kms:CreateAlias',
    'redshift:ModifyCluster',
  ])
  expect(changes.filter(({ undo }) => 'call' in undo)).toEqual([])
  expect(changes.at(-1)?.title).toBe('Move cluster sales under the new key')
})

test('copying stops first, and comes back where it may be', () => {
  const example = clusterUnder(exampleKey, {
    reason: '',
    manager: 'AWS',
    facts: { ClusterSnapshotCopyStatus: { DestinationRegion: 'us-east-1' } },
  })
  const actions = (allowedRegions: string[]) =>
    changesOf(practice, { ...example, policy: { keys: { 'eu-west-1': otherKey }, allowedRegions } }).map(
      ({ call }) => call.action.slice(9),
    )
  expect(actions(['us-east-1'])).toEqual(['DisableSnapshotCopy', 'ModifyCluster', 'EnableSnapshotCopy'])
  expect(actions(['eu-west-1'])).toEqual(['DisableSnapshotCopy', 'ModifyCluster'])
})

test('a key of redoubt.yaml that is known not to be usable is said in the plan, and nothing is called', async () => {
  const off = otherKey.slice(otherKey.lastIndexOf('/') + 1)
  const world: World = {
    name: 'off',
    about: 'A key that is named for the region, and disabled.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...key, user: 'example' }],
        regions: {
          [place.region]: {
            keys: [{ KeyId: off, KeyState: 'Disabled' }],
            clusters: [{ ClusterIdentifier: 'sales' }],
            namespaces: [{ namespaceName: 'planning', kmsKeyId: 'AWS_OWNED_KMS_KEY' }],
            snapshots: [
              {
                SnapshotIdentifier: 'old',
                ClusterIdentifier: 'gone',
                SnapshotType: 'manual',
                KmsKeyId: otherKey,
              },
            ],
          },
        },
      },
    },
  }
  const driver = await drive(world, {
    key,
    regions: [place.region],
    settings: { keys: { [place.region]: otherKey } },
  })
  try {
    await driver.scan()
    for (const id of [practice.id, 'namespace-customer-managed-key']) {
      const { steps, leftOut } = await driver.plan({ practice: id })
      expect([steps, leftOut.map(({ why }) => why)]).toEqual([
        [],
        [`it relies on key ${otherKey}, whose metadata.KeyState is Disabled and not Enabled`],
      ])
    }
  } finally {
    await driver.stop()
  }
})

test('a cluster that is busy waits', () => {
  expect(noneOf(practice, cluster({ reason: '', facts: { ClusterStatus: 'paused' } }))).toBe(
    'the cluster is paused: plan again when it is available',
  )
})
