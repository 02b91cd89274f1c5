// Maintenance over virtual time, its deferral, and restarts after a failure.

import {
  type Cluster,
  DescribeClustersCommand,
  DescribeClusterTracksCommand,
  DescribeEventsCommand,
  ModifyClusterCommand,
  ModifyClusterMaintenanceCommand,
  ModifyClusterParameterGroupCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { day, hour, minute } from '#kit/time.ts'
import { schedule } from '#lab/agenda.ts'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import { nextRelease, revisionOf } from './releases.ts'
import { closingOf, defaultWindow, nextOpening, readWindow } from './windows.ts'

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region) {
    region.clusters = [
      { ClusterIdentifier: 'kept', ParameterGroup: 'lax' },
      { ClusterIdentifier: 'frozen', AllowVersionUpgrade: false },
      { ClusterIdentifier: 'deferred' },
      { ClusterIdentifier: 'follower' },
    ]
  }
  return world
})

async function get(id: string): Promise<Cluster | undefined> {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier: id }))
  return Clusters?.[0]
}

async function events(id: string, days = 14) {
  const input = { SourceIdentifier: id, SourceType: 'cluster', Duration: days * 24 * 60 } as const
  const { Events } = await lab.redshift().send(new DescribeEventsCommand(input))
  return Events?.map(({ EventId }) => EventId?.slice('REDSHIFT-EVENT-'.length))
}

/** Moves to a moment. */
const moveTo = (moment: number) => lab.lab.clock.change({ set: new Date(moment).toISOString() })

test('windows are read, and open once a week', () => {
  const window = readWindow('sun:03:00-sun:03:30')
  expect(window).toEqual({ start: 3 * hour, length: 30 * minute })
  expect(readWindow('sat:23:45-sun:00:15')).toEqual({ start: 6 * day + 23.75 * hour, length: 30 * minute })
  for (const wrong of ['sun:03:00-sun:03:29', 'sun:03:00', 'day:03:00-day:04:00', 'sun:3:00-sun:4:00'])
    expect(readWindow(wrong)).toBeUndefined()
  if (!window) return
  const sunday = Date.parse('2026-11-22T03:00:00Z')
  expect(nextOpening(window, sunday)).toBe(sunday)
  expect(nextOpening(window, sunday + 1)).toBe(sunday + 7 * day)
  expect(closingOf(window, sunday + 29 * minute)).toBe(sunday + 30 * minute)
  expect(closingOf(window, sunday + 30 * minute)).toBeUndefined()
  expect(readWindow(defaultWindow('us-east-1', 'any'))?.length).toBe(30 * minute)
})

test('a release comes with the next window, and applies no static parameter', async () => {
  await lab.redshift().send(
    new ModifyClusterParameterGroupCommand({
      ParameterGroupName: 'lax',
      Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }],
    }),
  )
  const now = lab.lab.clock.now()
  const before = (await get('kept'))?.ClusterRevisionNumber
  expect(before).toBe(revisionOf('current', now))
  const window = readWindow('sun:03:00-sun:03:30')
  if (!window) throw new Error('no window')
  const opening = nextOpening(window, nextRelease(now))
  moveTo(opening - 1)
  expect((await get('kept'))?.ClusterRevisionNumber).toBe(before)
  moveTo(opening + minute)
  expect(await get('kept')).toMatchObject({
    ClusterStatus: 'available',
    ClusterAvailabilityStatus: 'Maintenance',
  })
  // Nothing else can begin meanwhile.
  await expect(
    lab.redshift().send(new ModifyClusterCommand({ ClusterIdentifier: 'kept', PubliclyAccessible: true })),
  ).rejects.toMatchObject({ name: 'InvalidClusterStateFault' })
  moveTo(opening + 10 * minute)
  const after = await get('kept')
  expect(after).toMatchObject({ ClusterAvailabilityStatus: 'Available' })
  expect(after?.ClusterRevisionNumber).toBe(revisionOf('current', opening))
  expect(Number(after?.ClusterRevisionNumber)).toBeGreaterThan(Number(before))
  expect(after?.ClusterParameterGroups?.[0]?.ParameterApplyStatus).toBe('pending-reboot')
  expect(await events('kept', 1)).toEqual(['2003', '2004'])
  expect(await events('frozen', 1)).toEqual([])
  expect((await get('frozen'))?.ClusterRevisionNumber).toBe(before)
})

test('a restart after a failure applies static parameters', async () => {
  const { state } = lab.lab
  const account = state.accounts.get(home)
  if (!account) throw new Error('no account')
  const region = regionIn(account, 'eu-west-1')
  schedule(state, lab.lab.clock.now(), 'redshift:failure', region, 'kept')
  expect(await get('kept')).toMatchObject({
    ClusterStatus: 'rebooting',
    ClusterAvailabilityStatus: 'Failed',
    ClusterParameterGroups: [expect.objectContaining({ ParameterApplyStatus: 'pending-reboot' })],
  })
  lab.move('10m')
  expect(await get('kept')).toMatchObject({
    ClusterStatus: 'available',
    ClusterParameterGroups: [expect.objectContaining({ ParameterApplyStatus: 'in-sync' })],
  })
})

test('deferred maintenance waits until the deferral is over', async () => {
  const defer = (input: object) =>
    lab.redshift().send(new ModifyClusterMaintenanceCommand({ ClusterIdentifier: 'deferred', ...input }))
  await expect(defer({})).rejects.toThrow('No modifications were requested')
  await expect(defer({ DeferMaintenance: true, DeferMaintenanceDuration: 61 })).rejects.toThrow(
    '60 days or less',
  )
  const before = (await get('deferred'))?.ClusterRevisionNumber
  const { Cluster } = await defer({ DeferMaintenance: true, DeferMaintenanceDuration: 45 })
  expect(Cluster?.DeferredMaintenanceWindows).toHaveLength(1)
  lab.move('44d')
  expect((await get('deferred'))?.ClusterRevisionNumber).toBe(before)
  lab.move('8d')
  expect(Number((await get('deferred'))?.ClusterRevisionNumber)).toBeGreaterThan(Number(before))
  const id = Cluster?.DeferredMaintenanceWindows?.[0]?.DeferMaintenanceIdentifier
  const { Cluster: freed } = await defer({ DeferMaintenance: false, DeferMaintenanceIdentifier: id })
  expect(freed?.DeferredMaintenanceWindows).toEqual([])
})

test('a track is pending until the next window', async () => {
  const { Cluster } = await lab
    .redshift()
    .send(new ModifyClusterCommand({ ClusterIdentifier: 'follower', MaintenanceTrackName: 'trailing' }))
  expect(Cluster).toMatchObject({
    ClusterStatus: 'available',
    MaintenanceTrackName: 'current',
    PendingModifiedValues: { MaintenanceTrackName: 'trailing' },
  })
  lab.move('8d')
  const now = lab.lab.clock.now()
  const follower = await get('follower')
  expect(follower).toMatchObject({ MaintenanceTrackName: 'trailing', PendingModifiedValues: {} })
  const { MaintenanceTracks } = await lab.redshift().send(new DescribeClusterTracksCommand({}))
  expect(MaintenanceTracks?.map(({ DatabaseVersion }) => DatabaseVersion)).toEqual([
    `1.0.${revisionOf('current', now)}`,
    `1.0.${revisionOf('trailing', now)}`,
  ])
})

test('a new window that is open now must not close soon', async () => {
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
  const text = (moment: number) => {
    const at = new Date(moment)
    return `${names[at.getUTCDay()]}:${at.toISOString().slice(11, 16)}`
  }
  const now = lab.lab.clock.now()
  const window = (from: number, to: number) =>
    lab.redshift().send(
      new ModifyClusterCommand({
        ClusterIdentifier: 'follower',
        PreferredMaintenanceWindow: `${text(now + from)}-${text(now + to)}`,
      }),
    )
  await expect(window(-10 * minute, hour)).rejects.toThrow('120 minutes')
  const { Cluster } = await window(-10 * minute, 3 * hour)
  expect(Cluster?.ClusterStatus).toBe('available')
})
