// Edges of cluster-automated-snapshots: pending periods, snapshots that do not count, clusters that take none.

import { describe, expect, test } from 'vitest'
import practice from './cluster-automated-snapshots.ts'
import { automatedSnapshot, cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const fresh = automatedSnapshot('2026-11-22T08:00:00Z')
const pending = (days: number) => ({ PendingModifiedValues: { AutomatedSnapshotRetentionPeriod: days } })

describe('a pending period', () => {
  test('that will be long enough does not help yet', () => {
    const facts = { AutomatedSnapshotRetentionPeriod: 1, ...pending(14) }
    expect(verdictOf(practice, cluster({ reason: '', facts, automatedSnapshots: [fresh] }))).toBe(
      'fail too-short: keeps automated snapshots for 1 day (a change to 14 days is pending)',
    )
  })

  test('that will be long enough is not asked for again, nor for less', () => {
    const facts = { AutomatedSnapshotRetentionPeriod: 0, NodeType: 'dc2.large', ...pending(14) }
    const example = cluster({ reason: 'off', facts })
    expect(verdictOf(practice, example)).toBe(
      'fail off: keeps no automated snapshots (a change to 14 days is pending)',
    )
    expect(noneOf(practice, example)).toBe(
      'somebody asked for 14 days already, which is pending: wait for it',
    )
  })

  test('that switches them off leaves those that there are until it comes', () => {
    const example = cluster({ reason: 'too-short', facts: pending(0), automatedSnapshots: [fresh] })
    expect(verdictOf(practice, example)).toBe(
      'fail too-short: keeps automated snapshots for 7 days (a change to 0 days is pending)',
    )
    expect(noneOf(practice, example)).toBe('somebody asked for a shorter period, which is pending: ask why')
  })

  test('that will be too short fails before it comes, and is left to a person', () => {
    const example = cluster({ reason: '', facts: pending(1), automatedSnapshots: [fresh] })
    expect(verdictOf(practice, example)).toBe(
      'fail too-short: keeps automated snapshots for 7 days (a change to 1 day is pending)',
    )
    expect(changesOf(practice, example)).toEqual([])
  })
})

describe('these do not count as a fresh snapshot:', () => {
  const old = automatedSnapshot('2026-11-20T08:00:00Z')
  test.each([
    ['one that is not available yet', { Status: 'creating' }],
    ['one that failed', { Status: 'failed' }],
    ['a copy from another region, of a cluster of the same name', { SourceRegion: 'us-east-1' }],
    ['one of an earlier cluster of the same name', { ClusterCreateTime: '2025-01-10T08:00:00Z' }],
  ])('%s', (_, facts) => {
    const automatedSnapshots = [automatedSnapshot('2026-11-22T10:00:00Z', facts), old]
    expect(verdictOf(practice, cluster({ reason: '', automatedSnapshots }))).toBe(
      'fail stale: keeps automated snapshots for 7 days, but the newest is 2 days old',
    )
  })
})

test('the times may be written with or without milliseconds', () => {
  const snapshot = automatedSnapshot('2026-11-22T08:00:00.000Z', {
    ClusterCreateTime: '2026-01-10T08:00:00.000Z',
  })
  expect(verdictOf(practice, cluster({ reason: '', automatedSnapshots: [snapshot] }))).toBe(
    'pass kept: keeps automated snapshots for 7 days; the newest is 4 h old',
  )
})

test('exactly 26 hours is fresh, a second more is not', () => {
  const at = (time: string) =>
    verdictOf(practice, cluster({ reason: '', automatedSnapshots: [automatedSnapshot(time)] }))
  expect(at('2026-11-21T10:00:00Z')).toMatch(/^pass kept/)
  expect(at('2026-11-21T09:59:59Z')).toMatch(/^fail stale/)
})

test('a cluster that wakes up had no snapshot taken while it slept', () => {
  const at = (ClusterStatus: string) =>
    verdictOf(
      practice,
      cluster({
        reason: '',
        facts: { ClusterStatus },
        automatedSnapshots: [automatedSnapshot('2026-11-15T09:00:00Z')],
      }),
    )
  expect(at('resuming')).toMatch(
    /^pass paused: is resuming, so that nothing changes; the newest is 7 days old/,
  )
  expect(at('rebooting')).toMatch(/^fail stale/)
})

test('35 days, created minutes ago, none yet: passes and tells', () => {
  const facts = { AutomatedSnapshotRetentionPeriod: 35, ClusterCreateTime: '2026-11-22T11:50:00Z' }
  expect(verdictOf(practice, cluster({ reason: '', facts }))).toBe(
    'pass no-snapshot-yet: keeps automated snapshots for 35 days; it is new and has none yet',
  )
})

test('a cluster that is being created may have no creation time yet', () => {
  const facts = { ClusterStatus: 'creating', ClusterCreateTime: undefined }
  expect(verdictOf(practice, cluster({ reason: '', facts } as never))).toMatch(/^pass no-snapshot-yet/)
})

test('a paused cluster that has no snapshot at all fails', () => {
  expect(verdictOf(practice, cluster({ reason: '', facts: { ClusterStatus: 'paused' } }))).toMatch(
    /^fail no-snapshot: /,
  )
})

test('the undo tells what it would delete', () => {
  const kept = (days: number) =>
    changesOf(practice, cluster({ reason: '', facts: { AutomatedSnapshotRetentionPeriod: days } }))[0]
  const deletes = (warning: string) => expect.objectContaining({ impact: 'deletes data', warning })
  expect(kept(0)?.undo).toEqual(deletes('deletes every automated snapshot, at once'))
  expect(kept(1)?.undo).toEqual(deletes('deletes automated snapshots older than 1 day, at once'))
  expect(kept(1)?.undo).toMatchObject({ call: { input: { AutomatedSnapshotRetentionPeriod: 1 } } })
})
