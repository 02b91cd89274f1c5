// Edges of snapshot-encrypted: what is not told.

import { expect, test } from 'vitest'
import { snapshot } from './examples.ts'
import practice from './snapshot-encrypted.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('what is neither told nor there is unknown', () => {
  expect(verdictOf(practice, snapshot({ reason: '', facts: { Encrypted: undefined } as never }))).toBe(
    'unknown untold: does not tell whether it is encrypted',
  )
})

test('a key in a hardware security module is not taken for one that AWS owns', () => {
  expect(verdictOf(practice, snapshot({ reason: '', facts: { EncryptedWithHSM: true } }))).toBe(
    'pass encrypted: is encrypted under a key in a hardware security module',
  )
})
