// Edges of snapshot-orphaned: orphans that cannot be told, and copies whose cluster lives, or lived, elsewhere.

import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
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

test('a copy is told with the region that it was taken in', () => {
  const facts = { ManualSnapshotRetentionPeriod: -1, SourceRegion: 'eu-central-1' }
  expect(verdictOf(practice, snapshot({ reason: '', facts, clusterLives: false }))).toBe(
    'fail for-ever: outlives its cluster sales in eu-central-1, which is gone, for ever',
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

describe('copies of another region', () => {
  const source = 'eu-central-1'
  const created = '2026-01-10T08:00:00Z'
  const copy = (SnapshotIdentifier: string, ClusterIdentifier: string, ClusterCreateTime = created) => ({
    SnapshotIdentifier,
    ClusterIdentifier,
    ClusterCreateTime,
    SourceRegion: source,
    SnapshotType: 'manual',
    ManualSnapshotRetentionPeriod: -1,
  })
  const cluster = (ClusterIdentifier: string) => ({ ClusterIdentifier, ClusterCreateTime: created })
  const world = (denied: { action: string; region: string }[] = []): World =>
    ({
      name: 'copies',
      about: 'Copies of clusters that live, are gone, or took the name of another.',
      accounts: {
        [place.account]: {
          accessKeys: [{ ...key, user: 'example', denied }],
          regions: {
            [source]: { clusters: [cluster('sales')] },
            [place.region]: {
              // Of the same name and age, but not where the copies came from.
              clusters: [cluster('orders')],
              snapshots: [
                copy('of-sales', 'sales'),
                copy('of-orders', 'orders'),
                copy('of-old-sales', 'sales', '2024-01-10T08:00:00Z'),
              ],
            },
          },
        },
      },
    }) as never
  const look = async (regions: string[], denied: { action: string; region: string }[] = []) => {
    lab = await drive(world(denied), { key, regions, now: '2026-11-22T12:00:00Z' })
    const { findings } = await lab.scan()
    return findings
      .filter(({ practice: id, region }) => id === practice.id && region === place.region)
      .map(({ resource, status, message }) => `${resource.split('/').at(-1)} ${status}: ${message}`)
      .sort()
  }

  test('are judged by the clusters where they came from', async () => {
    expect(await look([place.region, source])).toEqual([
      'of-old-sales fail: outlives its cluster sales in eu-central-1, which is gone, for ever',
      'of-orders fail: outlives its cluster orders in eu-central-1, which is gone, for ever',
      'of-sales pass: was taken of sales in eu-central-1, which is still there',
    ])
    const { findings } = (await lab?.scan()) ?? { findings: [] }
    const [kept] = findings.filter(
      ({ practice: id, resource }) => id === 'manual-snapshot-retention' && resource.endsWith('of-orders'),
    )
    expect(kept?.message).toBe('never expires, though its cluster orders is gone')
  })

  test('are unknown where nobody looked, and where clusters may not be listed', async () => {
    const why =
      'could not be judged: it was copied from eu-central-1, where nobody looked for its cluster; add --region eu-central-1'
    expect(await look([place.region])).toEqual(
      ['of-old-sales', 'of-orders', 'of-sales'].map((name) => `${name} unknown: ${why}`),
    )
    await lab?.stop()
    const denied = [{ action: 'redshift:DescribeClusters', region: source }]
    const missing = 'could not be judged: the permission redshift:DescribeClusters is missing'
    expect(await look([place.region, source], denied)).toEqual(
      ['of-old-sales', 'of-orders', 'of-sales'].map((name) => `${name} unknown: ${missing}`),
    )
  })
})
