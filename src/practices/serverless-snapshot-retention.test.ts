// Edges of serverless-snapshot-retention: what is kept for ever, and what is only mended when it is named.

import { expect, test } from 'vitest'
import { serverlessSnapshot } from './examples/serverless-snapshot.ts'
import practice from './serverless-snapshot-retention.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, holdOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

type Wish = Parameters<typeof serverlessSnapshot>[0]
const of = (facts: object, more: Partial<Wish> = {}) => serverlessSnapshot({ reason: '', facts, ...more })

test.each([
  [{ snapshotRetentionPeriod: undefined }, 'fail never-expires: never expires'],
  [{ snapshotRetentionPeriod: 30 }, 'pass expires: expires on 2026-12-02'],
  [
    { snapshotRetentionPeriod: 1, snapshotCreateTime: undefined, snapshotRetentionStartTime: undefined },
    'pass expires: expires 1 day after it was taken',
  ],
])('%o', (facts, verdict) => {
  expect(verdictOf(practice, of(facts))).toBe(verdict)
})

test('an old one gets so long a retention that the days of grace are left', () => {
  const taken = '2024-11-22T12:00:00Z'
  const facts = { snapshotRetentionPeriod: -1, snapshotRetentionStartTime: taken }
  const [change] = changesOf(practice, of(facts))
  expect(change?.call.input).toEqual({ snapshotName: 'before-upgrade', retentionPeriod: 761 })
  expect(change?.deletesDataAt).toBe('2026-12-23T12:00:00Z')
})

test('one that cannot be given time, or is not ready, is left alone', () => {
  const ancient = { snapshotRetentionPeriod: -1, snapshotRetentionStartTime: '2016-01-01T00:00:00Z' }
  expect(noneOf(practice, of(ancient))).toMatch(/^it is so old that no retention AWS takes/)
  const creating = { snapshotRetentionPeriod: -1, status: 'CREATING' }
  expect(noneOf(practice, of(creating))).toMatch(/^it is still being made/)
})

test('D26: of a namespace that is gone it must be named', () => {
  const facts = { snapshotRetentionPeriod: -1 }
  expect(holdOf(practice, of(facts))).toBeUndefined()
  expect(holdOf(practice, of(facts, { namespaceLives: false }))).toBe(
    'it may be the last copy of the data of planning: name it with --resource',
  )
})
