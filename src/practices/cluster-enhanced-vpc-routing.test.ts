// Edges of cluster-enhanced-vpc-routing: what is not told, and what waits.

import { expect, test } from 'vitest'
import practice from './cluster-enhanced-vpc-routing.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  expect(
    verdictOf(practice, cluster({ reason: '', facts: { EnhancedVpcRouting: undefined } as never })),
  ).toBe('unknown untold: does not tell whether it loads through its VPC')
})

test('a change that waits is told, whichever way it goes', () => {
  const facts = (now: boolean, waits: boolean) => ({
    EnhancedVpcRouting: now,
    PendingModifiedValues: { EnhancedVpcRouting: waits },
  })
  expect(verdictOf(practice, cluster({ reason: '', facts: facts(false, true) }))).toMatch(/^fail pending: /)
  expect(verdictOf(practice, cluster({ reason: '', facts: facts(true, false) }))).toMatch(/^fail changing: /)
})

test('what waits for a restart is told, and must be the same when the change is made', () => {
  const waiting = { require_ssl: 'pending-reboot' }
  const example = cluster({ reason: '', facts: { EnhancedVpcRouting: false }, applied: waiting })
  const [change] = changesOf(practice, example)
  expect(change?.notes).toContain('the restart may bring in force what waits for one: require_ssl')
  expect(change?.assumes).toMatchObject([{ fact: 'pendingAtReboot', value: ['require_ssl'] }])
})

test('AWS restarts the cluster for the change and for its undo', () => {
  const [change] = changesOf(practice, cluster({ reason: '', facts: { EnhancedVpcRouting: false } }))
  expect(change).toMatchObject({ impact: 'reboot', undo: { impact: 'reboot' } })
})
