// Automated snapshots over virtual time, seen through the SDK.

import {
  DescribeClusterSnapshotsCommand,
  ModifyClusterCommand,
  PauseClusterCommand,
  RebootClusterCommand,
  ResumeClusterCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home } from '#lab/testing/world.ts'

const lab = useLab(
  () => ({
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
              { ClusterIdentifier: 'week', ClusterCreateTime: '-1h', AutomatedSnapshotRetentionPeriod: 7 },
              { ClusterIdentifier: 'busy', ClusterCreateTime: '-1h', AutomatedSnapshotRetentionPeriod: 7 },
              {
                ClusterIdentifier: 'encrypting',
                ClusterCreateTime: '-1h',
                Encrypted: false,
                PendingModifiedValues: { EncryptionType: 'KMS' },
              },
            ],
            snapshots: [
              { SnapshotIdentifier: 'rs:stuck-1', ClusterIdentifier: 'stuck', SnapshotCreateTime: '-3d' },
            ],
          },
        },
      },
    },
  }),
  '2026-11-22T12:00:00Z',
)

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

const modify = (ClusterIdentifier: string, AutomatedSnapshotRetentionPeriod: number) =>
  lab.redshift().send(new ModifyClusterCommand({ ClusterIdentifier, AutomatedSnapshotRetentionPeriod }))

test('an automated snapshot is being created before it is available', async () => {
  lab.move('8h')
  const status = async () => {
    const command = new DescribeClusterSnapshotsCommand({
      ClusterIdentifier: 'week',
      SortingEntities: [{ Attribute: 'CREATE_TIME', SortOrder: 'DESC' }],
    })
    return (await lab.redshift().send(command)).Snapshots?.[0]?.Status
  }
  // The last one was begun an hour ago; the next one is due in seven.
  expect(await status()).toBe('available')
  lab.move('7h')
  expect(await status()).toBe('creating')
  lab.move('2m')
  expect(await status()).toBe('available')
})

test('a shorter retention deletes at once, but never the newest', async () => {
  expect((await taken('week')).length).toBeGreaterThan(20)
  const newest = (await taken('week')).at(-1)
  await modify('week', 1)
  expect(await taken('week')).toHaveLength(3)
  expect(await taken('week')).toContain(newest)
})

test('the newest outlives its retention until there is a newer one', async () => {
  await lab.redshift().send(new PauseClusterCommand({ ClusterIdentifier: 'week' }))
  lab.move('5d')
  const left = await taken('week')
  expect(left).toHaveLength(1)
  await lab.redshift().send(new ResumeClusterCommand({ ClusterIdentifier: 'week' }))
  lab.move('9h')
  expect(await taken('week')).toHaveLength(1)
  expect(await taken('week')).not.toEqual(left)
})

test('switched off, all of them go, the newest too', async () => {
  expect((await taken('off')).length).toBeGreaterThan(0)
  await modify('off', 0)
  expect(await taken('off')).toEqual([])
  lab.move('2d')
  expect(await taken('off')).toEqual([])
})

test('a change under way is waited for, no longer than it lasts', async () => {
  const before = (await taken('busy')).length
  lab.move('6h')
  const due = lab.lab.state.accounts.get(home)?.regions.get('eu-west-1')?.redshift.clusters.get('busy')
  const moment = due?.nextSnapshot ?? 0
  lab.lab.clock.change({ set: new Date(moment - 60_000).toISOString() })
  await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'busy' }))
  lab.move('2m')
  const after = await taken('busy')
  lab.move('1m')
  const [latest] = (await taken('busy')).filter((name) => !after.includes(name))
  expect(latest).toBe(
    `rs:busy-${new Date(moment + 120_000).toISOString().slice(0, 19).replace(/[T:]/g, '-')}`,
  )
  expect(before).toBeGreaterThan(0)
})

test('a cluster that is being encrypted takes none', async () => {
  expect(await taken('encrypting')).toEqual([])
})
