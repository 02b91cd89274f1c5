// Edges of workgroup-fips-tls: the parameter does nothing alone.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import practice from './workgroup-fips-tls.ts'

holdsInCommon(practice)

const of = (parameters: Record<string, string | undefined>) => workgroup({ reason: '', parameters })

test.each([
  [
    { use_fips_ssl: undefined },
    'unknown untold: does not tell whether use_fips_ssl is set (it says nothing)',
  ],
  [
    { use_fips_ssl: 'true', require_ssl: undefined },
    'unknown untold: does not tell whether require_ssl is set (it says nothing)',
  ],
  [{ use_fips_ssl: 'TRUE' }, 'pass on: takes FIPS-validated TLS only'],
])('%o', (parameters, verdict) => {
  expect(verdictOf(practice, of(parameters))).toBe(verdict)
})

test('TLS is required first, each parameter by a call of its own', () => {
  const changes = changesOf(practice, of({ use_fips_ssl: 'false', require_ssl: 'false' }))
  expect(changes.map(({ effects: [effect] }) => effect?.fact)).toEqual([
    'configParameters.require_ssl',
    'configParameters.use_fips_ssl',
  ])
})

test('it is off until somebody asks for it', () => {
  expect(practice.enabledByDefault).toBe(false)
})
