// Snapshot schedules through the SDK, and the snapshots that follow them over virtual time.

import {
  type Cluster,
  CreateSnapshotScheduleCommand,
  type CreateSnapshotScheduleMessage,
  DeleteSnapshotScheduleCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeSnapshotSchedulesCommand,
  type DescribeSnapshotSchedulesMessage,
  ModifyClusterSnapshotScheduleCommand,
  ModifySnapshotScheduleCommand,
  RebootClusterCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { startLab } from '#lab/index.ts'
import { useLab } from '#lab/testing/lab.ts'
import { alice, carol, home } from '#lab/testing/world.ts'
import type { RegionSeed, World } from '#lab/world.ts'

function worldOf(region: RegionSeed): World {
  const user = (user: string, { accessKeyId: id, secretAccessKey: secret }: typeof alice) => ({
    id,
    secret,
    user,
  })
  return {
    name: 'plans',
    about: 'Clusters that follow schedules.',
    accounts: {
      [home]: {
        accessKeys: [user('alice', alice), user('carol', carol)],
        regions: { 'eu-west-1': region },
      },
    },
  }
}

const retention = { AutomatedSnapshotRetentionPeriod: 7, ClusterCreateTime: '-1h' }
const lab = useLab(() =>
  worldOf({
    clusters: [
      { ClusterIdentifier: 'hourly', ...retention },
      { ClusterIdentifier: 'nightly', SnapshotScheduleIdentifier: 'night', ...retention },
      {
        ClusterIdentifier: 'asleep',
        SnapshotScheduleIdentifier: 'seldom',
        ClusterStatus: 'paused',
        ...retention,
      },
    ],
    snapshotSchedules: [
      {
        ScheduleIdentifier: 'night',
        ScheduleDefinitions: ['cron(0 2 *)'],
        Tags: [{ Key: 'team', Value: 'a' }],
      },
      { ScheduleIdentifier: 'seldom', ScheduleDefinitions: ['rate(24 hours)'] },
    ],
  }),
)

const send = <Output>(call: (client: ReturnType<typeof lab.redshift>) => Promise<Output>) =>
  call(lab.redshift())
const create = (wish: CreateSnapshotScheduleMessage) =>
  send((client) => client.send(new CreateSnapshotScheduleCommand(wish)))
const change = (ScheduleIdentifier: string, ScheduleDefinitions: string[]) =>
  send((client) =>
    client.send(new ModifySnapshotScheduleCommand({ ScheduleIdentifier, ScheduleDefinitions })),
  )
const remove = (ScheduleIdentifier: string) =>
  send((client) => client.send(new DeleteSnapshotScheduleCommand({ ScheduleIdentifier })))
const follow = (
  ClusterIdentifier: string,
  rest: { ScheduleIdentifier?: string; DisassociateSchedule?: boolean },
) => send((client) => client.send(new ModifyClusterSnapshotScheduleCommand({ ClusterIdentifier, ...rest })))
const list = async (filter: DescribeSnapshotSchedulesMessage = {}) =>
  (await send((client) => client.send(new DescribeSnapshotSchedulesCommand(filter)))).SnapshotSchedules ?? []

async function get(ClusterIdentifier: string): Promise<Cluster | undefined> {
  return (await send((client) => client.send(new DescribeClustersCommand({ ClusterIdentifier }))))
    .Clusters?.[0]
}

async function taken(ClusterIdentifier: string): Promise<Date[]> {
  const command = new DescribeClusterSnapshotsCommand({
    ClusterIdentifier,
    SortingEntities: [{ Attribute: 'CREATE_TIME' }],
  })
  const { Snapshots = [] } = await send((client) => client.send(command))
  return Snapshots.flatMap(({ SnapshotCreateTime }) => SnapshotCreateTime ?? [])
}

test('a seeded cluster follows its schedule and tells the next snapshot', async () => {
  const nightly = await get('nightly')
  expect(nightly).toMatchObject({
    SnapshotScheduleIdentifier: 'night',
    SnapshotScheduleState: 'ACTIVE',
    ExpectedNextSnapshotScheduleTimeStatus: 'OnTrack',
  })
  const expected = nightly?.ExpectedNextSnapshotScheduleTime
  expect(expected?.toISOString()).toMatch(/T02:00:00.000Z$/)
  lab.move('24h')
  expect(await taken('nightly')).toEqual([expected])
  lab.move('48h')
  expect((await taken('nightly')).map((at) => at.toISOString().slice(11, 16))).toEqual([
    '02:00',
    '02:00',
    '02:00',
  ])
})

test('a paused cluster is waited for', async () => {
  const asleep = await get('asleep')
  expect(asleep).toMatchObject({ ExpectedNextSnapshotScheduleTimeStatus: 'Pending' })
  expect(asleep?.ExpectedNextSnapshotScheduleTime?.getTime()).toBeLessThan(lab.lab.clock.now())
  expect(await taken('asleep')).toEqual([])
})

test('schedules are made, listed and tried out', async () => {
  const made = await create({
    ScheduleIdentifier: 'hours',
    ScheduleDefinitions: ['rate(2 hours)'],
    ScheduleDescription: 'often',
    Tags: [{ Key: 'team', Value: 'b' }],
    NextInvocations: 2,
  })
  const now = lab.lab.clock.now()
  expect(made).toMatchObject({
    ScheduleIdentifier: 'hours',
    ScheduleDescription: 'often',
    AssociatedClusterCount: 0,
    NextInvocations: [new Date(now + 7_200_000), new Date(now + 14_400_000)],
  })
  await create({ ScheduleIdentifier: 'only-tried', ScheduleDefinitions: ['rate(2 hours)'], DryRun: true })
  expect((await list()).map(({ ScheduleIdentifier }) => ScheduleIdentifier)).toEqual([
    'hours',
    'night',
    'seldom',
  ])
  expect(await list({ ScheduleIdentifier: 'only-tried' })).toEqual([])
  expect(await list({ TagKeys: ['team'], TagValues: ['b'] })).toMatchObject([{ ScheduleIdentifier: 'hours' }])
  expect(await list({ ClusterIdentifier: 'nightly' })).toMatchObject([
    {
      ScheduleIdentifier: 'night',
      AssociatedClusterCount: 1,
      AssociatedClusters: [{ ClusterIdentifier: 'nightly', ScheduleAssociationState: 'ACTIVE' }],
    },
  ])
  expect(await list({ ClusterIdentifier: 'hourly' })).toEqual([])
})

test('what cannot be a schedule is refused', async () => {
  const refused = (wish: CreateSnapshotScheduleMessage, name: string) =>
    expect(create(wish)).rejects.toMatchObject({ name })
  await refused({ ScheduleIdentifier: 'x', ScheduleDefinitions: ['rate(30 hours)'] }, 'InvalidScheduleFault')
  await refused({ ScheduleIdentifier: 'x' }, 'InvalidScheduleFault')
  const other = { ScheduleIdentifier: 'x', ScheduleDefinitions: ['at(noon)'] }
  await refused(other, 'ScheduleDefinitionTypeUnsupportedFault')
  const night = { ScheduleIdentifier: 'night', ScheduleDefinitions: ['rate(2 hours)'] }
  await refused(night, 'SnapshotScheduleAlreadyExistsFault')
  await refused({ ...night, ScheduleIdentifier: 'no_underscores' }, 'InvalidParameterValue')
  await refused({ ...night, ScheduleIdentifier: 'x', Tags: [{ Key: 'aws:x', Value: '' }] }, 'InvalidTagFault')
  await expect(change('nowhere', ['rate(2 hours)'])).rejects.toMatchObject({
    name: 'SnapshotScheduleNotFoundFault',
  })
  await expect(change('night', ['rate(2 days)'])).rejects.toMatchObject({ name: 'InvalidScheduleFault' })
})

test('a cluster that is given a schedule follows it after a moment, and lets go of it', async () => {
  await follow('hourly', { ScheduleIdentifier: 'hours' })
  expect(await get('hourly')).toMatchObject({
    SnapshotScheduleIdentifier: 'hours',
    SnapshotScheduleState: 'MODIFYING',
  })
  await expect(follow('hourly', { DisassociateSchedule: true })).rejects.toMatchObject({
    name: 'InvalidClusterSnapshotScheduleStateFault',
  })
  await expect(change('hours', ['rate(3 hours)'])).rejects.toMatchObject({
    name: 'SnapshotScheduleUpdateInProgressFault',
  })
  lab.move('1m')
  expect(await get('hourly')).toMatchObject({ SnapshotScheduleState: 'ACTIVE' })
  const before = (await taken('hourly')).length
  lab.move('6h')
  expect((await taken('hourly')).length).toBe(before + 3)

  await expect(remove('hours')).rejects.toMatchObject({ name: 'InvalidClusterSnapshotScheduleStateFault' })
  await follow('hourly', { DisassociateSchedule: true, ScheduleIdentifier: 'hours' })
  const after = await get('hourly')
  expect(after).not.toHaveProperty('SnapshotScheduleIdentifier')
  expect(after).not.toHaveProperty('ExpectedNextSnapshotScheduleTime')
  lab.move('8h')
  expect((await taken('hourly')).length).toBe(before + 4)
  await remove('hours')
  await expect(remove('hours')).rejects.toMatchObject({ name: 'SnapshotScheduleNotFoundFault' })
})

test('a changed schedule holds for all that follow it', async () => {
  expect(await change('night', ['cron(0 4 *)'])).toMatchObject({
    ScheduleDefinitions: ['cron(0 4 *)'],
    AssociatedClusters: [{ ClusterIdentifier: 'nightly', ScheduleAssociationState: 'MODIFYING' }],
  })
  lab.move('1m')
  expect((await get('nightly'))?.ExpectedNextSnapshotScheduleTime?.toISOString()).toMatch(/T04:00/)
  lab.move('24h')
  expect((await taken('nightly')).at(-1)?.toISOString()).toMatch(/T04:00/)
})

test('who follows what must be there, and the cluster at rest', async () => {
  await expect(follow('nowhere', { ScheduleIdentifier: 'night' })).rejects.toMatchObject({
    name: 'ClusterNotFoundFault',
  })
  await expect(follow('hourly', { ScheduleIdentifier: 'nowhere' })).rejects.toMatchObject({
    name: 'SnapshotScheduleNotFoundFault',
  })
  await expect(follow('hourly', {})).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
  await expect(follow('hourly', { DisassociateSchedule: true })).rejects.toMatchObject({
    name: 'InvalidClusterSnapshotScheduleStateFault',
  })
  await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'hourly' }))
  await expect(follow('hourly', { ScheduleIdentifier: 'night' })).rejects.toMatchObject({
    name: 'InvalidClusterSnapshotScheduleStateFault',
  })
})

test('IAM asks about the schedule, and about the cluster that shall follow it', async () => {
  const arn = (resource: string) => `arn:aws:redshift:eu-west-1:${home}:${resource}`
  const deny = (action: string, resource: string) =>
    lab.control('POST', 'deny', { accessKeyId: carol.accessKeyId, action, resource: arn(resource) })
  await deny('redshift:DeleteSnapshotSchedule', 'snapshotschedule:seldom')
  await deny('redshift:ModifyClusterSnapshotSchedule', 'cluster:hourly')
  const client = lab.redshift(carol)
  await expect(
    client.send(new DeleteSnapshotScheduleCommand({ ScheduleIdentifier: 'seldom' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(
    client.send(new ModifyClusterSnapshotScheduleCommand({ ClusterIdentifier: 'hourly' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' })
})

test.each<[string, RegionSeed]>([
  [
    'cluster lost in eu-west-1 follows the unknown snapshot schedule none',
    { clusters: [{ ClusterIdentifier: 'lost', SnapshotScheduleIdentifier: 'none' }] },
  ],
  [
    "the snapshot schedule bad in eu-west-1 has definitions that AWS refuses: The schedule you submitted isn't valid.",
    { snapshotSchedules: [{ ScheduleIdentifier: 'bad', ScheduleDefinitions: ['rate(2 days)'] }] },
  ],
  [
    'the snapshot schedule odd in eu-west-1 cannot say AssociatedClusterCount: it is worked out',
    { snapshotSchedules: [{ ScheduleIdentifier: 'odd', AssociatedClusterCount: 3 }] },
  ],
])('a world is refused: %s', async (sentence, region) => {
  await expect(startLab({ world: worldOf(region) })).rejects.toThrow(sentence)
})
