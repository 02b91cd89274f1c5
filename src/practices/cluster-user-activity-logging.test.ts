// Edges of cluster-user-activity-logging: one switch without the other, and several groups.

import { expect, test } from 'vitest'
import practice from './cluster-user-activity-logging.ts'
import { bucketLogging, cloudWatchLogging, cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'
import { verdictWithout } from './testing/without.ts'

holdsInCommon(practice)

test('D12: the parameter without audit logging fails', () => {
  const example = cluster({ reason: 'no-audit-log', logging: { LoggingEnabled: false } })
  expect(verdictOf(practice, example)).toBe(
    'fail no-audit-log: has audit logging off: its user activity goes nowhere',
  )
  expect(noneOf(practice, example)).toBe(
    'what is missing is the audit log, which cluster-audit-logging plans',
  )
})

test('a log that does not arrive is not said to be sent', () => {
  const failing = bucketLogging({ LastFailureTime: '2026-11-22T11:30:00Z', LastFailureMessage: 'no' })
  expect(verdictOf(practice, cluster({ reason: '', logging: failing }))).toBe(
    'pass logged: has its user activity logged for bucket acme-audit, where its audit log fails to arrive',
  )
})

test('D23: of several groups, the one that waits decides', () => {
  const example = cluster({ reason: '', logging: cloudWatchLogging() })
  const [used] = example.answers.parameters ?? []
  const waiting = { ...used, name: 'second' }
  const others = example.answers.parameters ?? []
  const ClusterParameterGroups = [
    ...(example.facts.ClusterParameterGroups ?? []),
    { ParameterGroupName: 'second', ParameterApplyStatus: 'pending-reboot' },
  ]
  const facts = { ...example.facts, ClusterParameterGroups }
  for (const groups of [
    [waiting, ...others],
    [...others, waiting],
  ]) {
    const parameters = groups as never
    expect(verdictOf(practice, { ...example, facts, answers: { ...example.answers, parameters } })).toMatch(
      /^fail pending-reboot: /,
    )
  }
})

test('with require_ssl it makes one group, not two', () => {
  const example = cluster({
    reason: 'off',
    group: 'default.redshift-1.0',
    parameters: { enable_user_activity_logging: 'false' },
    logging: cloudWatchLogging(),
  })
  expect(changesOf(practice, example)[0]?.call).toEqual({
    action: 'redshift:CreateClusterParameterGroup',
    input: {
      ParameterGroupName: 'redoubt-sales',
      ParameterGroupFamily: 'redshift-1.0',
      Description: 'default.redshift-1.0 of cluster sales, to be changed',
    },
  })
})

test('one switch that is known to be off is enough, whichever of the two', () => {
  const off = cluster({ reason: '', logging: { LoggingEnabled: false } })
  expect(verdictWithout(practice, off, 'parameters')).toBe(
    'fail no-audit-log: has audit logging off: its user activity goes nowhere',
  )
  expect(
    verdictWithout(practice, cluster({ reason: '', logging: cloudWatchLogging() }), 'parameters'),
  ).toMatch(/^unknown refused: /)
})
