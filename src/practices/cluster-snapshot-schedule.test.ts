// Edges of cluster-snapshot-schedule: what a schedule can be besides.

import { expect, test } from 'vitest'
import practice from './cluster-snapshot-schedule.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import { verdictWithout } from './testing/without.ts'

holdsInCommon(practice)

const scheduled = (facts: object, schedule: { ScheduleDefinitions?: string[] } | null) =>
  verdictOf(
    practice,
    cluster({ reason: '', facts: { SnapshotScheduleIdentifier: 'nightly', ...facts }, schedule }),
  )

test('a schedule that is gone, says no time, or is of an unknown state', () => {
  expect(scheduled({ SnapshotScheduleState: 'ACTIVE' }, null)).toBe(
    'fail gone: names the snapshot schedule nightly, which does not exist',
  )
  expect(scheduled({ SnapshotScheduleState: 'ACTIVE' }, {})).toBe(
    'fail empty: has the snapshot schedule nightly, which says no time at all',
  )
  expect(scheduled({}, { ScheduleDefinitions: ['rate(12 hours)'] })).toBe(
    'unknown untold: does not tell whether its snapshot schedule nightly is in force',
  )
})

test('half an hour late is within the limit', () => {
  const facts = { SnapshotScheduleState: 'ACTIVE', ExpectedNextSnapshotScheduleTime: '2026-11-22T11:30:00Z' }
  expect(scheduled(facts, { ScheduleDefinitions: ['rate(12 hours)'] })).toBe(
    'pass on-time: takes automated snapshots at rate(12 hours) (schedule nightly)',
  )
})

test('one that is being attached is not in force, and without a next snapshot it is not known to be on time', () => {
  const definitions = { ScheduleDefinitions: ['rate(12 hours)'] }
  expect(scheduled({ SnapshotScheduleState: 'MODIFYING' }, definitions)).toBe(
    'unknown attaching: is being given the snapshot schedule nightly',
  )
  expect(scheduled({ SnapshotScheduleState: 'ACTIVE' }, definitions)).toBe(
    'unknown no-next: does not tell when the next snapshot of its schedule nightly is due',
  )
})

test('a cluster that is paused, or was a moment ago, has no schedule to keep', () => {
  const concerned = ['paused', 'pausing', 'resuming', 'available'].filter((ClusterStatus) =>
    practice.concerns?.({ ClusterStatus }, { partition: 'aws', account: '1', region: 'eu-west-1' }),
  )
  expect(concerned).toEqual(['available'])
})

test('where automated snapshots are off none is taken, whether the schedule is read or not', () => {
  const facts = { SnapshotScheduleIdentifier: 'nightly', AutomatedSnapshotRetentionPeriod: 0 }
  const example = cluster({ reason: '', facts })
  expect(verdictWithout(practice, example, 'schedule')).toBe(
    'fail off: takes none of the snapshots of its schedule nightly: it keeps no automated ones',
  )
})
