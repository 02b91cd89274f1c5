// Edges of snapshot-orphaned: orphans that cannot be told.

import { expect, test } from 'vitest'
import { snapshot } from './examples.ts'
import practice from './snapshot-orphaned.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('D26: a snapshot of a deleted cluster that never expires fails, and is told to be an orphan', () => {
  const example = snapshot({
    reason: '',
    facts: { ManualSnapshotRetentionPeriod: -1 },
    clusterLives: false,
  })
  expect(verdictOf(practice, example)).toBe(
    'fail for-ever: outlives its cluster sales, which is gone, for ever',
  )
})

test('where clusters could not be listed, it is unknown', () => {
  const example = snapshot({ reason: '' })
  expect(verdictOf(practice, { ...example, answers: { ...example.answers, origin: 'untold' } })).toBe(
    'unknown untold: cannot be told from an orphan: whether cluster sales is still there is not known',
  )
})
