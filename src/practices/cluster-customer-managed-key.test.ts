// Edges of cluster-customer-managed-key: the kinds of keys, what KMS does not tell, where the remedy goes.

import { expect, test } from 'vitest'
import practice from './cluster-customer-managed-key.ts'
import { clusterUnder, elsewhereKey, otherKey } from './examples/key.ts'
import { cluster, exampleKey } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

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

test('a cluster that is busy waits', () => {
  expect(noneOf(practice, cluster({ reason: '', facts: { ClusterStatus: 'paused' } }))).toBe(
    'the cluster is paused: plan again when it is available',
  )
})
