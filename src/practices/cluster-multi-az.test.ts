// Edges of cluster-multi-az: how AWS says it.

import { expect, test } from 'vitest'
import practice from './cluster-multi-az.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { MultiAZ: undefined } as never }))).toBe(
    'unknown untold: does not tell in how many zones it runs',
  )
})

test('a text in other letters says the same', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { MultiAZ: 'enabled' } }))).toMatch(/^pass /)
})
