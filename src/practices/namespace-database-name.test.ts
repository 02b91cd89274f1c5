// Edges of namespace-database-name: names that only look like the default one.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import practice from './namespace-database-name.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

test.each([
  ['DEV', 'fail default-name: has a database called DEV'],
  ['development', 'pass own-name: has a database called development'],
  ['', 'unknown untold: does not tell the name of its first database'],
])('"%s"', (dbName, verdict) => {
  expect(verdictOf(practice, namespace({ reason: '', facts: { dbName } }))).toBe(verdict)
})
