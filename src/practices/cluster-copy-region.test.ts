// Edges of cluster-copy-region: what is off, and the way back.

import { expect, test } from 'vitest'
import practice from './cluster-copy-region.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('D21: a cluster that copies nothing passes', () => {
  expect(verdictOf(practice, cluster({ reason: '' }))).toBe(
    'pass off: copies its snapshots to no other region',
  )
})

test('its undo copies as before, grant and retention included', () => {
  const ClusterSnapshotCopyStatus = {
    DestinationRegion: 'us-east-1',
    RetentionPeriod: 14,
    ManualSnapshotRetentionPeriod: -1,
    SnapshotCopyGrantName: 'virginia',
  }
  const [change] = changesOf(practice, cluster({ reason: 'outside', facts: { ClusterSnapshotCopyStatus } }))
  expect(change?.undo).toMatchObject({
    call: {
      action: 'redshift:EnableSnapshotCopy',
      input: { ClusterIdentifier: 'sales', ...ClusterSnapshotCopyStatus },
    },
  })
})
