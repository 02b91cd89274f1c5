// Manual snapshots through the SDK: taken, kept from automated ones, deleted one by one and in batches.

import {
  BatchDeleteClusterSnapshotsCommand,
  BatchModifyClusterSnapshotsCommand,
  CopyClusterSnapshotCommand,
  CreateClusterSnapshotCommand,
  type CreateClusterSnapshotMessage,
  DeleteClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  DescribeEventsCommand,
  ModifyClusterCommand,
  RebootClusterCommand,
  type Snapshot,
} from '@aws-sdk/client-redshift'
import { beforeEach, describe, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, carol, home, partner, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const regions = world.accounts[home]?.regions
  if (regions) {
    regions['eu-west-1'] = {
      ...regions['eu-west-1'],
      snapshots: [
        { SnapshotIdentifier: 'rs:sales-1', ClusterIdentifier: 'sales', SnapshotCreateTime: '-26h' },
        { SnapshotIdentifier: 'old', ClusterIdentifier: 'sales', SnapshotCreateTime: '-50d' },
        { SnapshotIdentifier: 'older', ClusterIdentifier: 'sales', SnapshotCreateTime: '-60d' },
        {
          SnapshotIdentifier: 'shared',
          ClusterIdentifier: 'stock',
          AccountsWithRestoreAccess: [{ AccountId: partner }],
        },
        { SnapshotIdentifier: 'failed', ClusterIdentifier: 'stock', Status: 'failed' },
      ],
    }
    regions['us-east-1'] = {
      clusters: [{ ClusterIdentifier: 'full' }],
      snapshots: Array.from({ length: 700 }, (_, index) => ({
        SnapshotIdentifier: `many-${index}`,
        ClusterIdentifier: 'gone',
      })),
    }
  }
  return world
})

const create = async (wish: Partial<CreateClusterSnapshotMessage> & { SnapshotIdentifier: string }) => {
  const command = new CreateClusterSnapshotCommand({ ClusterIdentifier: 'sales', ...wish })
  return (await lab.redshift().send(command)).Snapshot
}

async function get(SnapshotIdentifier: string): Promise<Snapshot | undefined> {
  const command = new DescribeClusterSnapshotsCommand({ SnapshotIdentifier })
  return (await lab.redshift().send(command)).Snapshots?.[0]
}

const remove = (SnapshotIdentifier: string, SnapshotClusterIdentifier?: string) =>
  lab.redshift().send(
    new DeleteClusterSnapshotCommand({
      SnapshotIdentifier,
      ...(SnapshotClusterIdentifier !== undefined && { SnapshotClusterIdentifier }),
    }),
  )

async function events(SourceIdentifier: string) {
  const command = new DescribeEventsCommand({ SourceIdentifier, SourceType: 'cluster-snapshot' })
  return (await lab.redshift().send(command)).Events?.map(({ EventId }) => EventId)
}

// Work of the test before is over.
beforeEach(() => lab.move('5m'))

describe('taking', () => {
  test('it is being created, tells its progress, and becomes available', async () => {
    const begun = await create({ SnapshotIdentifier: 'fresh', Tags: [{ Key: 'why', Value: 'test' }] })
    expect(begun).toMatchObject({
      SnapshotIdentifier: 'fresh',
      Status: 'creating',
      SnapshotType: 'manual',
      ManualSnapshotRetentionPeriod: -1,
      SnapshotArn: `arn:aws:redshift:eu-west-1:${home}:snapshot:sales/fresh`,
      OwnerAccount: home,
      Encrypted: true,
      EncryptedWithHSM: false,
      BackupProgressInMegaBytes: 0,
      ElapsedTimeInSeconds: 0,
      EstimatedSecondsToCompletion: 180,
      Tags: [{ Key: 'why', Value: 'test' }],
    })
    expect(begun?.SnapshotRetentionStartTime).toEqual(begun?.SnapshotCreateTime)
    lab.move('90s')
    expect(await get('fresh')).toMatchObject({
      Status: 'creating',
      BackupProgressInMegaBytes: 32,
      ElapsedTimeInSeconds: 90,
      EstimatedSecondsToCompletion: 90,
    })
    lab.move('90s')
    expect(await get('fresh')).toMatchObject({
      Status: 'available',
      BackupProgressInMegaBytes: 64,
      CurrentBackupRateInMegaBytesPerSecond: 0,
      ElapsedTimeInSeconds: 180,
      EstimatedSecondsToCompletion: 0,
    })
    expect(await events('fresh')).toEqual(['REDSHIFT-EVENT-2009', 'REDSHIFT-EVENT-3004'])
  })

  test('its retention is its own, then the cluster’s', async () => {
    await lab
      .redshift()
      .send(new ModifyClusterCommand({ ClusterIdentifier: 'sales', ManualSnapshotRetentionPeriod: 30 }))
    expect(await create({ SnapshotIdentifier: 'by-cluster' })).toMatchObject({
      ManualSnapshotRetentionPeriod: 30,
      ManualSnapshotRemainingDays: 30,
    })
    expect(await create({ SnapshotIdentifier: 'own', ManualSnapshotRetentionPeriod: 2 })).toMatchObject({
      ManualSnapshotRetentionPeriod: 2,
      ManualSnapshotRemainingDays: 2,
    })
    lab.move('47h')
    expect(await get('own')).toMatchObject({ Status: 'available', ManualSnapshotRemainingDays: 1 })
    lab.move('1h')
    await expect(get('own')).rejects.toMatchObject({ name: 'ClusterSnapshotNotFoundFault' })
    await lab
      .redshift()
      .send(new ModifyClusterCommand({ ClusterIdentifier: 'sales', ManualSnapshotRetentionPeriod: -1 }))
  })

  test.each([0, -2, 3_654])('%i days are refused', async (ManualSnapshotRetentionPeriod) => {
    const wish = { SnapshotIdentifier: 'never', ManualSnapshotRetentionPeriod }
    await expect(create(wish)).rejects.toMatchObject({ name: 'InvalidRetentionPeriodFault' })
  })

  test.each(['', '1st', 'ends-', 'two--hyphens', 'rs:mine', 'x'.repeat(256)])(
    'the name "%s" is refused',
    async (SnapshotIdentifier) => {
      await expect(create({ SnapshotIdentifier })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    },
  )

  test('a name is taken once in a region, and the cluster must be there and at rest', async () => {
    await expect(create({ SnapshotIdentifier: 'old' })).rejects.toMatchObject({
      name: 'ClusterSnapshotAlreadyExistsFault',
      message: 'Snapshot old already exists.',
    })
    await expect(create({ SnapshotIdentifier: 'new', ClusterIdentifier: 'nowhere' })).rejects.toMatchObject({
      name: 'ClusterNotFoundFault',
    })
    await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'stock' }))
    await expect(create({ SnapshotIdentifier: 'new', ClusterIdentifier: 'stock' })).rejects.toMatchObject({
      name: 'InvalidClusterStateFault',
    })
    const Tags = [{ Key: 'aws:mine', Value: '' }]
    await expect(create({ SnapshotIdentifier: 'new', Tags })).rejects.toMatchObject({
      name: 'InvalidTagFault',
    })
  })

  test('a region holds 700 of them', async () => {
    const client = lab.redshift(alice, 'us-east-1')
    const one = { SnapshotIdentifier: 'one-more', ClusterIdentifier: 'full' }
    await expect(client.send(new CreateClusterSnapshotCommand(one))).rejects.toMatchObject({
      name: 'ClusterSnapshotQuotaExceededFault',
    })
    await client.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier: 'many-1' }))
    await client.send(new CreateClusterSnapshotCommand(one))
  })
})

describe('keeping an automated one', () => {
  const keep = async (SourceSnapshotIdentifier: string, TargetSnapshotIdentifier: string, days?: number) => {
    const command = new CopyClusterSnapshotCommand({
      SourceSnapshotIdentifier,
      TargetSnapshotIdentifier,
      ...(days !== undefined && { ManualSnapshotRetentionPeriod: days }),
    })
    return (await lab.redshift().send(command)).Snapshot
  }

  test('its data is of then, its retention counts from now', async () => {
    const source = await get('rs:sales-1')
    const now = lab.lab.clock.now()
    expect(await keep('rs:sales-1', 'kept', 7)).toMatchObject({
      SnapshotType: 'manual',
      Status: 'creating',
      SnapshotCreateTime: source?.SnapshotCreateTime,
      SnapshotRetentionStartTime: new Date(now),
      ManualSnapshotRetentionPeriod: 7,
      ManualSnapshotRemainingDays: 7,
    })
    lab.move('1m')
    expect(await get('kept')).toMatchObject({ Status: 'available' })
    expect(await keep('rs:sales-1', 'kept-forever')).toMatchObject({ ManualSnapshotRetentionPeriod: -1 })
  })

  test('only an available automated one can be kept, under a free name', async () => {
    await expect(keep('old', 'again')).rejects.toMatchObject({
      name: 'InvalidClusterSnapshotStateFault',
      message: 'Snapshot old is not an available automated snapshot.',
    })
    await expect(keep('rs:sales-1', 'old')).rejects.toMatchObject({
      name: 'ClusterSnapshotAlreadyExistsFault',
    })
    await expect(keep('rs:nowhere', 'again')).rejects.toMatchObject({ name: 'ClusterSnapshotNotFoundFault' })
    await expect(keep('rs:sales-1', 'rs:again')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(keep('rs:sales-1', 'again', 0)).rejects.toMatchObject({
      name: 'InvalidRetentionPeriodFault',
    })
  })
})

describe('deleting', () => {
  test('a manual one goes, a failed one too', async () => {
    await create({ SnapshotIdentifier: 'short-lived' })
    await expect(remove('short-lived')).rejects.toMatchObject({
      name: 'InvalidClusterSnapshotStateFault',
      message: 'Snapshot short-lived cannot be deleted in the state creating.',
    })
    lab.move('3m')
    await expect(remove('short-lived', 'stock')).rejects.toMatchObject({
      name: 'ClusterSnapshotNotFoundFault',
    })
    expect((await remove('short-lived', 'sales')).Snapshot).toMatchObject({ Status: 'deleted' })
    await expect(get('short-lived')).rejects.toMatchObject({ name: 'ClusterSnapshotNotFoundFault' })
    expect((await events('short-lived'))?.at(-1)).toBe('REDSHIFT-EVENT-2011')
    await remove('failed')
  })

  test('an automated one and one that is shared are refused', async () => {
    await expect(remove('rs:sales-1')).rejects.toMatchObject({ name: 'InvalidClusterSnapshotStateFault' })
    await expect(remove('shared')).rejects.toMatchObject({
      name: 'InvalidClusterSnapshotStateFault',
      message: 'Snapshot shared cannot be deleted: other accounts are authorized to access it.',
    })
  })
})

describe('batches', () => {
  test('deleting tells what failed and does the rest', async () => {
    await create({ SnapshotIdentifier: 'first' })
    lab.move('3m')
    const Identifiers = ['first', 'shared', 'nowhere'].map((SnapshotIdentifier) => ({ SnapshotIdentifier }))
    const answer = await lab.redshift().send(new BatchDeleteClusterSnapshotsCommand({ Identifiers }))
    expect(answer.$metadata.httpStatusCode).toBe(200)
    expect(answer.Resources).toEqual(['first'])
    expect(answer.Errors).toEqual([
      {
        SnapshotIdentifier: 'shared',
        FailureCode: 'InvalidClusterSnapshotState',
        FailureReason: 'Snapshot shared cannot be deleted: other accounts are authorized to access it.',
      },
      {
        SnapshotIdentifier: 'nowhere',
        FailureCode: 'ClusterSnapshotNotFound',
        FailureReason: 'Snapshot nowhere not found.',
      },
    ])
  })

  test('modifying tells what is too old, and deletes it when forced', async () => {
    const modify = (SnapshotIdentifierList: string[], days: number, Force = false) =>
      lab.redshift().send(
        new BatchModifyClusterSnapshotsCommand({
          SnapshotIdentifierList,
          ManualSnapshotRetentionPeriod: days,
          Force,
        }),
      )
    const answer = await modify(['old', 'older'], 55)
    expect(answer.Resources).toEqual(['old'])
    expect(answer.Errors).toMatchObject([
      { SnapshotIdentifier: 'older', FailureCode: 'InvalidRetentionPeriodFault' },
    ])
    expect(await get('old')).toMatchObject({ ManualSnapshotRetentionPeriod: 55 })
    expect(await get('older')).toMatchObject({ ManualSnapshotRetentionPeriod: -1 })
    expect(await modify(['older'], 55, true)).toMatchObject({ Resources: ['older'] })
    await expect(get('older')).rejects.toMatchObject({ name: 'ClusterSnapshotNotFoundFault' })
    await expect(modify(['old'], 0)).rejects.toMatchObject({ name: 'InvalidRetentionPeriodFault' })
  })

  test('a hundred at most', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `s-${index}`)
    const Identifiers = names.map((SnapshotIdentifier) => ({ SnapshotIdentifier }))
    const client = lab.redshift()
    await expect(client.send(new BatchDeleteClusterSnapshotsCommand({ Identifiers }))).rejects.toMatchObject({
      name: 'BatchDeleteRequestSizeExceededFault',
    })
    const modify = new BatchModifyClusterSnapshotsCommand({ SnapshotIdentifierList: names })
    await expect(client.send(modify)).rejects.toMatchObject({
      name: 'BatchModifyClusterSnapshotsLimitExceededFault',
    })
  })

  test('IAM asks about each snapshot', async () => {
    const denial = {
      accessKeyId: carol.accessKeyId,
      action: 'redshift:BatchDeleteClusterSnapshots',
      resource: `arn:aws:redshift:eu-west-1:${home}:snapshot:stock/shared`,
    }
    expect((await lab.control('POST', 'deny', denial)).status).toBe(200)
    const batch = (...names: string[]) =>
      lab.redshift(carol).send(
        new BatchDeleteClusterSnapshotsCommand({
          Identifiers: names.map((SnapshotIdentifier) => ({ SnapshotIdentifier })),
        }),
      )
    await expect(batch('nowhere', 'shared')).rejects.toMatchObject({ name: 'AccessDenied' })
    expect(await batch('nowhere')).toMatchObject({ Errors: [{ SnapshotIdentifier: 'nowhere' }] })
  })
})
