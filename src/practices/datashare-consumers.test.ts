// Edges of datashare-consumers: consumers that are namespaces, and what an undo gives back.

import { expect, test } from 'vitest'
import practice from './datashare-consumers.ts'
import { datashare } from './examples/around.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const namespace = (account: string) => `arn:aws:redshift:eu-west-1:${account}:namespace:8e5b1c3a`
const sharedWith = (ConsumerIdentifier: string, more: object = {}) =>
  datashare({
    reason: '',
    facts: { DataShareAssociations: [{ ConsumerIdentifier, Status: 'ACTIVE' as const, ...more }] },
  })

test('a namespace of the own account is no stranger, one of another account is', () => {
  expect(verdictOf(practice, sharedWith(namespace('111122223333')))).toMatch(/^pass trusted-only: /)
  expect(verdictOf(practice, sharedWith(namespace('999988887777')))).toBe(
    `fail shared: can be read by ${namespace('999988887777')}`,
  )
})

test('its undo lets the consumer write again where it could', () => {
  const [change] = changesOf(practice, sharedWith('999988887777', { ProducerAllowedWrites: true }))
  expect(change?.undo).toMatchObject({ call: { input: { AllowWrites: true } } })
})
