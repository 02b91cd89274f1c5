// Automated snapshots over virtual time, seen through the SDK.

import { DescribeClusterSnapshotsCommand, ModifyClusterCommand } from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home } from '#lab/testing/world.ts'

const lab = useLab(() => ({
  name: 'rhythm',
  about: 'Clusters whose snapshots come by themselves, or do not.',
  accounts: {
    [home]: {
      accessKeys: [{ id: alice.accessKeyId, secret: alice.secretAccessKey, user: 'alice' }],
      regions: {
        'eu-west-1': {
          clusters: [
            { ClusterIdentifier: 'new', ClusterCreateTime: '-1h', AutomatedSnapshotRetentionPeriod: 1 },
            { ClusterIdentifier: 'stuck', AutomatedSnapshotRetentionPeriod: 7 },
            { ClusterIdentifier: 'off', NodeType: 'dc2.large', AutomatedSnapshotRetentionPeriod: 0 },
            { ClusterIdentifier: 'paused', ClusterCreateTime: '-1h', ClusterStatus: 'paused' },
          ],
          snapshots: [
            { SnapshotIdentifier: 'rs:stuck-1', ClusterIdentifier: 'stuck', SnapshotCreateTime: '-3d' },
          ],
        },
      },
    },
  },
}))

async function taken(ClusterIdentifier: string): Promise<string[]> {
  const { Snapshots = [] } = await lab
    .redshift()
    .send(new DescribeClusterSnapshotsCommand({ ClusterIdentifier, SnapshotType: 'automated' }))
  return Snapshots.map(({ SnapshotIdentifier = '' }) => SnapshotIdentifier).sort()
}

test('come every eight hours, go with their retention, and stay away where AWS takes none', async () => {
  const retention = { ClusterIdentifier: 'off', AutomatedSnapshotRetentionPeriod: 3 }
  await lab.redshift().send(new ModifyClusterCommand(retention))
  lab.move('7h')
  expect([await taken('new'), await taken('off')]).toEqual([[], []])
  lab.move('2h')
  expect(await taken('new')).toEqual([expect.stringMatching(/^rs:new-\d{4}(-\d\d){5}$/)])
  expect(await taken('off')).toHaveLength(1)
  const [first] = await taken('new')
  lab.move('365d')
  // One day holds three of them, and the one of a day ago has just run out.
  expect(await taken('new')).toHaveLength(3)
  expect(await taken('new')).not.toContain(first)
  expect(await taken('off')).toHaveLength(9)
  expect(await taken('stuck')).toEqual(['rs:stuck-1'])
  expect(await taken('paused')).toEqual([])
})
