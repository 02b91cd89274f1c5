// What an index keeps of snapshots, of which there may be a hundred thousand.

import { expect, test } from 'vitest'
import { JoinIndex } from './join-index.ts'
import { answersFrom } from './joined.ts'
import { resourceFrom, type SnapshotFacts } from './resource.ts'

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
const told = { source: 'redshift:DescribeClusterSnapshots' as const, takenAt: '2026-11-22T12:00:00Z' }
const list = { ...told, value: 3 }
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1'

function snapshot(SnapshotIdentifier: string, SnapshotType: string, more: SnapshotFacts = {}) {
  const facts = { SnapshotIdentifier, SnapshotType, ClusterIdentifier: 'sales', KmsKeyId: key, ...more }
  return resourceFrom('redshift:snapshot', place, told, facts)
}

test('only what joins read of the automated ones is kept; all are counted', () => {
  const when = {
    Status: 'available',
    ClusterCreateTime: '2026-01-10T08:00:00Z',
    SnapshotCreateTime: '2026-11-22T08:00:00Z',
  }
  const index = new JoinIndex({ ...place, lists: {} })
  index.take({ resource: snapshot('by-hand', 'manual') })
  index.take({ resource: snapshot('rs:sales-1', 'automated', { ...when, TotalBackupSizeInMegaBytes: 1 }) })
  index.take({ resource: snapshot('rs:other-1', 'automated', { ClusterIdentifier: 'other' }) })
  index.take({ list: 'redshift:snapshot', answer: list })
  const sales = resourceFrom('redshift:cluster', place, told, { ClusterIdentifier: 'sales' })
  expect(answersFrom(index)(sales, 'automatedSnapshots')).toEqual({ ...list, value: [when] })
  expect(index.data.snapshots).toBe(3)
  expect(index.usesOf(key)).toEqual({ resources: [], snapshots: 3 })
})
