// Edges of cluster-event-subscription: several subscriptions, none of which says all by itself.

import { expect, test } from 'vitest'
import practice from './cluster-event-subscription.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (...subscriptions: object[]) => {
  const eventSubscriptions = subscriptions.map((one, at) => ({
    CustSubscriptionId: `s${at}`,
    Enabled: true,
    Status: 'active',
    ...one,
  }))
  return verdictOf(practice, cluster({ reason: '', answers: { eventSubscriptions } }))
}

test('one that tells errors only does not stand in for the rest, and takes nothing from one that tells all', () => {
  expect(verdict({ Severity: 'ERROR' })).toBe(
    'fail errors-only: tells its security events to s0 where they are errors, and its other ones to nobody',
  )
  expect(verdict({ Severity: 'ERROR' }, { Severity: 'INFO', Status: 'no-permission' })).toMatch(
    /^fail errors-only/,
  )
  expect(verdict({ Severity: 'ERROR' }, { Severity: 'INFO' })).toBe(
    'pass told: tells its security events to s1',
  )
})

test.each([
  ['of snapshots', { SourceType: 'cluster-snapshot' }],
  ['of another cluster', { SourceType: 'cluster', SourceIdsList: ['web'] }],
  ['of other events', { EventCategoriesList: ['management', 'monitoring'] }],
  ['that is switched off', { Enabled: false }],
])('one %s tells nothing', (_, subscription) => {
  expect(verdict(subscription)).toBe('fail none: tells its security events to nobody')
})
