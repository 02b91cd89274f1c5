// Edges of key-usable: keys of other accounts, states that are no trouble.

import { expect, test } from 'vitest'
import { key } from './examples/key.ts'
import practice from './key-usable.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('the day of its deletion is told', () => {
  const metadata = { KeyState: 'PendingDeletion' as const, DeletionDate: '2026-11-30T12:00:00Z' }
  expect(verdictOf(practice, key({ reason: '', metadata }))).toBe(
    'fail pending-deletion: will be deleted on 2026-11-30, and cannot be used until then: what lies under it is out of reach, and Redshift deletes a warehouse after 14 days without its key',
  )
})

test('an undo never schedules a deletion', () => {
  const changes = changesOf(practice, key({ reason: '', metadata: { KeyState: 'PendingDeletion' } }))
  expect(changes.map(({ call }) => call.action)).toEqual(['kms:CancelKeyDeletion', 'kms:EnableKey'])
  expect(changes.filter(({ undo }) => 'call' in undo)).toEqual([])
})

test('a key of another account is left to that account', () => {
  const example = key({ reason: '', metadata: { KeyState: 'Disabled' } })
  expect(noneOf(practice, { ...example, facts: { ...example.facts, AWSAccountId: '444455556666' } })).toBe(
    'it belongs to account 444455556666',
  )
})

test('a state that is not known to be usable is no pass', () => {
  for (const KeyState of ['Creating', 'Resting'] as const) {
    const example = key({ reason: '', metadata: { KeyState: KeyState as 'Creating' } })
    expect(verdictOf(practice, example)).toBe(
      `unknown untold: is in the state ${KeyState}, which does not tell whether it can be used`,
    )
  }
  expect(verdictOf(practice, key({ reason: '', metadata: { KeyState: 'Updating' } }))).toMatch(/^pass usable/)
})
