// Edges of cluster-copy-retention: what AWS does not tell.

import { expect, test } from 'vitest'
import practice from './cluster-copy-retention.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('a copy whose retention AWS does not tell is taken for one that stays', () => {
  const facts = { ClusterSnapshotCopyStatus: { DestinationRegion: 'us-east-1', RetentionPeriod: 7 } }
  expect(verdictOf(practice, cluster({ reason: '', facts }))).toBe(
    'fail for-ever: keeps copies of its manual snapshots in us-east-1 for ever',
  )
})
