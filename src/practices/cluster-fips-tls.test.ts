// Edges of cluster-fips-tls: the parameter does nothing alone, and both wait for a reboot.

import { expect, test } from 'vitest'
import practice from './cluster-fips-tls.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, draftsOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

type Shape = Parameters<typeof cluster>[0]
const of = (example: Omit<Shape, 'reason'>) => cluster({ reason: '', ...example })
const both = { use_fips_ssl: 'true', require_ssl: 'true' }

test.each([
  [
    { parameters: both, applied: { require_ssl: 'pending-reboot', use_fips_ssl: 'in-sync' } },
    'fail pending-reboot: wants FIPS of those who choose TLS, and requires TLS not before its next reboot',
  ],
  [
    {
      parameters: { ...both, require_ssl: 'false' },
      applied: { require_ssl: 'pending-reboot', use_fips_ssl: 'in-sync' },
    },
    'fail opens-at-reboot: will require TLS, and FIPS with it, of nobody after its next reboot',
  ],
  [
    { parameters: both, applied: { use_fips_ssl: 'apply-error', require_ssl: 'in-sync' } },
    'fail apply-error: does not run the value of its parameter group: use_fips_ssl is apply-error',
  ],
  [
    { parameters: both, applied: { require_ssl: 'apply-error', use_fips_ssl: 'in-sync' } },
    'fail apply-error: does not run the value of its parameter group: require_ssl is apply-error',
  ],
  [{}, 'unknown no-parameter: has no parameter group that names use_fips_ssl and require_ssl'],
])('%o', (example, verdict) => {
  expect(verdictOf(practice, of(example))).toBe(verdict)
})

test('what AWS does not tell is neither on nor off, and what is off decides', () => {
  const example = of({
    parameters: both,
    facts: { ClusterParameterGroups: [{ ParameterGroupName: 'analytics' }] },
  })
  expect(verdictOf(practice, example)).toBe(
    'unknown untold: does not tell whether use_fips_ssl and require_ssl are set and applied',
  )
  const silent = of({ parameters: { ...both, require_ssl: 'false' } })
  const [group] = silent.answers.parameters ?? []
  for (const parameter of group?.parameters ?? [])
    if (parameter.ParameterName === 'use_fips_ssl') delete parameter.ParameterValue
  expect(verdictOf(practice, silent)).toMatch(/^fail not-required: /)
})

test('TLS is required first, each parameter by a call of its own, so that other fixes share it', () => {
  const changes = changesOf(practice, of({ parameters: { use_fips_ssl: 'false', require_ssl: 'false' } }))
  expect(changes.map(({ call }) => call.input)).toEqual(
    ['require_ssl', 'use_fips_ssl'].map((ParameterName) => ({
      ParameterGroupName: 'analytics',
      Parameters: [{ ParameterName, ParameterValue: 'true' }],
    })),
  )
})

test('what is in force already is left alone', () => {
  const drafts = draftsOf(practice, of({ parameters: { ...both, use_fips_ssl: 'false' } }))
  expect(drafts).toMatchObject([
    { title: 'Require FIPS-validated TLS in parameter group analytics' },
    { brings: ['use_fips_ssl'] },
  ])
})

test('it is off until somebody asks for it', () => {
  expect(practice.enabledByDefault).toBe(false)
})
