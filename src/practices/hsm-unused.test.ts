// Edges of hsm-unused: who uses it.

import { expect, test } from 'vitest'
import { hsmConfiguration } from './examples/around.ts'
import practice from './hsm-unused.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('the clusters that use it are told', () => {
  expect(verdictOf(practice, hsmConfiguration({ reason: '', clusters: ['a', 'b'] }))).toBe(
    'pass in-use: is used by 2 clusters: a, b',
  )
})
