// Edges of copy-grant-customer-managed-key: keys that are not told.

import { expect, test } from 'vitest'
import practice from './copy-grant-customer-managed-key.ts'
import { copyGrant } from './examples/around.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('a grant that names no key, and a key of another account', () => {
  expect(verdictOf(practice, copyGrant({ reason: '', key: null }))).toBe(
    'fail aws-owned: is for a key that AWS owns',
  )
  expect(verdictOf(practice, copyGrant({ reason: '', key: { AWSAccountId: '444455556666' } }))).toBe(
    'pass other-account: is for a customer-managed key of account 444455556666',
  )
})
