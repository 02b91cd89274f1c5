// Clusters through the SDK: what ModifyCluster and RebootCluster do, and when they refuse.

import {
  type Cluster,
  ClusterNotFoundFault,
  ClusterParameterGroupNotFoundFault,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  EnableLoggingCommand,
  InvalidClusterStateFault,
  InvalidRetentionPeriodFault,
  ModifyClusterCommand,
  type ModifyClusterMessage,
  paginateDescribeClusters,
  RebootClusterCommand,
  UnsupportedOperationFault,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const regions = world.accounts[home]?.regions
  if (regions) {
    regions['us-east-1'] = {
      clusters: Array.from({ length: 45 }, (_, index) => ({ ClusterIdentifier: `many-${index}` })),
    }
    regions['eu-central-1'] = {
      clusters: [
        { ClusterIdentifier: 'paused', ClusterStatus: 'paused' },
        {
          ClusterIdentifier: 'waiting',
          PendingModifiedValues: { PubliclyAccessible: true, EncryptionType: 'KMS' },
        },
        { ClusterIdentifier: 'backed-up', NodeType: 'dc2.large', AutomatedSnapshotRetentionPeriod: 7 },
      ],
      snapshots: [1, 3, 5].map((days) => ({
        SnapshotIdentifier: `rs:backed-up-${days}`,
        ClusterIdentifier: 'backed-up',
        SnapshotCreateTime: `-${days}d1h`,
      })),
    }
  }
  return world
})

const central = () => lab.redshift(alice, 'eu-central-1')

const modify = (ClusterIdentifier: string, change: Partial<ModifyClusterMessage>, client = lab.redshift()) =>
  client.send(new ModifyClusterCommand({ ClusterIdentifier, ...change }))

async function get(ClusterIdentifier: string, client = lab.redshift()): Promise<Cluster | undefined> {
  const { Clusters } = await client.send(new DescribeClustersCommand({ ClusterIdentifier }))
  return Clusters?.[0]
}

test('a change of access is pending while the cluster is modifying', async () => {
  const { Cluster } = await modify('sales', { PubliclyAccessible: true, EnhancedVpcRouting: true })
  expect(Cluster).toMatchObject({
    ClusterStatus: 'modifying',
    ClusterAvailabilityStatus: 'Modifying',
    PubliclyAccessible: false,
    PendingModifiedValues: { PubliclyAccessible: true, EnhancedVpcRouting: true },
  })
  lab.move('+2m')
  expect(await get('sales')).toMatchObject({
    ClusterStatus: 'available',
    ClusterAvailabilityStatus: 'Available',
    PubliclyAccessible: true,
    EnhancedVpcRouting: true,
    PendingModifiedValues: {},
  })
})

test('retention and upgrades change at once', async () => {
  const change = {
    ManualSnapshotRetentionPeriod: 30,
    AutomatedSnapshotRetentionPeriod: 7,
    AllowVersionUpgrade: false,
  }
  expect((await modify('sales', change)).Cluster).toMatchObject({ ClusterStatus: 'available', ...change })
})

test('a call that changes nothing is refused', async () => {
  const nothing = { name: 'InvalidParameterCombination', message: 'No modifications were requested' }
  await expect(modify('sales', {})).rejects.toMatchObject(nothing)
  await expect(modify('sales', { AllowVersionUpgrade: false })).rejects.toMatchObject(nothing)
  await expect(modify('sales', { ClusterParameterGroupName: 'lax' })).rejects.toMatchObject(nothing)
})

test('what the lab does not model is refused, not ignored', async () => {
  const refusal = expect(modify('sales', { IpAddressType: 'dualstack', AllowVersionUpgrade: true })).rejects
  await refusal.toBeInstanceOf(UnsupportedOperationFault)
  expect(await get('sales')).toMatchObject({ AllowVersionUpgrade: false })
})

test.each([
  [{ AutomatedSnapshotRetentionPeriod: 36 }, 'Retention period must be between 0 and 35.'],
  [
    { AutomatedSnapshotRetentionPeriod: 0 },
    "You can't disable automated snapshots for RG or RA3 node types.",
  ],
])('%j is refused', async (change, message) => {
  await expect(modify('sales', change)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: expect.stringContaining(message),
  })
})

test('a manual retention of 0 or 3654 days is refused', async () => {
  await expect(modify('sales', { ManualSnapshotRetentionPeriod: 0 })).rejects.toBeInstanceOf(
    InvalidRetentionPeriodFault,
  )
  await expect(modify('sales', { ManualSnapshotRetentionPeriod: 3_654 })).rejects.toThrow(
    'cannot exceed 3653 days',
  )
})

test('unknown names are refused', async () => {
  await expect(modify('nowhere', { AllowVersionUpgrade: true })).rejects.toBeInstanceOf(ClusterNotFoundFault)
  const missing = modify('sales', { ClusterParameterGroupName: 'nowhere' })
  await expect(missing).rejects.toBeInstanceOf(ClusterParameterGroupNotFoundFault)
})

test('a busy cluster refuses every other change until it is done', async () => {
  const reboot = () => lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'scratch' }))
  expect((await reboot()).Cluster).toMatchObject({
    ClusterStatus: 'rebooting',
    ClusterAvailabilityStatus: 'Unavailable',
  })
  await expect(reboot()).rejects.toBeInstanceOf(InvalidClusterStateFault)
  await expect(modify('scratch', { PubliclyAccessible: true })).rejects.toBeInstanceOf(
    InvalidClusterStateFault,
  )
  const enable = new EnableLoggingCommand({ ClusterIdentifier: 'scratch', LogDestinationType: 'cloudwatch' })
  await expect(lab.redshift().send(enable)).rejects.toThrow(
    'There is an operation running on the Cluster. Please try to enable it at a later time.',
  )
  lab.move('+3m')
  await expect(reboot()).resolves.toBeDefined()
})

test('a cluster that is not available cannot be restarted', async () => {
  const reboot = central().send(new RebootClusterCommand({ ClusterIdentifier: 'paused' }))
  await expect(reboot).rejects.toBeInstanceOf(InvalidClusterStateFault)
})

test('a reboot applies everything that is pending, whoever asked for it', async () => {
  await central().send(new RebootClusterCommand({ ClusterIdentifier: 'waiting' }))
  lab.move('+3m')
  expect(await get('waiting', central())).toMatchObject({
    PubliclyAccessible: true,
    Encrypted: true,
    PendingModifiedValues: {},
  })
})

test('a shorter retention deletes automated snapshots at once but keeps the newest', async () => {
  const left = async () => {
    const { Snapshots } = await central().send(
      new DescribeClusterSnapshotsCommand({ ClusterIdentifier: 'backed-up' }),
    )
    return Snapshots?.map(({ SnapshotIdentifier }) => SnapshotIdentifier)
  }
  expect(await left()).toEqual(['rs:backed-up-1', 'rs:backed-up-3', 'rs:backed-up-5'])
  await modify('backed-up', { AutomatedSnapshotRetentionPeriod: 4 }, central())
  expect(await left()).toEqual(['rs:backed-up-1', 'rs:backed-up-3'])
  lab.move('+60d')
  expect(await left()).toEqual(['rs:backed-up-1'])
  await modify('backed-up', { AutomatedSnapshotRetentionPeriod: 0 }, central())
  expect(await left()).toEqual([])
})

test('clusters come in pages and are found by tag', async () => {
  const client = lab.redshift(alice, 'us-east-1')
  const sizes: number[] = []
  for await (const page of paginateDescribeClusters({ client, pageSize: 20 }, {}))
    sizes.push(page.Clusters?.length ?? 0)
  expect(sizes).toEqual([20, 20, 5])
  const tagged = await lab.redshift().send(new DescribeClustersCommand({ TagValues: ['sales'] }))
  expect(tagged.Clusters?.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(['sales'])
})
