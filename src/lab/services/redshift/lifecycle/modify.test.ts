// ModifyCluster and ResizeCluster through the SDK: everything that takes time, goes alone or is refused.

import {
  CancelResizeCommand,
  type Cluster,
  CreateClusterParameterGroupCommand,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeEventsCommand,
  DescribeResizeCommand,
  FailoverPrimaryComputeCommand,
  InvalidClusterStateFault,
  ModifyClusterCommand,
  ModifyClusterIamRolesCommand,
  type ModifyClusterMessage,
  ResizeClusterCommand,
  type ResizeClusterMessage,
  ResizeNotFoundFault,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const names = [
  'size',
  'small',
  'plain',
  'copied',
  'port',
  'zoned',
  'wide',
  'roles',
  'track',
  'secret',
  'routed',
  'titled',
]

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region) {
    const plain = names.map((ClusterIdentifier) => ({ ClusterIdentifier, NodeType: 'ra3.4xlarge' }))
    region.clusters = [
      ...plain,
      { ClusterIdentifier: 'named', ClusterCreateTime: '-2h' },
      { ClusterIdentifier: 'bare', Encrypted: false, ClusterCreateTime: '-2h' },
      { ClusterIdentifier: 'old', Encrypted: false, NodeType: 'dc2.large' },
      {
        ClusterIdentifier: 'travelling',
        ClusterSnapshotCopyStatus: { DestinationRegion: 'eu-central-1', RetentionPeriod: 7 },
      },
    ]
  }
  return world
})

const modify = (ClusterIdentifier: string, change: Partial<ModifyClusterMessage>) =>
  lab.redshift().send(new ModifyClusterCommand({ ClusterIdentifier, ...change }))

const resize = (ClusterIdentifier: string, change: Partial<ResizeClusterMessage>) =>
  lab.redshift().send(new ResizeClusterCommand({ ClusterIdentifier, ...change }))

const describeResize = (ClusterIdentifier: string) =>
  lab.redshift().send(new DescribeResizeCommand({ ClusterIdentifier }))

async function get(id: string): Promise<Cluster | undefined> {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier: id }))
  return Clusters?.[0]
}

async function events(id: string) {
  const input = { SourceIdentifier: id, SourceType: 'cluster', Duration: 60 * 24 } as const
  const { Events } = await lab.redshift().send(new DescribeEventsCommand(input))
  return Events?.map(({ EventId }) => EventId?.slice('REDSHIFT-EVENT-'.length))
}

async function automated(id: string) {
  const input = { ClusterIdentifier: id, SnapshotType: 'automated' }
  const { Snapshots } = await lab.redshift().send(new DescribeClusterSnapshotsCommand(input))
  return Snapshots ?? []
}

test('an elastic resize goes through its three states', async () => {
  await expect(describeResize('size')).rejects.toBeInstanceOf(ResizeNotFoundFault)
  const { Cluster } = await resize('size', { NumberOfNodes: 4 })
  expect(Cluster).toMatchObject({
    ClusterStatus: 'available, prep-for-resize',
    ClusterAvailabilityStatus: 'Available',
    NumberOfNodes: 2,
    PendingModifiedValues: { NumberOfNodes: 4 },
    ResizeInfo: { ResizeType: 'ElasticResize', AllowCancelResize: false },
  })
  // Neither state with two words lets another operation begin.
  await expect(modify('size', { PubliclyAccessible: true })).rejects.toBeInstanceOf(InvalidClusterStateFault)
  lab.move('3m')
  expect(await get('size')).toMatchObject({
    ClusterStatus: 'resizing',
    ClusterAvailabilityStatus: 'Modifying',
  })
  await expect(
    lab.redshift().send(new CancelResizeCommand({ ClusterIdentifier: 'size' })),
  ).rejects.toBeInstanceOf(InvalidClusterStateFault)
  lab.move('5m')
  expect(await get('size')).toMatchObject({ ClusterStatus: 'available, resize-cleanup', NumberOfNodes: 4 })
  await expect(modify('size', { PubliclyAccessible: true })).rejects.toBeInstanceOf(InvalidClusterStateFault)
  lab.move('2m')
  expect(await get('size')).toMatchObject({ ClusterStatus: 'available', PendingModifiedValues: {} })
  expect(await describeResize('size')).toMatchObject({
    Status: 'SUCCEEDED',
    ResizeType: 'ElasticResize',
    TargetNumberOfNodes: 4,
    DataTransferProgressPercent: 100,
  })
  expect(await events('size')).toEqual(['3012', '3011', '3534', '3537'])
})

test('an elastic resize has its limits', async () => {
  const refusal = { name: 'UnsupportedOptionFault', message: expect.stringContaining('Use classic resize') }
  await expect(resize('small', { NumberOfNodes: 9 })).rejects.toMatchObject(refusal)
  await expect(resize('small', { NodeType: 'ra3.large', NumberOfNodes: 1 })).rejects.toMatchObject(refusal)
  await expect(resize('small', { NodeType: 'dc2.large' })).rejects.toThrow('Invalid node type: dc2.large')
  await expect(resize('small', { NumberOfNodes: 2 })).rejects.toThrow('No modifications were requested')
})

test('a classic resize tells how far it is, and can be called off', async () => {
  const { Cluster } = await modify('small', { NodeType: 'ra3.16xlarge', NumberOfNodes: 2 })
  expect(Cluster).toMatchObject({
    ClusterStatus: 'resizing',
    PendingModifiedValues: { NodeType: 'ra3.16xlarge', NumberOfNodes: 2 },
    ResizeInfo: { ResizeType: 'ClassicResize', AllowCancelResize: true },
  })
  lab.move('1h')
  expect(await describeResize('small')).toMatchObject({
    Status: 'IN_PROGRESS',
    ResizeType: 'ClassicResize',
    TargetNodeType: 'ra3.16xlarge',
    TargetClusterType: 'multi-node',
    DataTransferProgressPercent: 50,
    ElapsedTimeInSeconds: 3600,
    EstimatedTimeToCompletionInSeconds: 3600,
  })
  const cancelled = await lab.redshift().send(new CancelResizeCommand({ ClusterIdentifier: 'small' }))
  expect(cancelled.Status).toBe('CANCELLING')
  expect((await get('small'))?.ClusterStatus).toBe('cancelling-resize')
  lab.move('10m')
  expect(await get('small')).toMatchObject({
    ClusterStatus: 'available',
    NodeType: 'ra3.4xlarge',
    PendingModifiedValues: {},
  })
  await expect(describeResize('small')).rejects.toBeInstanceOf(ResizeNotFoundFault)

  await resize('small', { NumberOfNodes: 10, Classic: true })
  lab.move('2h')
  expect(await get('small')).toMatchObject({ ClusterStatus: 'available', NumberOfNodes: 10 })
  expect((await events('small'))?.at(-1)).toBe('3002')
})

test('encrypting migrates the cluster; the first snapshot afterwards confirms it', async () => {
  const before = (await automated('bare')).length
  const { Cluster } = await modify('bare', { Encrypted: true })
  expect(Cluster).toMatchObject({
    ClusterStatus: 'resizing',
    Encrypted: false,
    PendingModifiedValues: { EncryptionType: 'KMS' },
  })
  lab.move('15m')
  expect(await get('bare')).toMatchObject({
    ClusterStatus: 'available',
    Encrypted: true,
    PendingModifiedValues: {},
  })
  expect(await automated('bare')).toHaveLength(before)
  lab.move('40m')
  const after = await automated('bare')
  expect(after).toHaveLength(before + 1)
  expect(after.at(-1)).toMatchObject({ Encrypted: true })
})

test('no snapshot is taken while a cluster is being encrypted, which takes long on DC2', async () => {
  lab.move('7h')
  await modify('old', { Encrypted: true })
  const before = (await automated('old')).length
  lab.move('119m')
  expect((await get('old'))?.ClusterStatus).toBe('resizing')
  expect(await automated('old')).toHaveLength(before)
  lab.move('1m')
  expect(await get('old')).toMatchObject({ ClusterStatus: 'available', Encrypted: true })
})

test('decrypting is still possible', async () => {
  const { Cluster } = await modify('plain', { Encrypted: false })
  expect(Cluster).toMatchObject({
    ClusterStatus: 'resizing',
    Encrypted: true,
    PendingModifiedValues: { EncryptionType: 'None' },
  })
  lab.move('15m')
  expect(await get('plain')).toMatchObject({ Encrypted: false, PendingModifiedValues: {} })
})

test('snapshot copy must be off to change encryption or the name of an encrypted cluster', async () => {
  await expect(modify('travelling', { Encrypted: false })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
    message: expect.stringContaining('snapshot copy must be disabled'),
  })
  await expect(modify('travelling', { NewClusterIdentifier: 'resting' })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
    message: expect.stringContaining('cannot be renamed'),
  })
})

test.each([
  ['enhanced VPC routing', 'routed', { EnhancedVpcRouting: true }, 'routed'],
  ['a name', 'titled', { NewClusterIdentifier: 'entitled' }, 'entitled'],
])('for %s AWS restarts the cluster, which brings what waits for a restart', async (_, id, change, after) => {
  const set = {
    ParameterGroupName: `of-${id}`,
    ParameterGroupFamily: 'redshift-2.0',
    Description: 'of a test',
  }
  await lab.redshift().send(new CreateClusterParameterGroupCommand(set))
  await modify(id, { ClusterParameterGroupName: `of-${id}` })
  lab.move('5m')
  const applied = async (name: string) =>
    (await get(name))?.ClusterParameterGroups?.map(({ ParameterApplyStatus }) => ParameterApplyStatus)
  expect(await applied(id)).toEqual(['pending-reboot'])
  await modify(id, change)
  lab.move('10m')
  expect(await applied(after)).toEqual(['in-sync'])
  expect(await events(after)).toContain('3000')
})

test('a rename takes the snapshots along', async () => {
  lab.move('8h')
  const before = await automated('named')
  expect(before.length).toBeGreaterThan(0)
  await expect(modify('named', { NewClusterIdentifier: 'size' })).rejects.toMatchObject({
    name: 'ClusterAlreadyExistsFault',
  })
  const { Cluster } = await modify('named', { NewClusterIdentifier: 'Renamed' })
  expect(Cluster).toMatchObject({
    ClusterIdentifier: 'named',
    ClusterStatus: 'renaming',
    PendingModifiedValues: { ClusterIdentifier: 'renamed' },
  })
  lab.move('10m')
  await expect(get('named')).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
  expect(await get('renamed')).toMatchObject({
    ClusterStatus: 'available',
    PendingModifiedValues: {},
    Endpoint: { Address: expect.stringMatching(/^renamed\./) },
  })
  await expect(automated('named')).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
  expect(await automated('renamed')).toHaveLength(before.length)
  expect(await events('renamed')).toEqual(['2013', '3000'])
  lab.move('8h')
  expect((await automated('renamed')).length).toBeGreaterThan(before.length)
})

test('port, addresses and security groups change while the cluster is modifying', async () => {
  await expect(modify('port', { Port: 3306 })).rejects.toThrow('5431-5455')
  await expect(modify('port', { ElasticIp: '198.51.100.7' })).rejects.toMatchObject({
    name: 'InvalidElasticIpFault',
  })
  const group = 'sg-00112233445566778'
  const { Cluster } = await modify('port', { Port: 5440, VpcSecurityGroupIds: [group] })
  expect(Cluster?.Endpoint?.Port).toBe(5439)
  expect(Cluster?.VpcSecurityGroups?.map(({ Status }) => Status)).toEqual(['removing', 'adding'])
  lab.move('2m')
  expect(await get('port')).toMatchObject({
    ClusterStatus: 'available',
    Endpoint: { Port: 5440 },
    VpcSecurityGroups: [{ VpcSecurityGroupId: group, Status: 'active' }],
  })
  expect(await events('port')).toEqual(['2002', '3679'])
  await modify('port', { PubliclyAccessible: true, ElasticIp: '198.51.100.7' })
  lab.move('2m')
  expect(await get('port')).toMatchObject({
    PubliclyAccessible: true,
    ElasticIpStatus: { ElasticIp: '198.51.100.7', Status: 'active' },
  })
})

test('a password is pending as stars, and moves to Secrets Manager and back', async () => {
  await expect(modify('secret', { MasterUserPassword: 'short' })).rejects.toThrow('at least one uppercase')
  const { Cluster } = await modify('secret', { MasterUserPassword: 'Long3nough' })
  expect(Cluster?.PendingModifiedValues).toEqual({ MasterUserPassword: '****' })
  lab.move('2m')
  expect((await get('secret'))?.PendingModifiedValues).toEqual({})
  expect(await events('secret')).toEqual(['4000'])
  await modify('secret', { ManageMasterPassword: true })
  lab.move('2m')
  expect((await get('secret'))?.MasterPasswordSecretArn).toContain('secret:redshift!secret-awsuser-')
  await expect(modify('secret', { ManageMasterPassword: false })).rejects.toThrow(
    'MasterUserPassword is required',
  )
  await modify('secret', { ManageMasterPassword: false, MasterUserPassword: 'Long3nough' })
  lab.move('2m')
  expect((await get('secret'))?.MasterPasswordSecretArn).toBeUndefined()
})

test('Multi-AZ goes alone, and fails over', async () => {
  await expect(modify('wide', { MultiAZ: true, PubliclyAccessible: true })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
    message:
      'When a ModifyCluster AutoFailover operation is requested, no other modifications are allowed in the same request.',
  })
  await expect(modify('bare', { MultiAZ: false })).rejects.toThrow('No modifications were requested')
  await expect(
    lab.redshift().send(new FailoverPrimaryComputeCommand({ ClusterIdentifier: 'wide' })),
  ).rejects.toMatchObject({ name: 'UnsupportedOperationFault' })
  await modify('wide', { MultiAZ: true })
  expect(await get('wide')).toMatchObject({ ClusterStatus: 'modifying', MultiAZ: 'Disabled' })
  lab.move('20m')
  expect(await get('wide')).toMatchObject({
    ClusterStatus: 'available',
    MultiAZ: 'Enabled',
    AvailabilityZone: 'eu-west-1a',
    MultiAZSecondary: { AvailabilityZone: 'eu-west-1b' },
  })
  await lab.redshift().send(new FailoverPrimaryComputeCommand({ ClusterIdentifier: 'wide' }))
  lab.move('5m')
  expect(await get('wide')).toMatchObject({
    AvailabilityZone: 'eu-west-1b',
    MultiAZSecondary: { AvailabilityZone: 'eu-west-1a' },
  })
})

test('a relocation goes alone, after it was allowed', async () => {
  await expect(modify('zoned', { AvailabilityZone: 'eu-west-1b' })).rejects.toMatchObject({
    name: 'UnsupportedOptionFault',
  })
  await expect(
    modify('zoned', { AvailabilityZoneRelocation: true, AllowVersionUpgrade: false }),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
  await modify('zoned', { AvailabilityZoneRelocation: true })
  lab.move('2m')
  expect((await get('zoned'))?.AvailabilityZoneRelocationStatus).toBe('enabled')
  await expect(modify('zoned', { AvailabilityZone: 'us-east-1a' })).rejects.toThrow('us-east-1a')
  await modify('zoned', { AvailabilityZone: 'eu-west-1b' })
  lab.move('10m')
  expect((await get('zoned'))?.AvailabilityZone).toBe('eu-west-1b')
})

test.each<[Partial<ModifyClusterMessage>, string]>([
  [{ HsmConfigurationIdentifier: 'hsm' }, 'UnsupportedOperationFault'],
  [{ ClusterSecurityGroups: ['a'] }, 'InvalidParameterCombination'],
  [{ ClusterVersion: '2.0' }, 'InvalidParameterValue'],
  [{ PreferredMaintenanceWindow: 'someday' }, 'InvalidParameterValue'],
  [{ MaintenanceTrackName: 'none' }, 'InvalidClusterTrackFault'],
  [{ VpcSecurityGroupIds: ['default'] }, 'InvalidParameterValue'],
  [{ NewClusterIdentifier: '-x' }, 'InvalidParameterValue'],
])('%j is refused', async (change, name) => {
  await expect(modify('copied', change)).rejects.toMatchObject({ name })
})

test('roles are added and removed in time', async () => {
  const arn = (name: string) => `arn:aws:iam::${home}:role/${name}`
  const change = (AddIamRoles: string[], RemoveIamRoles: string[] = []) =>
    lab
      .redshift()
      .send(new ModifyClusterIamRolesCommand({ ClusterIdentifier: 'roles', AddIamRoles, RemoveIamRoles }))
  await change([arn('a'), arn('b')])
  lab.move('2m')
  const { Cluster } = await change([arn('c')], [arn('a')])
  expect(Cluster?.IamRoles).toEqual([
    { IamRoleArn: arn('a'), ApplyStatus: 'removing' },
    { IamRoleArn: arn('b'), ApplyStatus: 'in-sync' },
    { IamRoleArn: arn('c'), ApplyStatus: 'adding' },
  ])
  lab.move('2m')
  expect((await get('roles'))?.IamRoles?.map(({ IamRoleArn }) => IamRoleArn)).toEqual([arn('b'), arn('c')])
})
