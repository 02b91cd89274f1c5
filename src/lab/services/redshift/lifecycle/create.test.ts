// CreateCluster, DeleteCluster, PauseCluster and ResumeCluster through the SDK.

import {
  type Cluster,
  ClusterAlreadyExistsFault,
  ClusterNotFoundFault,
  CreateClusterCommand,
  type CreateClusterCommandInput,
  DeleteClusterCommand,
  type DeleteClusterCommandInput,
  DescribeClusterSnapshotsCommand,
  DescribeClustersCommand,
  DescribeEventsCommand,
  InvalidClusterStateFault,
  PauseClusterCommand,
  ResumeClusterCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'

const lab = useLab()

const create = (id: string, rest: Partial<CreateClusterCommandInput> = {}) =>
  lab.redshift().send(
    new CreateClusterCommand({
      ClusterIdentifier: id,
      NodeType: 'ra3.large',
      MasterUsername: 'boss',
      MasterUserPassword: 'Long3nough',
      ...rest,
    }),
  )

const remove = (id: string, rest: Partial<DeleteClusterCommandInput>) =>
  lab.redshift().send(new DeleteClusterCommand({ ClusterIdentifier: id, ...rest }))

async function get(id: string): Promise<Cluster | undefined> {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier: id }))
  return Clusters?.[0]
}

async function snapshots(id: string) {
  const { Snapshots } = await lab
    .redshift()
    .send(new DescribeClusterSnapshotsCommand({ ClusterIdentifier: id }))
  return Snapshots ?? []
}

async function events(id: string) {
  const { Events } = await lab
    .redshift()
    .send(new DescribeEventsCommand({ SourceIdentifier: id, SourceType: 'cluster', Duration: 60 * 24 }))
  return Events?.map(({ EventId }) => EventId?.slice('REDSHIFT-EVENT-'.length))
}

test('a new cluster is private, encrypted and in redshift-2.0, and gets its endpoint when it is available', async () => {
  const { Cluster } = await create('New-One', { ClusterType: 'multi-node', NumberOfNodes: 2 })
  expect(Cluster).toMatchObject({
    ClusterIdentifier: 'new-one',
    ClusterStatus: 'creating',
    ClusterAvailabilityStatus: 'Modifying',
    PubliclyAccessible: false,
    Encrypted: true,
    NumberOfNodes: 2,
    DBName: 'dev',
    AutomatedSnapshotRetentionPeriod: 1,
    ManualSnapshotRetentionPeriod: -1,
    PendingModifiedValues: { MasterUserPassword: '****' },
    ClusterParameterGroups: [
      expect.objectContaining({
        ParameterGroupName: 'default.redshift-2.0',
        ParameterApplyStatus: 'in-sync',
      }),
    ],
  })
  expect(Cluster?.Endpoint).toBeUndefined()
  expect(Cluster?.KmsKeyId).toBeUndefined()
  lab.move('5m')
  const made = await get('new-one')
  expect(made).toMatchObject({
    ClusterStatus: 'available',
    ClusterAvailabilityStatus: 'Available',
    PendingModifiedValues: {},
    Endpoint: { Port: 5439, Address: expect.stringMatching(/^new-one\..*eu-west-1\.redshift/) },
  })
  expect(made?.ClusterNodes?.map(({ NodeRole }) => NodeRole)).toEqual(['LEADER', 'COMPUTE-0', 'COMPUTE-1'])
  expect(made?.ClusterNamespaceArn).toMatch(/:namespace:[0-9a-f-]{36}$/)
  expect(await events('new-one')).toEqual(['2000'])
  expect(await snapshots('new-one')).toEqual([])
  lab.move('8h')
  expect(await snapshots('new-one')).toMatchObject([{ SnapshotType: 'automated' }])
})

test.each<[string, Partial<CreateClusterCommandInput>, string, string]>([
  ['no encryption', { Encrypted: false }, 'InvalidParameterValue', 'without encryption'],
  [
    'a name with two hyphens',
    { ClusterIdentifier: 'a--b' },
    'InvalidParameterValue',
    'not a valid identifier',
  ],
  ['dc2', { NodeType: 'dc2.large' }, 'InvalidParameterValue', 'Invalid node type: dc2.large'],
  ['a node type of nobody', { NodeType: 'x1.big' }, 'InvalidParameterValue', 'Invalid node type: x1.big'],
  ['one node of a big type', { NodeType: 'ra3.16xlarge' }, 'InvalidParameterValue', 'Number of nodes 1'],
  [
    'a multi-node cluster without a number',
    { ClusterType: 'multi-node' },
    'InvalidParameterCombination',
    'must be greater than or equal to 2',
  ],
  [
    'a single-node cluster of three',
    { ClusterType: 'single-node', NumberOfNodes: 3 },
    'InvalidParameterValue',
    'Number of nodes must be not be supplied for cluster type single-node.',
  ],
  [
    'too many nodes',
    { NumberOfNodes: 17 },
    'NumberOfNodesPerClusterLimitExceededFault',
    'exceeds the limit of 16',
  ],
  [
    'more nodes than the account may have',
    { NodeType: 'ra3.16xlarge', NumberOfNodes: 128, ClusterIdentifier: 'huge-2' },
    'NumberOfNodesQuotaExceededFault',
    '200 nodes',
  ],
  ['a port outside the ranges', { Port: 3306 }, 'InvalidParameterValue', '5431-5455 or 8191-8215'],
  [
    'a short password',
    { MasterUserPassword: 'Sh0rt' },
    'InvalidParameterValue',
    'at least one uppercase letter',
  ],
  [
    'a password with a slash',
    { MasterUserPassword: 'Long3nough/' },
    'InvalidParameterValue',
    'Only printable ASCII',
  ],
  [
    'a password and a managed one',
    { ManageMasterPassword: true },
    'InvalidParameterCombination',
    "You can't use MasterUserPassword",
  ],
  ['no password', { MasterUserPassword: undefined }, 'InvalidParameterCombination', 'ManageMasterPassword'],
  ['an upper-case database', { DBName: 'Dev' }, 'InvalidParameterValue', 'Only lowercase Database names'],
  ['a reserved word as database', { DBName: 'table' }, 'InvalidParameterValue', 'DBName is a reserved word'],
  ['a reserved word as user', { MasterUsername: 'user' }, 'InvalidParameterValue', 'a reserved word: user'],
  ['a user called public', { MasterUsername: 'public' }, 'InvalidParameterValue', 'MasterUsername'],
  ['an unknown group', { ClusterParameterGroupName: 'none' }, 'ClusterParameterGroupNotFoundFault', 'none'],
  ['an unknown subnet group', { ClusterSubnetGroupName: 'none' }, 'ClusterSubnetGroupNotFoundFault', 'none'],
  ['an unknown track', { MaintenanceTrackName: 'none' }, 'InvalidClusterTrackFault', 'track name'],
  ['a bad window', { PreferredMaintenanceWindow: 'sun:03:00-sun:03:10' }, 'InvalidParameterValue', 'window'],
  [
    'no snapshots',
    { AutomatedSnapshotRetentionPeriod: 0 },
    'InvalidParameterValue',
    "can't disable automated",
  ],
  ['a tag of AWS', { Tags: [{ Key: 'aws:x', Value: '1' }] }, 'InvalidTagFault', 'aws:x'],
  [
    'an elastic IP of a private cluster',
    { ElasticIp: '198.51.100.1' },
    'InvalidElasticIpFault',
    'Elastic IP',
  ],
  ['HSM', { HsmConfigurationIdentifier: 'hsm' }, 'UnsupportedOperationFault', 'HSM is not supported'],
  [
    'cluster security groups',
    { ClusterSecurityGroups: ['a'] },
    'InvalidParameterCombination',
    'security groups',
  ],
  ['Multi-AZ of one node', { MultiAZ: true }, 'InvalidParameterCombination', 'two or more'],
  [
    'a role that is none',
    { IamRoles: ['arn:aws:iam::111122223333:user/x'] },
    'InvalidParameterValue',
    'IAM role',
  ],
  ['an unknown key', { KmsKeyId: 'alias/none' }, 'InvalidParameterValue', 'alias/none'],
])('%s is refused', async (what, input, name, message) => {
  if (what.startsWith('more nodes')) {
    await create('huge-1', { NodeType: 'ra3.16xlarge', NumberOfNodes: 128 })
  }
  await expect(create('wrong', input)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  })
  await expect(get('wrong')).rejects.toBeInstanceOf(ClusterNotFoundFault)
})

test('a name that is taken is refused', async () => {
  await expect(create('SALES')).rejects.toBeInstanceOf(ClusterAlreadyExistsFault)
  await expect(create('sales')).rejects.toThrow('Cluster already exists')
})

test('a password that Secrets Manager keeps is named, never shown', async () => {
  const { Cluster } = await create('managed', { MasterUserPassword: undefined, ManageMasterPassword: true })
  expect(Cluster?.MasterPasswordSecretArn).toMatch(/:secret:redshift!managed-boss-[0-9a-f]{6}$/)
  expect(Cluster?.PendingModifiedValues).toEqual({})
})

test('the roles of a new cluster are being added, then in use', async () => {
  const arn = 'arn:aws:iam::111122223333:role/loader'
  const { Cluster } = await create('with-role', { IamRoles: [arn] })
  expect(Cluster?.IamRoles).toEqual([{ IamRoleArn: arn, ApplyStatus: 'adding' }])
  lab.move('5m')
  expect((await get('with-role'))?.IamRoles).toEqual([{ IamRoleArn: arn, ApplyStatus: 'in-sync' }])
})

test('deleting asks for a final snapshot, or says that there shall be none', async () => {
  await expect(remove('sales', {})).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
    message: expect.stringContaining('FinalClusterSnapshotIdentifier is required'),
  })
  await expect(
    remove('sales', { SkipFinalClusterSnapshot: true, FinalClusterSnapshotIdentifier: 'last' }),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
  await expect(
    remove('sales', { FinalClusterSnapshotIdentifier: 'last', FinalClusterSnapshotRetentionPeriod: 0 }),
  ).rejects.toMatchObject({ name: 'InvalidRetentionPeriodFault' })
  await expect(remove('nobody', { SkipFinalClusterSnapshot: true })).rejects.toBeInstanceOf(
    ClusterNotFoundFault,
  )
})

test('a deleted cluster takes its automated snapshots along; the final one stays as long as it was told', async () => {
  await create('doomed')
  lab.move('9h')
  expect(await snapshots('doomed')).toHaveLength(1)
  const { Cluster } = await remove('doomed', {
    FinalClusterSnapshotIdentifier: 'doomed-final',
    FinalClusterSnapshotRetentionPeriod: 7,
  })
  expect(Cluster?.ClusterStatus).toBe('final-snapshot')
  const statuses = (await snapshots('doomed'))?.map(({ SnapshotType: type, Status }) => `${type} ${Status}`)
  expect(statuses?.sort()).toEqual(['automated available', 'manual final snapshot'])
  await expect(remove('doomed', { SkipFinalClusterSnapshot: true })).rejects.toMatchObject({
    name: 'InvalidClusterStateFault',
    message: 'There is an operation running on the Cluster. Please try to delete it at a later time.',
  })
  lab.move('5m')
  expect((await get('doomed'))?.ClusterStatus).toBe('deleting')
  lab.move('3m')
  await expect(get('doomed')).rejects.toBeInstanceOf(ClusterNotFoundFault)
  expect(await snapshots('doomed')).toMatchObject([
    {
      SnapshotIdentifier: 'doomed-final',
      SnapshotType: 'manual',
      Status: 'available',
      ManualSnapshotRetentionPeriod: 7,
    },
  ])
  expect((await events('doomed'))?.at(-1)).toBe('2001')
  lab.move('8d')
  await expect(snapshots('doomed')).rejects.toBeInstanceOf(ClusterNotFoundFault)
})

test('a final snapshot of which nobody says how long it is kept stays for ever', async () => {
  await create('ended')
  lab.move('1h')
  await remove('ended', { FinalClusterSnapshotIdentifier: 'ended-final' })
  lab.move('4000d')
  expect(await snapshots('ended')).toMatchObject([
    { SnapshotIdentifier: 'ended-final', Status: 'available', ManualSnapshotRetentionPeriod: -1 },
  ])
})

test('without a final snapshot nothing is left', async () => {
  await create('gone')
  lab.move('9h')
  await remove('gone', { SkipFinalClusterSnapshot: true })
  expect((await get('gone'))?.ClusterStatus).toBe('deleting')
  lab.move('3m')
  await expect(get('gone')).rejects.toBeInstanceOf(ClusterNotFoundFault)
  await expect(snapshots('gone')).rejects.toBeInstanceOf(ClusterNotFoundFault)
})

test('pausing takes a snapshot; a paused cluster only resumes', async () => {
  await create('sleepy')
  lab.move('5m')
  const pause = () => lab.redshift().send(new PauseClusterCommand({ ClusterIdentifier: 'sleepy' }))
  const resume = () => lab.redshift().send(new ResumeClusterCommand({ ClusterIdentifier: 'sleepy' }))
  await expect(resume()).rejects.toMatchObject({
    name: 'InvalidClusterStateFault',
    message: expect.stringContaining('not in the paused state'),
  })
  expect((await pause()).Cluster?.ClusterStatus).toBe('pausing')
  expect(await snapshots('sleepy')).toMatchObject([{ SnapshotType: 'automated' }])
  await expect(resume()).rejects.toBeInstanceOf(InvalidClusterStateFault)
  lab.move('15m')
  expect(await get('sleepy')).toMatchObject({
    ClusterStatus: 'paused',
    ClusterAvailabilityStatus: 'Unavailable',
  })
  await expect(pause()).rejects.toBeInstanceOf(InvalidClusterStateFault)
  await expect(remove('sleepy', { SkipFinalClusterSnapshot: true })).rejects.toBeInstanceOf(
    InvalidClusterStateFault,
  )
  lab.move('2d')
  expect(await snapshots('sleepy')).toHaveLength(1)
  expect((await resume()).Cluster?.ClusterStatus).toBe('resuming')
  lab.move('5m')
  expect((await get('sleepy'))?.ClusterStatus).toBe('available')
})
