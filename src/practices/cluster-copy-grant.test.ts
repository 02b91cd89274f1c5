// Edges of cluster-copy-grant: whom it says nothing of.

import { expect, test } from 'vitest'
import practice from './cluster-copy-grant.ts'
import { holdsInCommon } from './testing/common.ts'
import { place } from './testing/world.ts'

holdsInCommon(practice)

test('it is about encrypted clusters that copy', () => {
  const ClusterSnapshotCopyStatus = { DestinationRegion: 'eu-central-1' }
  const concerns = (facts: object) => practice.concerns?.(facts, place)
  expect(concerns({ ClusterSnapshotCopyStatus, Encrypted: true })).toBe(true)
  expect(concerns({ ClusterSnapshotCopyStatus })).toBe(true)
  expect(concerns({ ClusterSnapshotCopyStatus, Encrypted: false })).toBe(false)
  expect(concerns({ Encrypted: true })).toBe(false)
})
