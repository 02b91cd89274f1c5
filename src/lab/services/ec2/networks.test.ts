// Networks through the SDK: VPCs and their parts, prefix lists, interfaces, Block Public Access.

import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandInput,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcsCommand,
  type DescribeVpcsCommandInput,
  GetManagedPrefixListEntriesCommand,
  ModifyVpcBlockPublicAccessOptionsCommand,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, partner, testWorld } from '#lab/testing/world.ts'
import { defaultGroupId, defaultSubnets, defaultVpcId } from './use.ts'

const own = { VpcId: 'vpc-0aaaaaaaaaaaaaaa1', CidrBlock: '10.0.0.0/16' }

const lab = useLab(() => {
  const world = testWorld()
  const at = (account: string) => world.accounts[account] ?? { regions: {} }
  at(home).regions = {
    'eu-west-1': {
      vpcs: [{ ...own, Tags: [{ Key: 'Name', Value: 'warehouse' }] }],
      subnets: [
        {
          SubnetId: 'subnet-0aaaaaaaaaaaaaaa1',
          VpcId: own.VpcId,
          CidrBlock: '10.0.1.0/24',
          AvailabilityZone: 'eu-west-1a',
        },
      ],
      prefixLists: [
        {
          PrefixListId: 'pl-0aaaaaaaaaaaaaaa1',
          PrefixListName: 'offices',
          Entries: [{ Cidr: '198.51.100.0/24', Description: 'Hamburg' }, { Cidr: '203.0.113.0/24' }],
          sharedWith: [partner],
        },
      ],
      addresses: [{ AllocationId: 'eipalloc-0aaaaaaaaaaaaaaa1', PublicIp: '203.0.113.7' }],
    },
    'me-south-1': { vpcBlockPublicAccess: 'block-ingress' },
  }
  at(partner).regions = {
    'eu-west-1': { prefixLists: [{ PrefixListId: 'pl-0bbbbbbbbbbbbbbb1', PrefixListName: 'secret' }] },
  }
  return world
})

const here = { name: 'eu-west-1', account: { id: home } }
const vpcs = async (input: DescribeVpcsCommandInput = {}) =>
  (await lab.ec2().send(new DescribeVpcsCommand(input))).Vpcs ?? []
const subnets = (input: DescribeSubnetsCommandInput) => lab.ec2().send(new DescribeSubnetsCommand(input))

test('each region has a default VPC with three subnets, a way out, and a default group', async () => {
  const [vpc] = await vpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] })
  expect(vpc).toMatchObject({
    VpcId: defaultVpcId(here),
    CidrBlock: '172.31.0.0/16',
    OwnerId: home,
    State: 'available',
  })
  const Filters = [{ Name: 'vpc-id', Values: [defaultVpcId(here)] }]
  const { Subnets = [] } = await subnets({ Filters })
  expect(
    Subnets.map(({ SubnetId, AvailabilityZone }) => ({ id: SubnetId, zone: AvailabilityZone })).sort((a, b) =>
      String(a.zone).localeCompare(String(b.zone)),
    ),
  ).toEqual(defaultSubnets(here))
  expect(Subnets[0]).toMatchObject({
    AvailableIpAddressCount: 4091,
    MapPublicIpOnLaunch: true,
    DefaultForAz: true,
  })
  const { RouteTables = [] } = await lab.ec2().send(new DescribeRouteTablesCommand({ Filters }))
  expect(RouteTables[0]?.Routes?.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual([
    '172.31.0.0/16',
    '0.0.0.0/0',
  ])
  const { InternetGateways = [] } = await lab.ec2().send(new DescribeInternetGatewaysCommand({}))
  expect(InternetGateways[0]?.Attachments).toEqual([{ VpcId: defaultVpcId(here), State: 'available' }])
  expect(RouteTables[0]?.Routes?.[1]?.GatewayId).toBe(InternetGateways[0]?.InternetGatewayId)
  const groups = await lab.ec2().send(new DescribeSecurityGroupsCommand({ GroupIds: [defaultGroupId(here)] }))
  expect(groups.SecurityGroups?.[0]).toMatchObject({
    GroupName: 'default',
    Description: 'default VPC security group',
  })
})

test('another region, and another account, has other ids', async () => {
  const { Vpcs = [] } = await lab.ec2(alice, 'us-east-1').send(new DescribeVpcsCommand({}))
  expect(Vpcs.map(({ VpcId }) => VpcId)).toEqual([defaultVpcId({ ...here, name: 'us-east-1' })])
  expect(defaultVpcId(here)).not.toBe(Vpcs[0]?.VpcId)
  const bobs = await lab.ec2(bob).send(new DescribeVpcsCommand({}))
  expect(bobs.Vpcs?.[0]?.OwnerId).toBe(partner)
})

test('a VPC of the world stands beside it, with a group and a route table but no way out', async () => {
  expect(await vpcs({ VpcIds: [own.VpcId] })).toMatchObject([{ ...own, IsDefault: false }])
  expect(await vpcs({ Filters: [{ Name: 'tag:Name', Values: ['ware*'] }] })).toHaveLength(1)
  expect(await vpcs({ Filters: [{ Name: 'tag-key', Values: ['Other'] }] })).toHaveLength(0)
  const Filters = [{ Name: 'vpc-id', Values: [own.VpcId] }]
  const { SecurityGroups } = await lab.ec2().send(new DescribeSecurityGroupsCommand({ Filters }))
  expect(SecurityGroups?.map(({ GroupName }) => GroupName)).toEqual(['default'])
  const { RouteTables } = await lab.ec2().send(new DescribeRouteTablesCommand({ Filters }))
  expect(RouteTables?.[0]?.Routes).toHaveLength(1)
  expect((await subnets({ Filters })).Subnets?.[0]?.AvailableIpAddressCount).toBe(251)
})

test('what is not there is said by a code of its own', async () => {
  await expect(vpcs({ VpcIds: ['vpc-0123'] })).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
    message: "The vpc ID 'vpc-0123' does not exist",
  })
  await expect(subnets({ SubnetIds: ['subnet-0123'] })).rejects.toMatchObject({
    name: 'InvalidSubnetID.NotFound',
  })
  await expect(subnets({ Filters: [{ Name: 'colour', Values: ['x'] }] })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  })
})

test('pages', async () => {
  await expect(subnets({ MaxResults: 4 })).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  await expect(subnets({ MaxResults: 5, SubnetIds: ['subnet-0aaaaaaaaaaaaaaa1'] })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  })
  await expect(subnets({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextToken' })
  const entries = (NextToken?: string) =>
    lab.ec2().send(
      new GetManagedPrefixListEntriesCommand({
        PrefixListId: 'pl-0aaaaaaaaaaaaaaa1',
        MaxResults: 1,
        ...(NextToken && { NextToken }),
      }),
    )
  const first = await entries()
  expect(first.Entries).toEqual([{ Cidr: '198.51.100.0/24', Description: 'Hamburg' }])
  const second = await entries(first.NextToken)
  expect(second.Entries).toEqual([{ Cidr: '203.0.113.0/24' }])
  expect(second.NextToken).toBeUndefined()
})

test('prefix lists: own, of AWS, shared, and those of others that do not exist for us', async () => {
  const names = async (credentials = alice) => {
    const { PrefixLists = [] } = await lab.ec2(credentials).send(new DescribeManagedPrefixListsCommand({}))
    return PrefixLists.map(({ PrefixListName }) => PrefixListName).sort()
  }
  const aws = ['com.amazonaws.eu-west-1.dynamodb', 'com.amazonaws.eu-west-1.s3']
  expect(await names()).toEqual([...aws, 'offices'])
  expect(await names(bob)).toEqual([...aws, 'offices', 'secret'])
  const read = lab
    .ec2()
    .send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0bbbbbbbbbbbbbbb1' }))
  await expect(read).rejects.toMatchObject({
    name: 'InvalidPrefixListID.NotFound',
    message: "The prefix list ID 'pl-0bbbbbbbbbbbbbbb1' does not exist",
  })
})

test('addresses', async () => {
  const { Addresses } = await lab.ec2().send(new DescribeAddressesCommand({}))
  expect(Addresses).toMatchObject([
    { AllocationId: 'eipalloc-0aaaaaaaaaaaaaaa1', PublicIp: '203.0.113.7', Domain: 'vpc' },
  ])
  const unknown = lab.ec2().send(new DescribeAddressesCommand({ PublicIps: ['192.0.2.1'] }))
  await expect(unknown).rejects.toMatchObject({ name: 'InvalidAddress.NotFound' })
  expect((await lab.ec2().send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces).toEqual([])
})

test('Block Public Access', async () => {
  const options = async (region?: string) =>
    (await lab.ec2(alice, region).send(new DescribeVpcBlockPublicAccessOptionsCommand({})))
      .VpcBlockPublicAccessOptions
  expect(await options()).toMatchObject({
    InternetGatewayBlockMode: 'off',
    State: 'default-state',
    AwsAccountId: home,
  })
  expect(await options('me-south-1')).toMatchObject({
    InternetGatewayBlockMode: 'block-ingress',
    State: 'update-complete',
  })
  const change = new ModifyVpcBlockPublicAccessOptionsCommand({
    InternetGatewayBlockMode: 'block-bidirectional',
  })
  expect((await lab.ec2().send(change)).VpcBlockPublicAccessOptions?.State).toBe('update-in-progress')
  lab.move('5m')
  expect(await options()).toMatchObject({
    InternetGatewayBlockMode: 'block-bidirectional',
    State: 'update-complete',
  })
})
