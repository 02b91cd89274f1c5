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
  const named = (MasterUsername: string, names?: string[]) =>
    verdictOf(
      practice,
      cluster({ reason: '', facts: { MasterUsername }, ...(names && { settings: { names } }) }),
    )
  expect(named('AwsUser')).toMatch(/^fail default: /)
  expect(named('root', ['Root'])).toMatch(/^fail default: /)
  expect(named('awsuser', ['Root'])).toBe('pass own: has an administrator name of its own: awsuser')
})
