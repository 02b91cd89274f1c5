// Edges of cluster-manual-retention: what AWS does not tell.

import { expect, test } from 'vitest'
import practice from './cluster-manual-retention.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  const example = cluster({ reason: '', facts: { ManualSnapshotRetentionPeriod: undefined } as never })
  expect(verdictOf(practice, example)).toBe(
    'unknown untold: does not tell how long new manual snapshots are kept',
  )
})
