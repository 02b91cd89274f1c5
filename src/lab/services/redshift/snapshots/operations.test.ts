// Snapshots through the SDK: filters, pages, retention over time, and sharing between two accounts.

import {
  AuthorizationAlreadyExistsFault,
  AuthorizationNotFoundFault,
  AuthorizationQuotaExceededFault,
  AuthorizeSnapshotAccessCommand,
  ClusterNotFoundFault,
  ClusterSnapshotNotFoundFault,
  CreateClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  type DescribeClusterSnapshotsMessage,
  InvalidClusterSnapshotStateFault,
  InvalidRetentionPeriodFault,
  ModifyClusterSnapshotCommand,
  paginateDescribeClusterSnapshots,
  RevokeSnapshotAccessCommand,
} from '@aws-sdk/client-redshift'
import { describe, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, partner, testWorld } from '#lab/testing/world.ts'
import type { SnapshotSeed } from '#lab/world.ts'

const snapshots: SnapshotSeed[] = [
  {
    SnapshotIdentifier: 'weekly',
    ClusterIdentifier: 'sales',
    SnapshotCreateTime: '-10d',
    TotalBackupSizeInMegaBytes: 10,
  },
  {
    SnapshotIdentifier: 'monthly',
    ClusterIdentifier: 'sales',
    SnapshotCreateTime: '-20d',
    ManualSnapshotRetentionPeriod: 30,
    Tags: [{ Key: 'keep', Value: 'yes' }],
    TotalBackupSizeInMegaBytes: 30,
  },
  { SnapshotIdentifier: 'rs:sales-1', ClusterIdentifier: 'sales', SnapshotCreateTime: '-26h' },
  { SnapshotIdentifier: 'orphan', ClusterIdentifier: 'gone', SnapshotCreateTime: '-100d' },
  {
    SnapshotIdentifier: 'shared',
    ClusterIdentifier: 'stock',
    AccountsWithRestoreAccess: [{ AccountId: partner }, { AccountAlias: 'amazon-redshift-support' }],
    Tags: [{ Key: 'team', Value: 'stock' }],
  },
]

const lab = useLab(() => {
  const world = testWorld()
  const regions = world.accounts[home]?.regions
  if (regions) {
    regions['eu-west-1'] = { ...regions['eu-west-1'], snapshots }
    regions['us-east-1'] = {
      snapshots: Array.from({ length: 45 }, (_, index) => ({
        SnapshotIdentifier: `many-${index}`,
        ClusterIdentifier: 'gone',
        SnapshotCreateTime: `-${index % 5}d`,
      })),
    }
  }
  return world
})

async function list(filter: DescribeClusterSnapshotsMessage = {}, client = lab.redshift()) {
  const { Snapshots = [] } = await client.send(new DescribeClusterSnapshotsCommand(filter))
  return Snapshots
}

async function names(filter: DescribeClusterSnapshotsMessage = {}, client = lab.redshift()) {
  return (await list(filter, client)).map(({ SnapshotIdentifier }) => SnapshotIdentifier)
}

const ago = (days: number) => new Date(lab.lab.clock.now() - days * 86_400_000)
const arn = (cluster: string, name: string) =>
  `arn:aws:redshift:eu-west-1:${home}:snapshot:${cluster}/${name}`

describe('the list', () => {
  test.each([
    [{}, ['monthly', 'orphan', 'rs:sales-1', 'shared', 'weekly']],
    [{ ClusterIdentifier: 'sales' }, ['monthly', 'rs:sales-1', 'weekly']],
    [{ SnapshotIdentifier: 'weekly' }, ['weekly']],
    [{ SnapshotArn: arn('sales', 'weekly') }, ['weekly']],
    [{ SnapshotType: 'automated' }, ['rs:sales-1']],
    [{ SnapshotType: 'manual', ClusterIdentifier: 'sales' }, ['monthly', 'weekly']],
    [{ ClusterExists: false }, ['orphan']],
    [{ ClusterExists: false, ClusterIdentifier: 'gone' }, ['orphan']],
    [{ ClusterExists: false, ClusterIdentifier: 'sales' }, []],
    [{ ClusterExists: true, ClusterIdentifier: 'stock' }, ['shared']],
    [{ OwnerAccount: home, SnapshotIdentifier: 'weekly' }, ['weekly']],
    [{ TagKeys: ['keep'] }, ['monthly']],
    [{ TagValues: ['no'] }, []],
    [{ ClusterIdentifier: 'scratch' }, []],
    [
      { SortingEntities: [{ Attribute: 'CREATE_TIME', SortOrder: 'DESC' }] },
      ['shared', 'rs:sales-1', 'weekly', 'monthly', 'orphan'],
    ],
    [
      { SortingEntities: [{ Attribute: 'TOTAL_SIZE' }] },
      ['weekly', 'monthly', 'orphan', 'rs:sales-1', 'shared'],
    ],
    [
      { SortingEntities: [{ Attribute: 'SOURCE_TYPE' }], ClusterIdentifier: 'sales' },
      ['rs:sales-1', 'monthly', 'weekly'],
    ],
  ] satisfies [DescribeClusterSnapshotsMessage, string[]][])('%j', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected)
  })

  test('times bound it on both sides', async () => {
    expect(await names({ StartTime: ago(11) })).toEqual(['rs:sales-1', 'shared', 'weekly'])
    expect(await names({ EndTime: ago(15) })).toEqual(['monthly', 'orphan'])
    expect(await names({ StartTime: ago(21), EndTime: ago(9) })).toEqual(['monthly', 'weekly'])
  })

  test('a name nothing bears is an error', async () => {
    await expect(list({ SnapshotIdentifier: 'nowhere' })).rejects.toBeInstanceOf(ClusterSnapshotNotFoundFault)
    await expect(list({ SnapshotArn: arn('sales', 'nowhere') })).rejects.toBeInstanceOf(
      ClusterSnapshotNotFoundFault,
    )
    await expect(list({ ClusterIdentifier: 'nowhere' })).rejects.toBeInstanceOf(ClusterNotFoundFault)
    const existing = list({ ClusterIdentifier: 'gone', ClusterExists: true })
    await expect(existing).rejects.toBeInstanceOf(ClusterNotFoundFault)
  })

  test('filters that make no sense are refused', async () => {
    await expect(list({ ClusterExists: true })).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
    await expect(list({ SnapshotType: 'final' })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(list({ MaxRecords: 101 })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })

  test('pages hold every snapshot once, in the order asked for', async () => {
    const client = lab.redshift(alice, 'us-east-1')
    const sorting = { SortingEntities: [{ Attribute: 'CREATE_TIME' as const, SortOrder: 'DESC' as const }] }
    const pages: (string | undefined)[][] = []
    for await (const { Snapshots = [] } of paginateDescribeClusterSnapshots(
      { client, pageSize: 20 },
      sorting,
    )) {
      pages.push(Snapshots.map(({ SnapshotIdentifier }) => SnapshotIdentifier))
    }
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5])
    expect(new Set(pages.flat()).size).toBe(45)
    expect(pages[0]?.[0]).toBe('many-0')
  })

  test('a page stays whole when the one before it changes', async () => {
    const client = lab.redshift(alice, 'us-east-1')
    const first = await client.send(new DescribeClusterSnapshotsCommand({ MaxRecords: 20 }))
    const gone = { SnapshotIdentifier: 'many-0', ManualSnapshotRetentionPeriod: 1, Force: true }
    lab.move('+2d')
    await client.send(new ModifyClusterSnapshotCommand(gone))
    const second = await client.send(
      new DescribeClusterSnapshotsCommand({ MaxRecords: 20, Marker: first.Marker }),
    )
    const seen = [...(first.Snapshots ?? []), ...(second.Snapshots ?? [])].map(
      ({ SnapshotIdentifier }) => SnapshotIdentifier,
    )
    expect(new Set(seen).size).toBe(40)
  })
})

describe('retention', () => {
  const keep = (SnapshotIdentifier: string, ManualSnapshotRetentionPeriod: number, Force?: boolean) =>
    lab.redshift().send(
      new ModifyClusterSnapshotCommand({
        SnapshotIdentifier,
        ManualSnapshotRetentionPeriod,
        ...(Force !== undefined && { Force }),
      }),
    )

  test('it counts from the start of retention', async () => {
    const [monthly] = await list({ SnapshotIdentifier: 'monthly' })
    expect(monthly).toMatchObject({ ManualSnapshotRetentionPeriod: 30, ManualSnapshotRemainingDays: 8 })
    const [weekly] = await list({ SnapshotIdentifier: 'weekly' })
    expect(weekly).toMatchObject({ ManualSnapshotRetentionPeriod: -1 })
    expect(weekly).not.toHaveProperty('ManualSnapshotRemainingDays')
  })

  test('a period that has passed already is refused, and deletes when forced', async () => {
    await expect(keep('weekly', 5)).rejects.toBeInstanceOf(InvalidRetentionPeriodFault)
    await expect(keep('weekly', 5, false)).rejects.toBeInstanceOf(InvalidRetentionPeriodFault)
    expect(await names({ SnapshotIdentifier: 'weekly' })).toEqual(['weekly'])
    const { Snapshot } = await keep('orphan', 5, true)
    expect(Snapshot).toMatchObject({ SnapshotIdentifier: 'orphan', Status: 'deleted' })
    expect(await names()).not.toContain('orphan')
  })

  test('forever and any good period are accepted, force or not', async () => {
    expect((await keep('weekly', 40, true)).Snapshot).toMatchObject({
      ManualSnapshotRemainingDays: 28,
      Status: 'available',
    })
    expect((await keep('weekly', -1)).Snapshot).toMatchObject({ ManualSnapshotRetentionPeriod: -1 })
  })

  test.each([0, -2, 3_654])('%i days are refused', async (days) => {
    await expect(keep('weekly', days, true)).rejects.toBeInstanceOf(InvalidRetentionPeriodFault)
  })

  test('automated snapshots have no retention of their own', async () => {
    await expect(keep('rs:sales-1', 5)).rejects.toBeInstanceOf(InvalidClusterSnapshotStateFault)
    await expect(keep('nowhere', 5)).rejects.toBeInstanceOf(ClusterSnapshotNotFoundFault)
  })

  test('a manual snapshot disappears when its time is up', async () => {
    lab.move('+7d')
    expect(await names()).toContain('monthly')
    lab.move('+1d')
    expect(await names()).not.toContain('monthly')
  })
})

describe('sharing', () => {
  const share = (AccountWithRestoreAccess: string, SnapshotIdentifier = 'weekly', client = lab.redshift()) =>
    client.send(new AuthorizeSnapshotAccessCommand({ SnapshotIdentifier, AccountWithRestoreAccess }))
  const unshare = (AccountWithRestoreAccess: string, SnapshotIdentifier = 'weekly') =>
    lab.redshift().send(new RevokeSnapshotAccessCommand({ SnapshotIdentifier, AccountWithRestoreAccess }))

  test('the other account sees what is shared with it when it names the owner, but not with whom', async () => {
    const theirs = lab.redshift(bob)
    expect(await names({}, theirs)).toEqual([])
    const [seen] = await list({ OwnerAccount: home }, theirs)
    expect(seen).toMatchObject({ SnapshotIdentifier: 'shared', OwnerAccount: home })
    expect(seen).not.toHaveProperty('AccountsWithRestoreAccess')
    for (const tags of [{ TagKeys: ['team'] }, { TagValues: ['stock'] }]) {
      expect(await names(tags)).toEqual(['shared'])
      expect(await names({ ...tags, OwnerAccount: home }, theirs)).toEqual([])
    }
    const hidden = list({ OwnerAccount: home, SnapshotIdentifier: 'weekly' }, theirs)
    await expect(hidden).rejects.toBeInstanceOf(ClusterSnapshotNotFoundFault)
  })

  test('the owner sees with whom, AWS Support by its alias', async () => {
    const [seen] = await list({ SnapshotIdentifier: 'shared' })
    expect(seen?.AccountsWithRestoreAccess).toEqual([
      { AccountId: partner },
      { AccountAlias: 'amazon-redshift-support' },
    ])
  })

  test('sharing and taking it back', async () => {
    const { Snapshot } = await share(partner)
    expect(Snapshot?.AccountsWithRestoreAccess).toEqual([{ AccountId: partner }])
    expect(await names({ OwnerAccount: home }, lab.redshift(bob))).toContain('weekly')
    await expect(share(partner)).rejects.toBeInstanceOf(AuthorizationAlreadyExistsFault)
    const after = await unshare(partner)
    expect(after.Snapshot).not.toHaveProperty('AccountsWithRestoreAccess')
    expect(await names({ OwnerAccount: home }, lab.redshift(bob))).not.toContain('weekly')
    await expect(unshare(partner)).rejects.toBeInstanceOf(AuthorizationNotFoundFault)
  })

  test('AWS Support can be let in and out', async () => {
    expect((await share('amazon-redshift-support')).Snapshot?.AccountsWithRestoreAccess).toEqual([
      { AccountAlias: 'amazon-redshift-support' },
    ])
    await expect(share('amazon-redshift-support')).rejects.toBeInstanceOf(AuthorizationAlreadyExistsFault)
    await unshare('amazon-redshift-support')
  })

  test('an ARN names a snapshot as well, and not together with its name', async () => {
    const command = { SnapshotArn: arn('sales', 'weekly'), AccountWithRestoreAccess: partner }
    await lab.redshift().send(new AuthorizeSnapshotAccessCommand(command))
    await lab.redshift().send(new RevokeSnapshotAccessCommand(command))
    const both = new AuthorizeSnapshotAccessCommand({ ...command, SnapshotIdentifier: 'weekly' })
    await expect(lab.redshift().send(both)).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
  })

  test('the owner itself, something that is no account, and a snapshot of others are refused', async () => {
    await expect(share(home)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(share('all')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(share(partner, 'shared', lab.redshift(bob))).rejects.toBeInstanceOf(
      ClusterSnapshotNotFoundFault,
    )
    await expect(share(partner, 'rs:sales-1')).rejects.toBeInstanceOf(InvalidClusterSnapshotStateFault)
  })

  test('a snapshot is shared when it is complete', async () => {
    const taking = { SnapshotIdentifier: 'fresh', ClusterIdentifier: 'sales' }
    await lab.redshift().send(new CreateClusterSnapshotCommand(taking))
    await expect(share(partner, 'fresh')).rejects.toMatchObject({
      name: 'InvalidClusterSnapshotStateFault',
      message: 'Snapshot fresh is not an available manual snapshot.',
    })
    lab.move('1h')
    expect((await share(partner, 'fresh')).Snapshot?.AccountsWithRestoreAccess).toHaveLength(1)
  })

  test('a snapshot is shared with twenty accounts at most', async () => {
    for (let index = 0; index < 20; index += 1) await share(String(100_000_000_000 + index))
    await expect(share(partner)).rejects.toBeInstanceOf(AuthorizationQuotaExceededFault)
  })
})
