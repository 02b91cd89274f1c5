// Edges of cluster-admin-name: letters of another size.

import { expect, test } from 'vitest'
import practice from './cluster-admin-name.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test('without a word of AWS it is unknown', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { MasterUsername: undefined } as never }))).toBe(
    'unknown untold: does not tell its administrator name',
  )
})

test('letters of another size are the same name', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { MasterUsername: 'AwsUser' } }))).toMatch(
    /^fail default: /,
  )
})
