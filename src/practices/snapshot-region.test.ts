// Edges of snapshot-region: automated copies, and copies within a region.

import { expect, test } from 'vitest'
import { snapshot } from './examples.ts'
import practice from './snapshot-region.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('an automated copy is told to go with its retention', () => {
  const facts = { SnapshotType: 'automated', SourceRegion: 'us-east-1', ManualSnapshotRetentionPeriod: -1 }
  expect(verdictOf(practice, snapshot({ reason: '', facts }))).toBe(
    'fail outside: lies in eu-west-1, copied from us-east-1, which is not among the allowed regions, and goes with the retention of automated snapshots',
  )
})

test('a copy in its own region is at home', () => {
  expect(verdictOf(practice, snapshot({ reason: '', facts: { SourceRegion: 'eu-west-1' } }))).toBe(
    'pass at-home: lies in eu-west-1, as it may',
  )
})
