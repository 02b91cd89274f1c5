// Who may be let in to a snapshot, and what those who are let in may do, through the SDK.

import {
  AuthorizeSnapshotAccessCommand,
  CopyClusterSnapshotCommand,
  DeleteClusterSnapshotCommand,
  DescribeClusterSnapshotsCommand,
  ModifyClusterSnapshotCommand,
  RevokeSnapshotAccessCommand,
} from '@aws-sdk/client-redshift'
import { describe, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, carol, home, partner, testWorld } from '#lab/testing/world.ts'
import type { SnapshotSeed } from '#lab/world.ts'

const keyId = '0a1b2c3d-0000-4000-8000-0000000000d1'
const others = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ AccountId: String(500_000_000_000 + from + index) }))
const sharedOften = ['a', 'b', 'c', 'd', 'e'].map(
  (name, index): SnapshotSeed => ({
    SnapshotIdentifier: name,
    ClusterIdentifier: 'sales',
    KmsKeyId: `alias/data`,
    // Twenty for each, but for the last: 99 in all.
    AccountsWithRestoreAccess: others(20 * index, name === 'e' ? 19 : 20),
  }),
)

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region) {
    region.keys = [{ KeyId: keyId, aliases: ['data'] }]
    region.snapshots = [
      ...sharedOften,
      { SnapshotIdentifier: 'under-key', ClusterIdentifier: 'sales', KmsKeyId: 'alias/data' },
      { SnapshotIdentifier: 'aws-owned', ClusterIdentifier: 'sales' },
      {
        SnapshotIdentifier: 'partners',
        ClusterIdentifier: 'sales',
        AccountsWithRestoreAccess: [{ AccountId: partner }],
      },
      { SnapshotIdentifier: 'copy:rs:sales-1', ClusterIdentifier: 'sales', SourceRegion: 'us-east-1' },
    ]
  }
  return world
})

const share = (SnapshotIdentifier: string, AccountWithRestoreAccess: string, user = alice) =>
  lab
    .redshift(user)
    .send(new AuthorizeSnapshotAccessCommand({ SnapshotIdentifier, AccountWithRestoreAccess }))

const arn = (name: string) => `arn:aws:redshift:eu-west-1:${home}:snapshot:sales/${name}`

describe('a key', () => {
  test('bears a hundred authorizations over all its snapshots', async () => {
    await share('under-key', partner)
    await expect(share('e', '600000000000')).rejects.toMatchObject({
      name: 'LimitExceededFault',
      message: 'The encryption key has exceeded its grant limit in Amazon Web Services KMS.',
    })
    await share('aws-owned', partner)
    const revoke = { SnapshotIdentifier: 'under-key', AccountWithRestoreAccess: partner }
    await lab.redshift().send(new RevokeSnapshotAccessCommand(revoke))
    await share('e', '600000000000')
  })

  test('must be known to whoever shares', async () => {
    const denial = { accessKeyId: carol.accessKeyId, action: 'kms:DescribeKey' }
    expect((await lab.control('POST', 'deny', denial)).status).toBe(200)
    await expect(share('under-key', '600000000001', carol)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `kms:DescribeKey on resource: arn:aws:kms:eu-west-1:${home}:key/${keyId}`,
      ),
    })
    await share('aws-owned', '600000000001', carol)
  })
})

describe('who is let in', () => {
  test('sees the snapshot and can do nothing else to it', async () => {
    const client = lab.redshift(bob)
    const { Snapshots } = await client.send(new DescribeClusterSnapshotsCommand({ OwnerAccount: home }))
    expect(Snapshots?.map(({ SnapshotIdentifier }) => SnapshotIdentifier)).toEqual(['aws-owned', 'partners'])
    const SnapshotIdentifier = 'partners'
    const missing = { name: 'ClusterSnapshotNotFoundFault' }
    await expect(client.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier }))).rejects.toMatchObject(
      missing,
    )
    const keep = { SourceSnapshotIdentifier: SnapshotIdentifier, TargetSnapshotIdentifier: 'mine' }
    await expect(client.send(new CopyClusterSnapshotCommand(keep))).rejects.toMatchObject(missing)
    const longer = { SnapshotIdentifier, ManualSnapshotRetentionPeriod: 5 }
    await expect(client.send(new ModifyClusterSnapshotCommand(longer))).rejects.toMatchObject(missing)
    const onwards = { SnapshotArn: arn('partners'), AccountWithRestoreAccess: '600000000000' }
    await expect(client.send(new AuthorizeSnapshotAccessCommand(onwards))).rejects.toMatchObject(missing)
  })

  test('cannot take the access of others away', async () => {
    const revoke = (name: string) =>
      lab
        .redshift(bob)
        .send(new RevokeSnapshotAccessCommand({ SnapshotArn: arn(name), AccountWithRestoreAccess: partner }))
    await expect(revoke('partners')).rejects.toMatchObject({
      name: 'AccessToSnapshotDeniedFault',
      message: 'The owner of the specified snapshot has not authorized your account to access the snapshot.',
    })
    await expect(revoke('under-key')).rejects.toMatchObject({ name: 'AccessToSnapshotDeniedFault' })
    await expect(revoke('nowhere')).rejects.toMatchObject({ name: 'ClusterSnapshotNotFoundFault' })
  })
})

test('the copy of an automated snapshot cannot be shared', async () => {
  await expect(share('copy:rs:sales-1', partner)).rejects.toMatchObject({
    name: 'InvalidClusterSnapshotStateFault',
    message: 'Snapshot copy:rs:sales-1 is not an available manual snapshot.',
  })
})
