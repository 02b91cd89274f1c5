// Edges of namespace-log-exports: which logs make all of them.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-log-exports.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (facts: object) => verdictOf(practice, namespace({ reason: '', facts }))

test('D18: connection and user logs alone are not all', () => {
  expect(verdict({ logExports: ['connectionlog', 'userlog'] })).toBe(
    'fail incomplete: exports connectionlog, userlog, but not useractivitylog',
  )
})

test('AWS leaves the list out where there is none', () => {
  expect(verdict({ logExports: undefined })).toBe('fail off: exports no audit log')
})

test('the undo exports what was exported before', () => {
  const [change] = changesOf(practice, namespace({ reason: '', facts: { logExports: ['userlog'] } }))
  expect(change?.undo).toMatchObject({
    call: {
      action: 'redshift-serverless:UpdateNamespace',
      input: { namespaceName: 'planning', logExports: ['userlog'] },
    },
  })
})
