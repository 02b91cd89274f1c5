// Edges of namespace-key-in-reach: what it says of the key.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-key-in-reach.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('a status of any other word is none of its business', () => {
  const facts = { status: 'MODIFYING' as const }
  expect(verdictOf(practice, namespace({ reason: '', facts }))).toBe('pass in-reach: can reach its key')
})
