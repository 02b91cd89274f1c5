// What worlds say of subnet groups, events, resource policies and authentication profiles, as the SDK reads it, and what they cannot say.

import {
  DescribeAuthenticationProfilesCommand,
  DescribeClusterSubnetGroupsCommand,
  DescribeClustersCommand,
  DescribeEventsCommand,
  GetResourcePolicyCommand,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { startLab } from '#lab/index.ts'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home, partner, testWorld } from '#lab/testing/world.ts'
import type { RegionSeed } from '#lab/world.ts'

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${partner}:root` },
      Action: 'redshift:CreateInboundIntegration',
    },
  ],
}
const subnet = (number: number, zone: string) => ({
  SubnetId: `subnet-000000000000000a${number}`,
  VpcId: 'vpc-000000000000000a1',
  CidrBlock: `10.1.${number}.0/24`,
  AvailabilityZone: `us-east-1${zone}`,
})

const region: RegionSeed = {
  vpcs: [{ VpcId: 'vpc-000000000000000a1', CidrBlock: '10.1.0.0/16' }],
  subnets: [subnet(1, 'a'), subnet(2, 'b')],
  subnetGroups: [
    {
      ClusterSubnetGroupName: 'Inner',
      Description: 'two zones',
      Subnets: [1, 2].map((number) => ({ SubnetIdentifier: `subnet-000000000000000a${number}` })),
      Tags: [{ Key: 'team', Value: 'data' }],
    },
  ],
  clusters: [{ ClusterIdentifier: 'deep', ClusterSubnetGroupName: 'inner' }],
  namespacePolicies: [{ ClusterIdentifier: 'deep', Policy: policy }],
  authenticationProfiles: [
    { AuthenticationProfileName: 'analysts', AuthenticationProfileContent: { AllowDBUserOverride: '1' } },
    { AuthenticationProfileName: 'others', AuthenticationProfileContent: '{"App_ID": "x"}' },
  ],
  redshiftEvents: [
    { EventId: 'REDSHIFT-EVENT-3000', SourceIdentifier: 'deep', Date: '-2h' },
    {
      EventId: 'REDSHIFT-EVENT-1002',
      SourceIdentifier: 'strict',
      Date: '-3h',
      Message: 'The parameter require_ssl was updated from true to false at some time.',
    },
  ],
}

function world(change: Partial<RegionSeed> = {}) {
  const made = testWorld()
  const account = made.accounts[home]
  if (account) account.regions['us-east-1'] = { ...structuredClone(region), ...change }
  return made
}

const lab = useLab(world)
const redshift = () => lab.redshift(alice, 'us-east-1')

test('a subnet group has the zones of its subnets, and its cluster stands in its VPC', async () => {
  const command = new DescribeClusterSubnetGroupsCommand({ ClusterSubnetGroupName: 'inner' })
  const { ClusterSubnetGroups = [] } = await redshift().send(command)
  expect(ClusterSubnetGroups).toMatchObject([
    {
      ...{ ClusterSubnetGroupName: 'inner', Description: 'two zones', VpcId: 'vpc-000000000000000a1' },
      Subnets: [
        { SubnetAvailabilityZone: { Name: 'us-east-1a' } },
        { SubnetAvailabilityZone: { Name: 'us-east-1b' } },
      ],
      Tags: [{ Key: 'team', Value: 'data' }],
    },
  ])
  const { Clusters } = await redshift().send(new DescribeClustersCommand({ ClusterIdentifier: 'deep' }))
  expect(Clusters).toMatchObject([{ VpcId: 'vpc-000000000000000a1', ClusterSubnetGroupName: 'inner' }])
})

test('events are told oldest first, in the words of their ids', async () => {
  const { Events = [] } = await redshift().send(new DescribeEventsCommand({ Duration: 1_440 }))
  expect(Events.map(({ EventId, SourceType }) => [EventId, SourceType])).toEqual([
    ['REDSHIFT-EVENT-1002', 'cluster-parameter-group'],
    ['REDSHIFT-EVENT-3000', 'cluster'],
  ])
  expect(Events[0]?.Message).toContain('from true to false')
  expect(Events[1]?.Message).toMatch(/^Your Amazon Redshift cluster deep was rebooted at .* UTC\.$/)
  const { Events: late = [] } = await redshift().send(new DescribeEventsCommand({ Duration: 150 }))
  expect(late).toHaveLength(1)
})

test('the policy of a namespace is there', async () => {
  const { Clusters = [] } = await redshift().send(new DescribeClustersCommand({ ClusterIdentifier: 'deep' }))
  const ResourceArn = Clusters[0]?.ClusterNamespaceArn
  const { ResourcePolicy } = await redshift().send(new GetResourcePolicyCommand({ ResourceArn }))
  expect(JSON.parse(ResourcePolicy?.Policy ?? '')).toEqual(policy)
})

test('authentication profiles are there, as objects and as text', async () => {
  const { AuthenticationProfiles } = await redshift().send(new DescribeAuthenticationProfilesCommand({}))
  expect(AuthenticationProfiles).toEqual([
    { AuthenticationProfileName: 'analysts', AuthenticationProfileContent: '{"AllowDBUserOverride":"1"}' },
    { AuthenticationProfileName: 'others', AuthenticationProfileContent: '{"App_ID": "x"}' },
  ])
})

const profile = { AuthenticationProfileName: 'analysts', AuthenticationProfileContent: {} }
const group = { ClusterSubnetGroupName: 'inner', Subnets: [{ SubnetIdentifier: 'subnet-1' }] }
const event = { EventId: 'REDSHIFT-EVENT-3000', SourceIdentifier: 'deep' }
test.each<[Partial<RegionSeed>, string]>([
  [
    { subnetGroups: [group] },
    'the subnet group inner in us-east-1 is one that AWS refuses: The requested subnet subnet-1',
  ],
  [
    { subnetGroups: [...(region.subnetGroups ?? []), ...(region.subnetGroups ?? [])] },
    'the subnet group inner in us-east-1 is given twice',
  ],
  [{ redshiftEvents: [{ ...event, EventId: 'REDSHIFT-EVENT-9' }] }, 'is not one that the lab knows'],
  [
    { redshiftEvents: [{ ...event, SourceType: 'cluster' }] },
    'cannot say SourceType: it follows from EventId',
  ],
  [{ redshiftEvents: [{ ...event, EventId: 'REDSHIFT-EVENT-1002' }] }, 'needs a Message'],
  [
    { namespacePolicies: [{ ClusterIdentifier: 'nowhere', Policy: policy }] },
    'the resource policy of cluster nowhere in us-east-1 is for a cluster that is not there',
  ],
  [
    { namespacePolicies: [{ ClusterIdentifier: 'deep', Policy: '{' }] },
    'the resource policy of cluster deep in us-east-1 is one that AWS refuses:',
  ],
  [{ authenticationProfiles: [profile, profile] }, 'the world has the authentication profile analysts twice'],
  [
    { authenticationProfiles: [{ ...profile, AuthenticationProfileContent: '[]' }] },
    'the authentication profile analysts in us-east-1 is one that AWS refuses:',
  ],
])('%j is refused', async (change, sentence) => {
  await expect(startLab({ world: world(change) })).rejects.toThrow(sentence)
})
