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
    policy: { trustedAccounts: ['444455556666'] },
    facts: { DataShareAssociations: [{ ConsumerIdentifier, Status: 'ACTIVE' as const, ...more }] },
  })

test('a namespace of the own account is no stranger, one of another account is', () => {
  expect(verdictOf(practice, sharedWith(namespace('111122223333')))).toMatch(/^pass trusted-only: /)
  expect(verdictOf(practice, sharedWith(namespace('999988887777')))).toBe(
    `fail shared: can be read by ${namespace('999988887777')}`,
  )
})

test('a Data Catalog is of its account, which may be the own one or a trusted one', () => {
  const catalog = (account: string) => verdictOf(practice, sharedWith(`DataCatalog/${account}`))
  expect(catalog('111122223333')).toMatch(/^pass trusted-only: /)
  expect(catalog('444455556666')).toMatch(/^pass trusted-only: /)
  expect(catalog('999988887777')).toBe('fail shared: can be read by DataCatalog/999988887777')
})

test('AWS Data Exchange stands for whoever subscribes', () => {
  expect(verdictOf(practice, sharedWith('ADX'))).toBe(
    'fail shared: can be read by whoever subscribes to it at AWS Data Exchange (ADX)',
  )
})

test.each(['PENDING_AUTHORIZATION', 'DEAUTHORIZED', 'REJECTED'])('%s gives nobody anything', (Status) => {
  expect(verdictOf(practice, sharedWith('999988887777', { Status }))).toBe('pass private: is open to nobody')
})

test('its undo lets the consumer write again where it could', () => {
  const [change] = changesOf(practice, sharedWith('999988887777', { ProducerAllowedWrites: true }))
  expect(change?.undo).toMatchObject({ call: { input: { AllowWrites: true } } })
})
