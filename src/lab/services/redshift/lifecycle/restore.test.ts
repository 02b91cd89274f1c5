// RestoreFromClusterSnapshot and RestoreTableFromClusterSnapshot through the SDK.

import { CreateGrantCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import {
  type Cluster,
  DescribeClustersCommand,
  DescribeEventsCommand,
  DescribeTableRestoreStatusCommand,
  type RedshiftClient,
  RestoreFromClusterSnapshotCommand,
  type RestoreFromClusterSnapshotMessage,
  RestoreTableFromClusterSnapshotCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, carol, home, partner, testWorld } from '#lab/testing/world.ts'

const keyId = '0a1b2c3d-0000-4000-8000-0000000000e1'
const elsewhere = 'arn:aws:kms:eu-west-1:999999999999:key/11111111-2222-3333-4444-555555555555'

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  const carols = world.accounts[home]?.accessKeys.find(({ user }) => user === 'carol')
  const action = 'redshift:RestoreFromClusterSnapshot'
  const arn = (name: string) => `arn:aws:redshift:eu-west-1:${home}:${name}`
  carols?.denied?.push({ action, resource: arn('snapshot:sales/weekly') })
  carols?.denied?.push({ action, resource: arn('cluster:forbidden') })
  const shared = { AccountsWithRestoreAccess: [{ AccountId: partner }] }
  if (region) {
    region.keys = [{ KeyId: keyId, aliases: ['shared'] }]
    region.snapshots = [
      { SnapshotIdentifier: 'weekly', ClusterIdentifier: 'sales' },
      { SnapshotIdentifier: 'rs:sales-1', ClusterIdentifier: 'sales' },
      {
        SnapshotIdentifier: 'orphan',
        ClusterIdentifier: 'long-gone',
        NodeType: 'ra3.4xlarge',
        NumberOfNodes: 3,
      },
      { SnapshotIdentifier: 'open', ClusterIdentifier: 'sales', Encrypted: false, ...shared },
      { SnapshotIdentifier: 'closed', ClusterIdentifier: 'sales', Encrypted: false },
      { SnapshotIdentifier: 'owned-key', ClusterIdentifier: 'sales', ...shared },
      { SnapshotIdentifier: 'foreign-key', ClusterIdentifier: 'sales', KmsKeyId: elsewhere, ...shared },
      { SnapshotIdentifier: 'by-key', ClusterIdentifier: 'sales', KmsKeyId: 'alias/shared', ...shared },
      { SnapshotIdentifier: 'old', ClusterIdentifier: 'scratch', NodeType: 'dc2.large' },
      { SnapshotIdentifier: 'making', ClusterIdentifier: 'sales', Status: 'creating' },
      { SnapshotIdentifier: 'copy:weekly', ClusterIdentifier: 'far', SourceRegion: 'eu-central-1' },
    ]
  }
  return world
})

const restore = (
  id: string,
  input: Partial<RestoreFromClusterSnapshotMessage>,
  client: RedshiftClient = lab.redshift(),
) => client.send(new RestoreFromClusterSnapshotCommand({ ClusterIdentifier: id, ...input }))

async function get(id: string, client = lab.redshift()): Promise<Cluster | undefined> {
  const { Clusters } = await client.send(new DescribeClustersCommand({ ClusterIdentifier: id }))
  return Clusters?.[0]
}

const bobs = () => lab.redshift(bob)
const restoreByKey = (id: string) => restore(id, { SnapshotIdentifier: 'by-key', OwnerAccount: home }, bobs())

async function putPolicy(...statements: object[]) {
  const Statement = statements.map((one) => ({ ...one, Resource: '*' }))
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  await lab.kms().send(new PutKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default', Policy }))
}

test('one that is being made is restored when it is complete', async () => {
  await expect(restore('early', { SnapshotIdentifier: 'making' })).rejects.toMatchObject({
    name: 'InvalidClusterSnapshotStateFault',
    message: expect.stringContaining('not in the available state'),
  })
  lab.move('5m')
  expect((await restore('early', { SnapshotIdentifier: 'making' })).Cluster?.ClusterStatus).toBe('creating')
})

test('a restored cluster is private, in redshift-2.0, and says how far it is', async () => {
  const { Cluster } = await restore('again', { SnapshotIdentifier: 'Weekly' })
  expect(Cluster).toMatchObject({
    ClusterStatus: 'creating',
    RestoreStatus: { Status: 'starting' },
    PubliclyAccessible: false,
    Encrypted: true,
    NodeType: 'ra3.xlplus',
    NumberOfNodes: 2,
    ClusterParameterGroups: [expect.objectContaining({ ParameterGroupName: 'default.redshift-2.0' })],
  })
  expect(Cluster?.Endpoint).toBeUndefined()
  lab.move('5m')
  expect(await get('again')).toMatchObject({
    ClusterStatus: 'creating',
    RestoreStatus: { Status: 'restoring' },
  })
  lab.move('5m')
  expect(await get('again')).toMatchObject({
    ClusterStatus: 'available',
    RestoreStatus: { Status: 'completed' },
    Endpoint: { Port: 5439 },
  })
  const input = { SourceIdentifier: 'again', SourceType: 'cluster' } as const
  const { Events } = await lab.redshift().send(new DescribeEventsCommand(input))
  expect(Events?.map(({ EventId }) => EventId)).toEqual(['REDSHIFT-EVENT-2008', 'REDSHIFT-EVENT-3003'])
  expect(Events?.[1]?.Message).toContain('successfully created from snapshot weekly')
})

test('automated snapshots, orphans, copies and ARNs restore, with other nodes where asked', async () => {
  await restore('from-rs', { SnapshotIdentifier: 'rs:sales-1', SnapshotClusterIdentifier: 'sales' })
  await restore('from-copy', { SnapshotIdentifier: 'copy:weekly' })
  const SnapshotArn = `arn:aws:redshift:eu-west-1:${home}:snapshot:long-gone/orphan`
  expect((await restore('from-orphan', { SnapshotArn })).Cluster).toMatchObject({
    NodeType: 'ra3.4xlarge',
    NumberOfNodes: 3,
  })
  const other = { SnapshotIdentifier: 'orphan', NodeType: 'rg.xlarge', NumberOfNodes: 4, Port: 8200 }
  expect((await restore('other', other)).Cluster).toMatchObject({ NodeType: 'rg.xlarge', NumberOfNodes: 4 })
  lab.move('10m')
  expect((await get('other'))?.Endpoint?.Port).toBe(8200)
})

test.each<[string, Partial<RestoreFromClusterSnapshotMessage>, string, string]>([
  [
    'an unknown snapshot',
    { SnapshotIdentifier: 'none' },
    'ClusterSnapshotNotFoundFault',
    'Snapshot not found',
  ],
  [
    'the wrong cluster',
    { SnapshotIdentifier: 'weekly', SnapshotClusterIdentifier: 'stock' },
    'ClusterSnapshotNotFoundFault',
    'Snapshot not found',
  ],
  ['no snapshot', {}, 'InvalidParameterCombination', 'either SnapshotIdentifier or SnapshotArn'],
  [
    'another dc2',
    { SnapshotIdentifier: 'old', NodeType: 'dc2.8xlarge' },
    'InvalidRestoreFault',
    'restore is invalid',
  ],
  [
    'dc2 from RA3',
    { SnapshotIdentifier: 'weekly', NodeType: 'dc2.large' },
    'InvalidParameterValue',
    'Invalid node type',
  ],
  [
    'decryption',
    { SnapshotIdentifier: 'weekly', Encrypted: false },
    'InvalidParameterCombination',
    'encrypted snapshot',
  ],
  ['a bad port', { SnapshotIdentifier: 'weekly', Port: 22 }, 'InvalidParameterValue', '5431-5455'],
])('%s is refused', async (_what, input, name, message) => {
  await expect(restore('wrong', input)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  })
})

test('IAM is asked about the snapshot and about the new cluster', async () => {
  const carols = lab.redshift(carol)
  const refusal = (resource: string) => ({
    name: 'AccessDenied',
    message: expect.stringContaining(`on resource: arn:aws:redshift:eu-west-1:${home}:${resource}`),
  })
  const weekly = { SnapshotIdentifier: 'weekly', SnapshotClusterIdentifier: 'sales' }
  await expect(restore('hers', weekly, carols)).rejects.toMatchObject(refusal('snapshot:sales/weekly'))
  await expect(restore('Forbidden', { SnapshotIdentifier: 'open' }, carols)).rejects.toMatchObject(
    refusal('cluster:forbidden'),
  )
  await restore('hers', { SnapshotIdentifier: 'open' }, carols)
})

test('a name that is taken is refused', async () => {
  await expect(restore('sales', { SnapshotIdentifier: 'weekly' })).rejects.toMatchObject({
    name: 'ClusterAlreadyExistsFault',
  })
})

test('an unencrypted snapshot makes an unencrypted cluster, unless encryption is asked for', async () => {
  expect((await restore('bare', { SnapshotIdentifier: 'open' })).Cluster?.Encrypted).toBe(false)
  const { Cluster } = await restore('sealed', { SnapshotIdentifier: 'open', Encrypted: true })
  expect(Cluster?.Encrypted).toBe(true)
})

test('an account restores what was shared with it, and names the owner', async () => {
  await expect(restore('mine', { SnapshotIdentifier: 'open' }, bobs())).rejects.toMatchObject({
    name: 'ClusterSnapshotNotFoundFault',
  })
  const { Cluster } = await restore('mine', { SnapshotIdentifier: 'open', OwnerAccount: home }, bobs())
  expect(Cluster).toMatchObject({ ClusterIdentifier: 'mine', Encrypted: false })
  lab.move('10m')
  expect((await get('mine', bobs()))?.ClusterStatus).toBe('available')
  await expect(get('mine', lab.redshift(alice))).rejects.toMatchObject({ name: 'ClusterNotFoundFault' })
  await expect(
    restore('yours', { SnapshotIdentifier: 'closed', OwnerAccount: home }, bobs()),
  ).rejects.toMatchObject({ name: 'AccessToSnapshotDeniedFault' })
})

test('a share without the key is no use', async () => {
  const denied = {
    name: 'UnauthorizedOperation',
    message: 'Access Denied. Please ensure that your IAM Permissions allow this operation.',
  }
  for (const SnapshotIdentifier of ['owned-key', 'foreign-key']) {
    await expect(restore('nope', { SnapshotIdentifier, OwnerAccount: home }, bobs())).rejects.toMatchObject(
      denied,
    )
  }
})

test('a key may let another account in through Redshift alone, for this snapshot alone', async () => {
  const allow = async (Condition: object) => {
    const own = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${home}:root` }, Action: 'kms:*' }
    const theirs = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${partner}:root` },
      Action: 'kms:Decrypt',
    }
    await putPolicy(own, { ...theirs, Condition })
  }
  const equals = (name: string, value: string) => ({ StringEquals: { [`kms:${name}`]: value } })
  const clusterArn = (id: string) => `arn:aws:redshift:eu-west-1:${home}:cluster:${id}`
  const wrong = [
    equals('ViaService', 'redshift.us-east-1.amazonaws.com'),
    equals('ViaService', 's3.eu-west-1.amazonaws.com'),
    equals('CallerAccount', home),
    equals('EncryptionContext:aws:redshift:arn', clusterArn('stock')),
    { StringEquals: { 'aws:PrincipalOrgID': 'o-somebodyelse' } },
  ]
  for (const condition of wrong) {
    await allow(condition)
    await expect(restoreByKey('kept-out')).rejects.toMatchObject({ name: 'UnauthorizedOperation' })
  }
  const right = [
    equals('ViaService', 'redshift.eu-west-1.amazonaws.com'),
    equals('CallerAccount', partner),
    equals('EncryptionContext:aws:redshift:arn', clusterArn('sales')),
  ]
  for (const [index, condition] of right.entries()) {
    await allow(condition)
    expect((await restoreByKey(`let-in-${index}`)).Cluster?.Encrypted).toBe(true)
  }
})

test('a grant that is bound to the snapshot lets another account in as well', async () => {
  await putPolicy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${home}:root` }, Action: 'kms:*' })
  const grant = (id: string) => {
    const bound = { 'aws:redshift:arn': `arn:aws:redshift:eu-west-1:${home}:cluster:${id}` }
    const command = new CreateGrantCommand({
      ...{ KeyId: keyId, GranteePrincipal: `arn:aws:iam::${partner}:root`, Operations: ['Decrypt'] },
      Constraints: { EncryptionContextSubset: bound },
    })
    return lab.kms().send(command)
  }
  await grant('stock')
  await expect(restoreByKey('granted')).rejects.toMatchObject({ name: 'UnauthorizedOperation' })
  await grant('sales')
  expect((await restoreByKey('granted')).Cluster?.Encrypted).toBe(true)
})

test('whoever restores must be allowed to decrypt, also in the owner’s account', async () => {
  const denial = { accessKeyId: alice.accessKeyId, action: 'kms:Decrypt' }
  await lab.control('POST', 'deny', denial)
  await expect(restore('undecrypted', { SnapshotIdentifier: 'by-key' })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('kms:Decrypt'),
  })
  await lab.control('POST', 'allow', denial)
  expect((await restore('decrypted', { SnapshotIdentifier: 'by-key' })).Cluster?.Encrypted).toBe(true)
})

test('a table is restored from a snapshot of its own cluster', async () => {
  const table = {
    ClusterIdentifier: 'sales',
    SnapshotIdentifier: 'weekly',
    SourceDatabaseName: 'dev',
    SourceTableName: 'orders',
    NewTableName: 'orders_before',
  }
  const send = (input: Partial<typeof table>) =>
    lab.redshift().send(new RestoreTableFromClusterSnapshotCommand({ ...table, ...input }))
  await expect(send({ SnapshotIdentifier: 'orphan' })).rejects.toMatchObject({
    name: 'InvalidTableRestoreArgumentFault',
  })
  await expect(send({ SnapshotIdentifier: 'closed' })).rejects.toThrow('before it was encrypted')
  await expect(send({ SnapshotIdentifier: 'none' })).rejects.toMatchObject({
    name: 'ClusterSnapshotNotFoundFault',
  })
  const { TableRestoreStatus: begun } = await send({})
  expect(begun).toMatchObject({
    Status: 'IN_PROGRESS',
    SourceSchemaName: 'public',
    TargetDatabaseName: 'dev',
    NewTableName: 'orders_before',
  })
  lab.move('5m')
  const TableRestoreRequestId = begun?.TableRestoreRequestId
  const { TableRestoreStatusDetails } = await lab
    .redshift()
    .send(new DescribeTableRestoreStatusCommand({ TableRestoreRequestId }))
  expect(TableRestoreStatusDetails).toMatchObject([{ Status: 'SUCCEEDED', ProgressInMegaBytes: 16 }])
  await expect(
    lab.redshift().send(new DescribeTableRestoreStatusCommand({ TableRestoreRequestId: 'none' })),
  ).rejects.toMatchObject({ name: 'TableRestoreNotFoundFault' })
})
