// Parameter groups reset, subnet groups, tags, events and offers through the SDK.

import {
  CreateClusterParameterGroupCommand,
  CreateClusterSubnetGroupCommand,
  CreateSnapshotCopyGrantCommand,
  CreateTagsCommand,
  DeleteClusterParameterGroupCommand,
  DeleteClusterSubnetGroupCommand,
  DeleteTagsCommand,
  DescribeAccountAttributesCommand,
  DescribeClusterParametersCommand,
  DescribeClusterSubnetGroupsCommand,
  DescribeClustersCommand,
  DescribeClusterVersionsCommand,
  DescribeDefaultClusterParametersCommand,
  DescribeEventCategoriesCommand,
  DescribeEventsCommand,
  DescribeOrderableClusterOptionsCommand,
  DescribeReservedNodesCommand,
  DescribeStorageCommand,
  DescribeTagsCommand,
  ModifyClusterParameterGroupCommand,
  ModifyClusterSubnetGroupCommand,
  RebootClusterCommand,
  ResetClusterParameterGroupCommand,
  type ResetClusterParameterGroupMessage,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import type { ClusterSeed } from '#lab/world.ts'

const troubled: ClusterSeed = {
  ClusterIdentifier: 'troubled',
  ParameterGroup: 'strict',
  ClusterParameterGroups: [
    {
      ParameterGroupName: 'strict',
      ClusterParameterStatusList: [
        {
          ParameterName: 'require_ssl',
          ParameterApplyStatus: 'apply-error',
          ParameterApplyErrorDescription: 'It did not work.',
        },
        { ParameterName: 'statement_timeout', ParameterApplyStatus: 'invalid-parameter' },
      ],
    },
    { ParameterGroupName: 'unused', ParameterApplyStatus: 'in-sync' },
  ],
}

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  region?.clusters?.push(troubled)
  if (region) region.snapshots = [{ SnapshotIdentifier: 'weekly', ClusterIdentifier: 'sales' }]
  return world
})

const arn = (name: string) => `arn:aws:redshift:eu-west-1:${home}:${name}`

const reset = (
  input: Omit<ResetClusterParameterGroupMessage, 'ParameterGroupName'>,
  ParameterGroupName = 'lax',
) => lab.redshift().send(new ResetClusterParameterGroupCommand({ ParameterGroupName, ...input }))

const set = (values: Record<string, string>) =>
  lab.redshift().send(
    new ModifyClusterParameterGroupCommand({
      ParameterGroupName: 'lax',
      Parameters: Object.entries(values).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
      })),
    }),
  )

async function user(ParameterGroupName = 'lax') {
  const input = { ParameterGroupName, Source: 'user' }
  const { Parameters } = await lab.redshift().send(new DescribeClusterParametersCommand(input))
  return Parameters?.map((parameter) => parameter.ParameterName)
}

async function groupsOf(ClusterIdentifier: string) {
  const { Clusters } = await lab.redshift().send(new DescribeClustersCommand({ ClusterIdentifier }))
  return Clusters?.[0]?.ClusterParameterGroups
}

async function eventsOf(SourceIdentifier: string, SourceType: 'cluster-parameter-group' | 'cluster') {
  const { Events } = await lab.redshift().send(new DescribeEventsCommand({ SourceIdentifier, SourceType }))
  return Events ?? []
}

test('resetting gives back the defaults of the family, of all parameters unless some are named', async () => {
  await set({ require_ssl: 'true', statement_timeout: '500', use_fips_ssl: 'true' })
  await expect(reset({ ResetAllParameters: false })).rejects.toThrow(
    'At least one parameter must be supplied.',
  )
  await expect(
    reset({ ResetAllParameters: false, Parameters: [{ ParameterName: 'nonsense' }] }),
  ).rejects.toThrow('Could not find parameter with name: nonsense')
  await expect(reset({}, 'default.redshift-1.0')).rejects.toThrow('Cannot reset a default parameter group.')
  const { ParameterGroupStatus } = await reset({
    ResetAllParameters: false,
    Parameters: [{ ParameterName: 'require_ssl' }],
  })
  expect(ParameterGroupStatus).toContain("won't get applied until you reboot")
  expect(await user()).toEqual(['statement_timeout', 'use_fips_ssl'])
  await reset({})
  expect(await user()).toEqual([])
  expect((await groupsOf('sales'))?.[0]?.ParameterApplyStatus).toBe('pending-reboot')
  await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'sales' }))
  lab.move('3m')
  expect((await groupsOf('sales'))?.[0]?.ParameterApplyStatus).toBe('in-sync')
})

test('what happens to a group is told of the group and of its clusters', async () => {
  await set({ require_ssl: 'true' })
  const [changed] = (await eventsOf('lax', 'cluster-parameter-group')).slice(-2)
  expect(changed).toMatchObject({
    EventId: 'REDSHIFT-EVENT-1002',
    Severity: 'INFO',
    EventCategories: ['configuration'],
    Message: expect.stringContaining('The parameter require_ssl was updated from false to true at '),
  })
  expect((await eventsOf('sales', 'cluster')).at(-1)?.EventId).toBe('REDSHIFT-EVENT-1000')
  await expect(
    lab.redshift().send(new DescribeEventsCommand({ SourceIdentifier: 'lax' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' })
  lab.move('61m')
  expect(await eventsOf('lax', 'cluster-parameter-group')).toEqual([])
  const all = { Duration: 30_000, SourceType: 'cluster-parameter-group' } as const
  expect((await lab.redshift().send(new DescribeEventsCommand(all))).Events?.length).toBeGreaterThan(4)
  lab.move('14d')
  expect((await lab.redshift().send(new DescribeEventsCommand(all))).Events).toEqual([])
})

test('a value that did not reach the database is shown as AWS says it, until it is set again', async () => {
  const [first, second] = (await groupsOf('troubled')) ?? []
  expect(first).toMatchObject({ ParameterGroupName: 'strict', ParameterApplyStatus: 'apply-error' })
  const list = first?.ClusterParameterStatusList
  expect(list?.find(({ ParameterName }) => ParameterName === 'require_ssl')).toEqual({
    ParameterName: 'require_ssl',
    ParameterApplyStatus: 'apply-error',
    ParameterApplyErrorDescription: 'It did not work.',
  })
  expect(list?.find(({ ParameterName }) => ParameterName === 'statement_timeout')?.ParameterApplyStatus).toBe(
    'invalid-parameter',
  )
  expect(second).toMatchObject({ ParameterGroupName: 'unused' })
  await expect(
    lab.redshift().send(new DeleteClusterParameterGroupCommand({ ParameterGroupName: 'unused' })),
  ).rejects.toMatchObject({ name: 'InvalidClusterParameterGroupStateFault' })
  await lab.redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'troubled' }))
  lab.move('3m')
  expect((await groupsOf('troubled'))?.[0]?.ParameterApplyStatus).toBe('in-sync')
})

test('the defaults of a family are told', async () => {
  const describe = (ParameterGroupFamily: string) =>
    lab.redshift().send(new DescribeDefaultClusterParametersCommand({ ParameterGroupFamily }))
  const { DefaultClusterParameters } = await describe('redshift-2.0')
  const ssl = DefaultClusterParameters?.Parameters?.find(
    ({ ParameterName }) => ParameterName === 'require_ssl',
  )
  expect(ssl).toMatchObject({ ParameterValue: 'true', Source: 'engine-default' })
  await expect(describe('redshift-9.0')).rejects.toMatchObject({ name: 'InvalidParameterValue' })
})

test('resources of every kind have tags', async () => {
  const client = lab.redshift()
  const create = (ResourceName: string, Key: string, Value = 'x') =>
    client.send(new CreateTagsCommand({ ResourceName, Tags: [{ Key, Value }] }))
  await client.send(
    new CreateClusterParameterGroupCommand({
      ParameterGroupName: 'tagged',
      ParameterGroupFamily: 'redshift-2.0',
      Description: 'd',
      Tags: [{ Key: 'colour', Value: 'red' }],
    }),
  )
  await client.send(new CreateSnapshotCopyGrantCommand({ SnapshotCopyGrantName: 'travel' }))
  await create(arn('snapshotcopygrant:travel'), 'colour', 'white')
  await create(arn('cluster:sales'), 'colour', 'blue')
  await create(arn('cluster:sales'), 'colour', 'green')
  await create(arn('snapshot:sales/weekly'), 'colour', 'grey')
  await expect(create(arn('cluster:none'), 'a')).rejects.toMatchObject({ name: 'ResourceNotFoundFault' })
  await expect(create(arn('cluster:sales'), 'aws:a')).rejects.toMatchObject({ name: 'InvalidTagFault' })
  const { TaggedResources } = await client.send(new DescribeTagsCommand({ TagKeys: ['colour'] }))
  expect(
    TaggedResources?.map(({ ResourceName, ResourceType, Tag }) => [ResourceName, ResourceType, Tag?.Value]),
  ).toEqual([
    [arn('cluster:sales'), 'cluster', 'green'],
    [arn('parametergroup:tagged'), 'parameter group', 'red'],
    [arn('snapshot:sales/weekly'), 'snapshot', 'grey'],
    [arn('snapshotcopygrant:travel'), 'snapshot copy grant', 'white'],
  ])
  await client.send(new DeleteTagsCommand({ ResourceName: arn('cluster:sales'), TagKeys: ['colour'] }))
  const { TaggedResources: left } = await client.send(
    new DescribeTagsCommand({ ResourceName: arn('cluster:sales') }),
  )
  expect(left?.map(({ Tag }) => Tag)).toEqual([{ Key: 'team', Value: 'sales' }])
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }))
  await expect(
    client.send(new CreateTagsCommand({ ResourceName: arn('cluster:sales'), Tags: many })),
  ).rejects.toMatchObject({ name: 'TagLimitExceededFault' })
})

test('subnet groups hold subnets of one VPC and cannot go while in use', async () => {
  const client = lab.redshift()
  const { ClusterSubnetGroups } = await client.send(new DescribeClusterSubnetGroupsCommand({}))
  expect(ClusterSubnetGroups).toMatchObject([
    { ClusterSubnetGroupName: 'default', SubnetGroupStatus: 'Complete' },
  ])
  const subnets =
    ClusterSubnetGroups?.[0]?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier ?? '') ?? []
  const create = (name: string, SubnetIds: string[]) =>
    client.send(
      new CreateClusterSubnetGroupCommand({ ClusterSubnetGroupName: name, Description: 'd', SubnetIds }),
    )
  await expect(create('mine', ['subnet-00000000000000000'])).rejects.toMatchObject({ name: 'InvalidSubnet' })
  const { ClusterSubnetGroup } = await create('Mine', subnets.slice(0, 2))
  expect(ClusterSubnetGroup).toMatchObject({ ClusterSubnetGroupName: 'mine', Subnets: [{}, {}] })
  await expect(create('mine', subnets)).rejects.toMatchObject({
    name: 'ClusterSubnetGroupAlreadyExistsFault',
  })
  const modified = await client.send(
    new ModifyClusterSubnetGroupCommand({ ClusterSubnetGroupName: 'mine', SubnetIds: subnets }),
  )
  expect(modified.ClusterSubnetGroup?.Subnets).toHaveLength(3)
  const remove = (ClusterSubnetGroupName: string) =>
    client.send(new DeleteClusterSubnetGroupCommand({ ClusterSubnetGroupName }))
  await expect(remove('default')).rejects.toMatchObject({ name: 'InvalidClusterSubnetGroupStateFault' })
  await remove('mine')
  await expect(remove('mine')).rejects.toMatchObject({ name: 'ClusterSubnetGroupNotFoundFault' })
})

test('what Redshift offers, and what of it is used', async () => {
  const client = lab.redshift()
  const versions = await client.send(new DescribeClusterVersionsCommand({}))
  expect(versions.ClusterVersions?.map((version) => version.ClusterParameterGroupFamily)).toEqual([
    'redshift-1.0',
    'redshift-2.0',
  ])
  const { OrderableClusterOptions: options } = await client.send(
    new DescribeOrderableClusterOptionsCommand({}),
  )
  expect(options?.some(({ NodeType }) => NodeType?.startsWith('dc2'))).toBe(false)
  expect(
    options?.filter(({ NodeType }) => NodeType === 'ra3.large').map(({ ClusterType }) => ClusterType),
  ).toEqual(['multi-node', 'single-node'])
  expect(await client.send(new DescribeReservedNodesCommand({}))).toMatchObject({ ReservedNodes: [] })
  const { AccountAttributes } = await client.send(
    new DescribeAccountAttributesCommand({ AttributeNames: ['max-defer-maintenance-duration'] }),
  )
  expect(AccountAttributes).toEqual([
    { AttributeName: 'max-defer-maintenance-duration', AttributeValues: [{ AttributeValue: '60' }] },
  ])
  expect((await client.send(new DescribeStorageCommand({}))).TotalBackupSizeInMegaBytes).toBe(1_024)
  const { EventCategoriesMapList } = await client.send(
    new DescribeEventCategoriesCommand({ SourceType: 'cluster' }),
  )
  expect(EventCategoriesMapList?.[0]?.Events?.[0]).toMatchObject({ EventId: 'REDSHIFT-EVENT-1000' })
})
