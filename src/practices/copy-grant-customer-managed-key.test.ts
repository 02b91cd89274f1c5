// Edges of copy-grant-customer-managed-key: keys that are not told.

import { expect, test } from 'vitest'
import practice from './copy-grant-customer-managed-key.ts'
import { copyGrant } from './examples/around.ts'
import { elsewhereKey } from './examples/key.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (KmsKeyId: string, key?: Parameters<typeof copyGrant>[0]['key']) =>
  verdictOf(practice, copyGrant({ reason: '', facts: { KmsKeyId }, ...(key !== undefined && { key }) }))

test('a grant that names no key, and one that names a key as nobody knows it', () => {
  expect(verdict('', null)).toBe('fail aws-owned: is for a key that AWS owns')
  expect(verdict('a-key', null)).toBe('unknown untold: is for a-key, and KMS does not tell who manages that')
})

test('a key of another account is one, whether KMS tells of it or not', () => {
  const { answers, facts } = copyGrant({ reason: '', facts: { KmsKeyId: elsewhereKey } })
  const { key: _, ...others } = answers
  expect(verdictOf(practice, { reason: '', facts, answers: others })).toBe(
    `pass customer-managed-elsewhere: is for the customer-managed key ${elsewhereKey}, which belongs to another account`,
  )
})
