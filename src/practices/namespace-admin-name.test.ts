// Edges of namespace-admin-name: which names are known to everybody.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-admin-name.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test.each([
  ['Admin', 'fail default-name: has an administrator called Admin'],
  ['awsuser', 'fail default-name: has an administrator called awsuser'],
  ['administrator', 'pass own-name: has an administrator called administrator'],
  ['', 'unknown untold: does not tell the name of its administrator'],
])('"%s"', (adminUsername, verdict) => {
  expect(verdictOf(practice, namespace({ reason: '', facts: { adminUsername } }))).toBe(verdict)
})
