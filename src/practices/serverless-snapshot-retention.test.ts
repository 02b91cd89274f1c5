// Edges of serverless-snapshot-retention: what is kept for ever, and what is only mended when it is named.

import { afterEach, expect, test } from 'vitest'
import { serverlessSnapshot } from './examples/serverless-snapshot.ts'
import practice from './serverless-snapshot-retention.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, holdOf, noneOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place, worldOf } from './testing/world.ts'

holdsInCommon(practice)

type Wish = Parameters<typeof serverlessSnapshot>[0]
const of = (facts: object, more: Partial<Wish> = {}) => serverlessSnapshot({ reason: '', facts, ...more })

test.each([
  [{ snapshotRetentionPeriod: undefined }, 'fail never-expires: never expires'],
  [{ snapshotRetentionPeriod: 30 }, 'pass expires: expires on 2026-12-02'],
  [
    { snapshotRetentionPeriod: 10, snapshotRetentionStartTime: '2026-11-02T12:00:00Z' },
    'fail overdue: should be gone since 2026-11-12, and is still there',
  ],
  [
    { snapshotRetentionPeriod: 1, snapshotCreateTime: undefined, snapshotRetentionStartTime: undefined },
    'pass expires: expires 1 day after it was taken',
  ],
])('%o', (facts, verdict) => {
  expect(verdictOf(practice, of(facts))).toBe(verdict)
})

test('an old one gets so long a retention that the days of grace are left', () => {
  const taken = '2024-11-22T12:00:00Z'
  const facts = { snapshotRetentionPeriod: -1, snapshotRetentionStartTime: taken }
  const [change] = changesOf(practice, of(facts))
  expect(change?.call.input).toEqual({ snapshotName: 'before-upgrade', retentionPeriod: 761 })
  expect(change?.deletesDataAt).toBe('2026-12-23T12:00:00Z')
})

test('one that cannot be given time, or is not ready, is left alone', () => {
  const ancient = { snapshotRetentionPeriod: -1, snapshotRetentionStartTime: '2016-01-01T00:00:00Z' }
  expect(noneOf(practice, of(ancient))).toMatch(/^it is so old that no retention AWS takes/)
  const creating = { snapshotRetentionPeriod: -1, status: 'CREATING' }
  expect(noneOf(practice, of(creating))).toMatch(/^it is still being made/)
})

test('D26: of a namespace that is gone it is told to be an orphan, and must be named', () => {
  const facts = { snapshotRetentionPeriod: -1 }
  expect(verdictOf(practice, of(facts, { namespaceLives: false }))).toBe(
    'fail never-expires: never expires, though its namespace planning is gone',
  )
  expect(holdOf(practice, of(facts))).toBeUndefined()
  expect(holdOf(practice, of(facts, { namespaceLives: false }))).toBe(
    'it may be the last copy of the data of planning: name it with --resource',
  )
})

let lab: Driver | undefined
afterEach(() => lab?.stop())

test('its days of grace are its own, whatever other snapshots have, and count when it is applied', async () => {
  const long = '2026-05-01T12:00:00Z'
  const old = { snapshotRetentionPeriod: -1, snapshotCreateTime: long, snapshotRetentionStartTime: long }
  const { world, arn } = worldOf(practice.resource, of(old))
  const manual = { SnapshotIdentifier: 'old', ClusterIdentifier: 'sales', SnapshotCreateTime: '-200d' }
  Object.assign(world.accounts[place.account]?.regions[place.region] ?? {}, {
    clusters: [{ ClusterIdentifier: 'sales' }],
    snapshots: [{ ...manual, ManualSnapshotRetentionPeriod: -1 }],
  })
  const practices = { 'manual-snapshot-retention': { graceDays: 60 }, [practice.id]: { graceDays: 5 } }
  lab = await drive(world, { key, regions: [place.region], settings: { practices } })
  await lab.scan()
  const both = [arn, `arn:aws:redshift:${place.region}:${place.account}:snapshot:sales/old`]
  const plan = await lab.plan({ resources: both })
  const deleting = plan.steps.filter(({ deletesDataAt }) => deletesDataAt)
  expect(deleting.map(({ call, graceDays }) => [call.action, graceDays]).sort()).toEqual([
    ['redshift-serverless:UpdateSnapshot', 5],
    ['redshift:ModifyClusterSnapshot', 60],
  ])
  const own = await lab.plan({ resources: [arn], practice: practice.id })
  expect((await lab.apply(plan))?.outcome.failed).toEqual([])
  await lab.undo(plan)
  lab.lab.clock.change({ move: '+3d' })
  await expect(lab.apply(own)).rejects.toThrow(/in less than 5 days/)
})

test('a copy is no orphan because its namespace lies in the region it came from', async () => {
  const facts = {
    snapshotRetentionPeriod: -1,
    namespaceArn:
      'arn:aws:redshift-serverless:us-east-1:111122223333:namespace/7c2b9d40-1e6f-4a83-8b5d-0f9e7d6c5b02',
  }
  const { world, arn } = worldOf(practice.resource, of(facts, { namespaceLives: false }))
  lab = await drive(world, { key, regions: [place.region] })
  const { findings } = await lab.scan()
  const found = findings.find(({ practice: id, resource }) => id === practice.id && resource === arn)
  expect(found?.message).toBe('never expires')
})
