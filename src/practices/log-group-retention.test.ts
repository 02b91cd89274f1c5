// Edges of log-group-retention: lengths that CloudWatch Logs does not have.

import { expect, test } from 'vitest'
import { logGroup } from './examples/around.ts'
import practice from './log-group-retention.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf } from './testing/example.ts'

holdsInCommon(practice)

test('the next longer length is taken, and what it deletes is told', () => {
  const example = { ...logGroup({ reason: 'for-ever', facts: { retentionInDays: undefined } as never }) }
  const [change] = changesOf(practice, { ...example, settings: { days: 100 } })
  expect(change?.call.input).toMatchObject({ retentionInDays: 120 })
  expect([change?.impact, change?.notes]).toEqual([
    'deletes data',
    ['what is older than 120 days is deleted within some days'],
  ])
})

test('making it longer deletes nothing', () => {
  const [change] = changesOf(practice, logGroup({ reason: 'too-short', facts: { retentionInDays: 7 } }))
  expect([change?.impact, change?.undo]).toEqual([
    'none',
    expect.objectContaining({ call: expect.anything() }),
  ])
})
