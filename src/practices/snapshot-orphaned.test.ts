// Edges of snapshot-orphaned: orphans that cannot be told.

import { afterEach, expect, test } from 'vitest'
import { snapshot } from './examples.ts'
import practice from './snapshot-orphaned.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place, worldOf } from './testing/world.ts'

holdsInCommon(practice)

test('D26: a snapshot of a deleted cluster that never expires fails, and is told to be an orphan', () => {
  const example = snapshot({
    reason: '',
    facts: { ManualSnapshotRetentionPeriod: -1 },
    clusterLives: false,
  })
  expect(verdictOf(practice, example)).toBe(
    'fail for-ever: outlives its cluster sales, which is gone, for ever',
  )
})

test('without the time its cluster was made it is unknown', () => {
  const example = snapshot({ reason: '' })
  expect(verdictOf(practice, { ...example, answers: { ...example.answers, clusterLives: null } })).toBe(
    'unknown untold: cannot be told from an orphan: AWS does not tell of which cluster sales it was taken',
  )
})

test('an end that is past is told as past', () => {
  const facts = { ManualSnapshotRetentionPeriod: 30, SnapshotRetentionStartTime: '2026-10-01T12:00:00Z' }
  expect(verdictOf(practice, snapshot({ reason: '', facts, clusterLives: false }))).toBe(
    'pass expires: outlives its cluster sales, which is gone, until 2026-10-31, which is past',
  )
})

let lab: Driver | undefined
afterEach(() => lab?.stop())

test('where clusters may not be listed it is unknown, and the permission is named', async () => {
  const { world, arn } = worldOf(practice.resource, snapshot({ reason: '' }))
  Object.assign(world.accounts[place.account]?.accessKeys[0] ?? {}, {
    denied: [{ action: 'redshift:DescribeClusters' }],
  })
  lab = await drive(world, { key, regions: [place.region] })
  const { findings } = await lab.scan()
  const found = findings.find(({ practice: id, resource }) => id === practice.id && resource === arn)
  expect([found?.status, found?.permission]).toEqual(['unknown', 'redshift:DescribeClusters'])
})
