// Edges of namespace-admin-password-managed: what is sent, and that the former password does not come back.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-admin-password-managed.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf } from './testing/example.ts'

holdsInCommon(practice)

test('no password is sent, and none comes back', () => {
  const [change] = changesOf(practice, namespace({ reason: '' }))
  expect(change?.call.input).toEqual({ namespaceName: 'planning', manageAdminPassword: true })
  expect(change?.impact).toBe('irreversible')
  expect(change?.undo).toEqual({
    none: 'nobody but its owner knows the former password: set one under Edit admin credentials',
  })
})
