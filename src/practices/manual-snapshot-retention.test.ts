// Edges of manual-snapshot-retention: which date a deletion gets, and which snapshot is the last of its data.

import { afterEach, describe, expect, test } from 'vitest'
import { manualSnapshot, snapshot } from './examples.ts'
import practice from './manual-snapshot-retention.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, holdOf, noneOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

type Facts = ReturnType<typeof manualSnapshot>
const forever = (facts: Facts = {}) => ({ ManualSnapshotRetentionPeriod: -1, ...facts })
const takenAt = (time: string) => ({ SnapshotCreateTime: time, SnapshotRetentionStartTime: time })
const plan = (facts: Facts) => changesOf(practice, snapshot({ reason: '', facts: forever(facts) }))[0]

describe('the verdict', () => {
  const verdict = (facts: Facts) => verdictOf(practice, snapshot({ reason: '', facts }))

  test('the date counts from the start of the retention, not from when it was taken', () => {
    const facts = { SnapshotCreateTime: '2026-01-01T00:00:00Z' }
    expect(verdict(facts)).toBe('pass expires: expires on 2027-01-30')
    expect(verdict({ ...facts, SnapshotRetentionStartTime: undefined } as never)).toBe(
      'pass expires: expires on 2026-04-01',
    )
  })

  test('without a retention it never expires', () => {
    expect(verdict({ ManualSnapshotRetentionPeriod: undefined } as never)).toBe(
      'fail never-expires: never expires',
    )
  })

  test('the cluster that is gone is told', () => {
    expect(verdictOf(practice, snapshot({ reason: '', facts: forever(), clusterLives: false }))).toBe(
      'fail never-expires: never expires, though its cluster sales is gone',
    )
  })

  test('one whose time ran out days ago, and that is still there, did not expire', () => {
    const facts = { ManualSnapshotRetentionPeriod: 30, SnapshotRetentionStartTime: '2026-10-01T12:00:00Z' }
    expect(verdict(facts)).toBe('fail overdue: should be gone since 2026-10-31, and is still there')
    const example = snapshot({ reason: 'overdue', facts, clusterLives: false })
    expect(holdOf(practice, example)).toBeUndefined()
    expect(noneOf(practice, example)).toMatch(/^AWS should have deleted it by itself/)
    expect(verdict({ ...facts, SnapshotRetentionStartTime: '2026-10-23T00:00:00Z' })).toBe(
      'pass expires: expires on 2026-11-22',
    )
  })

  test('AWS Backup may delete its own', () => {
    expect(verdict(forever({ SnapshotIdentifier: 'awsbackup:job-1' }))).toBe(
      'fail never-expires: never expires, unless AWS Backup deletes it',
    )
    expect(
      noneOf(practice, snapshot({ reason: '', facts: forever({ SnapshotIdentifier: 'awsbackup:job-1' }) })),
    ).toBe('AWS Backup keeps it: set its retention in the backup plan that took it')
  })
})

describe('of concern are', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  const isOfConcern = (facts: Facts) => practice.concerns?.(manualSnapshot('a', facts), place)

  test.each(['available', 'creating', 'final snapshot', 'a status of tomorrow'])('%s snapshots', (Status) => {
    expect(isOfConcern({ Status })).toBe(true)
  })

  test.each([
    ['automated ones', { SnapshotType: 'automated' }],
    ["another account's", { OwnerAccount: '999988887777' }],
    ['failed ones', { Status: 'failed' }],
    ['deleted ones', { Status: 'deleted' }],
  ])('not %s', (_, facts) => {
    expect(isOfConcern(facts)).toBe(false)
  })
})

describe('the planned deletion', () => {
  test.each([
    // Wanted days; or what has elapsed, of which begun days count whole, the days of grace, and a day to apply it in.
    ['young', '2026-11-01T12:00:00Z', 90, '2027-01-30T12:00:00Z'],
    ['old, on the hour', '2026-08-24T12:00:00Z', 121, '2026-12-23T12:00:00Z'],
    ['old, and an hour', '2026-08-24T11:00:00Z', 122, '2026-12-24T11:00:00Z'],
    ['two years old', '2024-11-22T12:00:00Z', 761, '2026-12-23T12:00:00Z'],
  ])('%s', (_, time, days, deletesDataAt) => {
    expect(plan(takenAt(time))).toMatchObject({
      call: {
        input: { SnapshotIdentifier: 'before-migration', ManualSnapshotRetentionPeriod: days },
      },
      deletesDataAt,
      impact: 'deletes data',
      undo: { call: { input: { ManualSnapshotRetentionPeriod: -1 } } },
    })
  })

  test('never forces', () => {
    expect(plan(takenAt('2020-01-01T00:00:00Z'))?.call.input).not.toHaveProperty('Force')
  })

  test('is none when AWS takes no retention so long', () => {
    const ancient = snapshot({ reason: '', facts: forever(takenAt('2016-11-01T00:00:00Z')) })
    expect(noneOf(practice, ancient)).toMatch(
      /^it is so old that no retention AWS takes \(3653 days at most\)/,
    )
  })

  test('waits for a snapshot that is still being taken', () => {
    const creating = snapshot({ reason: '', facts: forever({ Status: 'creating' }) })
    expect(noneOf(practice, creating)).toMatch(/^it is still being taken/)
  })
})

describe('the last copy', () => {
  const lastCopy = 'it is the last copy of the data of sales: name it with --resource'
  const hold = (facts: Facts, others: Facts[], clusterLives = false) =>
    holdOf(practice, snapshot({ reason: '', facts: forever(facts), clusterLives, otherSnapshots: others }))
  const other = (facts: Facts) => manualSnapshot('other', forever(facts))

  test('is held back, and is none while the cluster lives', () => {
    expect(hold({}, [])).toBe(lastCopy)
    expect(hold({}, [], true)).toBeUndefined()
  })

  test.each([
    ['one that expires later', { ManualSnapshotRetentionPeriod: 120 }],
    ['one taken later, that never expires', takenAt('2026-11-02T12:00:00Z')],
    ['one so old that no plan can touch it', takenAt('2016-11-01T00:00:00Z')],
    ['one whose date is the same, and that was taken later', { SnapshotCreateTime: '2026-11-01T12:00:01Z' }],
    ['one whose date and time are the same, by its name', {}],
  ])('is another when there is %s', (_, facts) => {
    expect(hold({}, [other(facts)])).toBeUndefined()
  })

  test.each([
    ['one that expires sooner', { ManualSnapshotRetentionPeriod: 89 }],
    ['one taken earlier', takenAt('2026-10-31T12:00:00Z')],
    ['one that is not available', { ...takenAt('2026-11-02T12:00:00Z'), Status: 'failed' }],
    ['an automated copy, which has a retention of its own', { SnapshotType: 'automated' }],
    [
      'one that AWS Backup may delete',
      { ...takenAt('2026-11-02T12:00:00Z'), SnapshotIdentifier: 'awsbackup:1' },
    ],
    ["another account's", { ...takenAt('2026-11-02T12:00:00Z'), OwnerAccount: '999988887777' }],
  ])('is still this one when there is only %s', (_, facts) => {
    expect(hold({}, [other(facts)])).toBe(lastCopy)
  })

  test('of many, exactly one is held', () => {
    const names = ['a', 'b', 'c', 'd']
    const all = names.map((name) => manualSnapshot(name, forever()))
    const held = all.filter((facts) =>
      hold(
        facts,
        all.filter((one) => one !== facts),
      ),
    )
    expect(held.map(({ SnapshotIdentifier }) => SnapshotIdentifier)).toEqual(['d'])
  })
})

describe('what cannot be read is no copy:', () => {
  let lab: Driver | undefined
  afterEach(() => lab?.stop())

  const [lost, good] = ['0a1b2c3d-0000-4000-8000-00000000000a', '0a1b2c3d-0000-4000-8000-00000000000b']
  const keys = [{ KeyId: lost, KeyState: 'PendingDeletion' as const, DeletionDate: '+9d' }, { KeyId: good }]
  const of = (SnapshotIdentifier: string, SnapshotCreateTime: string, KmsKeyId: string) => ({
    SnapshotIdentifier,
    ClusterIdentifier: 'sales',
    ClusterCreateTime: '-400d',
    SnapshotCreateTime,
    KmsKeyId,
    ManualSnapshotRetentionPeriod: -1,
  })
  const older = of('older', '-30d', good)

  test.each([
    ['a newer snapshot under a key that is to be deleted', { snapshots: [older, of('newer', '-20d', lost)] }],
    [
      'its cluster under such a key',
      {
        clusters: [{ ClusterIdentifier: 'sales', ClusterCreateTime: '-400d', KmsKeyId: lost }],
        snapshots: [older],
      },
    ],
  ])('%s', async (_, seed) => {
    const accessKeys = [{ ...key, user: 'example' }]
    const account = { accessKeys, regions: { [place.region]: { keys, ...seed } } }
    const world = { name: 'unreadable', about: 'One readable copy.', accounts: { [place.account]: account } }
    lab = await drive(world, { key, regions: [place.region] })
    await lab.scan()
    const { steps, leftOut } = await lab.plan({ practice: practice.id })
    expect(steps).toEqual([])
    expect(leftOut.filter(({ resource }) => resource.endsWith('/older'))).toEqual([
      {
        practice: practice.id,
        resource: `arn:aws:redshift:${place.region}:${place.account}:snapshot:sales/older`,
        why: 'it is the last copy of the data of sales: name it with --resource',
      },
    ])
  })
})
