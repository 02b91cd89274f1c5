// Edges of cluster-database-name: what is not told.

import { expect, test } from 'vitest'
import practice from './cluster-database-name.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { DBName: undefined } as never }))).toBe(
    'unknown untold: does not tell its database name',
  )
})
