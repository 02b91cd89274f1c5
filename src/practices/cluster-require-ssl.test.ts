// Edges of cluster-require-ssl: several groups, values that were not applied, groups of which little is known.

import { describe, expect, test } from 'vitest'
import practice from './cluster-require-ssl.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, draftsOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const off = { require_ssl: 'false' }

test.each(['invalid-parameter', 'apply-error', 'unknown-error', 'apply-deferred', 'applying'])(
  'a value that is %s is not in force, and no restart is wished for it',
  (status) => {
    const example = cluster({ reason: '', applied: { require_ssl: status, datestyle: 'in-sync' } })
    expect(verdictOf(practice, example)).toBe(
      `fail ${status}: does not run the value of its parameter group: require_ssl is ${status}`,
    )
    expect(draftsOf(practice, example)).toEqual([])
  },
)

test('another parameter that waits for a reboot leaves this one in force', () => {
  const applied = { enable_user_activity_logging: 'pending-reboot', require_ssl: 'in-sync' }
  expect(verdictOf(practice, cluster({ reason: '', applied }))).toBe(
    'pass in-force: requires TLS (group analytics)',
  )
})

test('a group that is pending as a whole, with no parameter listed, is not in force', () => {
  expect(verdictOf(practice, cluster({ reason: '', applied: 'pending-reboot' }))).toMatch(
    /^fail pending-reboot: /,
  )
})

test('where every parameter waits for a reboot, what is in force is not told', () => {
  const applied = { require_ssl: 'pending-reboot', enable_user_activity_logging: 'pending-reboot' }
  expect(verdictOf(practice, cluster({ reason: '', applied }))).toBe(
    'fail pending-reboot: is set to require TLS from its next reboot on, and AWS does not tell whether it does before',
  )
  expect(verdictOf(practice, cluster({ reason: '', applied, parameters: off }))).toBe(
    'fail opens-at-reboot: will accept plain-text connections after its next reboot, and AWS does not tell whether it does already',
  )
})

test('AWS spells names and values in either case', () => {
  const example = cluster({ reason: '' })
  const parameters = [{ ParameterName: 'Require_SSL', ParameterValue: 'TRUE' }]
  example.answers.parameters = [{ name: 'analytics', parameters, clusters: ['sales'] }]
  expect(verdictOf(practice, example)).toMatch(/^pass in-force/)
})

test('a cluster without a parameter that names TLS is unknown', () => {
  const example = cluster({ reason: '' })
  example.answers.parameters = []
  expect(verdictOf(practice, example)).toBe(
    'unknown no-parameter: has no parameter group that names require_ssl',
  )
})

describe('a cluster with two groups, of which the second is open', () => {
  const example = cluster({ reason: '' })
  const [first] = example.answers.parameters ?? []
  const parameters = [{ ParameterName: 'require_ssl', ParameterValue: 'false' }]
  example.answers.parameters = [
    ...(first ? [first] : []),
    { name: 'reporting', parameters, clusters: ['sales', 'finance'] },
  ]
  example.facts.ClusterParameterGroups?.push({
    ParameterGroupName: 'reporting',
    ParameterApplyStatus: 'in-sync',
  })

  test('fails by it', () => {
    expect(verdictOf(practice, example)).toBe('fail off: accepts plain-text connections (group reporting)')
  })

  test('has that one mended, and told is who shares it', () => {
    expect(changesOf(practice, example)).toMatchObject([
      {
        call: { input: { ParameterGroupName: 'reporting' } },
        notes: ['also changes finance at their next reboot: they share the group'],
      },
    ])
  })
})

describe('a default group', () => {
  const example = () => cluster({ reason: '', group: 'default.redshift-1.0', parameters: off })

  test('is left for one of the same family, under a name that is free', () => {
    const taken = example()
    taken.answers.parameterGroups?.push({ ParameterGroupName: 'redoubt-sales' })
    expect(changesOf(practice, taken)[0]?.call).toEqual({
      action: 'redshift:CreateClusterParameterGroup',
      input: {
        ParameterGroupName: 'redoubt2-sales',
        ParameterGroupFamily: 'redshift-1.0',
        Description: 'default.redshift-1.0 of cluster sales, to be changed',
      },
    })
  })

  test('whose family is not known is not left for a guess', () => {
    const unlisted = example()
    unlisted.answers.parameterGroups = [{ ParameterGroupName: 'default.redshift-1.0' }]
    expect(draftsOf(practice, unlisted)).toEqual([])
  })
})

test('what AWS does not tell is neither on nor off', () => {
  const silent = cluster({ reason: '' })
  silent.answers.parameters = [
    { name: 'analytics', parameters: [{ ParameterName: 'require_ssl' }], clusters: [] },
  ]
  expect(verdictOf(practice, silent)).toMatch(/^unknown untold: does not tell whether require_ssl is set/)
  const unapplied = cluster({
    reason: '',
    facts: { ClusterParameterGroups: [{ ParameterGroupName: 'analytics' }] },
  })
  expect(verdictOf(practice, unapplied)).toMatch(/^unknown untold:/)
})

test('a parameter that the list leaves out shares the fate of its group', () => {
  const applied = { enable_user_activity_logging: 'pending-reboot' }
  expect(verdictOf(practice, cluster({ reason: '', applied }))).toMatch(/^fail pending-reboot:/)
})

test('a group whose clusters could not all be listed is left alone', () => {
  const example = cluster({ reason: 'off', parameters: { require_ssl: 'false' } })
  for (const group of example.answers.parameters ?? []) group.clusters = null
  expect(noneOf(practice, example)).toBe('not all clusters could be listed, and others may share its group')
})
