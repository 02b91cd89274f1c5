// Edges of cluster-admin-password-managed: who must be told first.

import { expect, test } from 'vitest'
import practice from './cluster-admin-password-managed.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { holdOf } from './testing/example.ts'

holdsInCommon(practice)

test('it is held back until somebody names it', () => {
  expect(holdOf(practice, cluster({ reason: '' }))).toBe(
    'whoever logs in with the password of today would be locked out: tell them, then name it with --resource',
  )
})
