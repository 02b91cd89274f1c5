// Edges of namespace-customer-managed-key: the five answers, and what KMS does not tell.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import { exampleKey } from './examples.ts'
import practice from './namespace-customer-managed-key.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (example: Partial<Parameters<typeof namespace>[0]>) =>
  verdictOf(practice, namespace({ reason: '', ...example }))

test('D9, D10, D17, D20: the kinds of keys are told apart, alias or not', () => {
  expect([
    verdict({ facts: { kmsKeyId: 'AWS_OWNED_KMS_KEY' } }),
    verdict({ manager: 'AWS' }),
    verdict({}),
    verdict({ facts: { kmsKeyId: exampleKey.replace('111122223333', '444455556666') } }),
  ]).toEqual([
    'fail aws-owned: lies under a key that AWS owns',
    `fail aws-managed: lies under the key that AWS manages, ${exampleKey}`,
    `pass customer-managed: lies under the customer-managed key ${exampleKey}`,
    `pass customer-managed-elsewhere: lies under the customer-managed key ${exampleKey.replace('111122223333', '444455556666')}, which belongs to another account`,
  ])
})

test('what is not told is unknown', () => {
  expect(verdict({ facts: { kmsKeyId: '' } })).toBe('unknown untold: does not tell under which key it lies')
  expect(verdict({ facts: { kmsKeyId: 'a-key' } })).toBe(
    'unknown untold: lies under a-key, and KMS does not tell who manages that',
  )
})

test('it moves under the key of its region, and there is no way back', () => {
  const facts = { kmsKeyId: 'AWS_OWNED_KMS_KEY' }
  const decided = { keys: { 'eu-west-1': exampleKey } }
  const [change] = changesOf(practice, namespace({ reason: '', facts, decided }))
  expect(change?.call.input).toEqual({ namespaceName: 'planning', kmsKeyId: exampleKey })
  expect(change?.undo).toEqual({
    none: 'a namespace never goes back from a customer-managed key to a key of AWS',
  })
})

test('where no key is named, it moves under a new one, which is rotated and never taken from under it', () => {
  const changes = changesOf(practice, namespace({ reason: '', facts: { kmsKeyId: 'AWS_OWNED_KMS_KEY' } }))
  expect(changes.map(({ call }) => call.action)).toEqual([
    'kms:CreateKey',
    'kms:EnableKeyRotation',
    'kms:CreateAlias',
    'redshift-serverless:UpdateNamespace',
  ])
  expect(changes.at(-1)?.title).toBe(
    'Move namespace planning under the new key alias/redshift-serverless-planning',
  )
  expect(changes.map(({ undo }) => ('none' in undo ? undo.none : undefined))).toEqual([
    ...Array(3).fill('what lies under the key is lost without it'),
    'a namespace never goes back from a customer-managed key to a key of AWS',
  ])
})
