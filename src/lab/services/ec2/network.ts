// The network of a region, its default VPC made when it is first looked at: "Default VPC components", VPC User Guide.

import type { AttachmentStatus, RouteTable, Subnet, Vpc } from '@aws-sdk/client-ec2'
import { arnIn, type Region } from '#lab/state.ts'
import type { Ec2, Group, Rule } from './model.ts'
import { defaultGroupId, defaultSubnets, defaultVpcId, standingId } from './use.ts'

/** The network of a region. A default VPC is there unless the world says which one it is. */
export function networkOf(region: Region): Ec2 {
  const { ec2 } = region
  if (ec2.isFurnished) return ec2
  ec2.isFurnished = true
  if ([...ec2.vpcs.values()].some(({ IsDefault }) => IsDefault)) return ec2
  const VpcId = defaultVpcId(region)
  addVpc(region, { VpcId, CidrBlock: '172.31.0.0/16', IsDefault: true })
  for (const [index, { zone, id }] of defaultSubnets(region).entries()) {
    const CidrBlock = `172.31.${index * 16}.0/20`
    const facts = { DefaultForAz: true, MapPublicIpOnLaunch: true }
    addSubnet(region, { SubnetId: id, VpcId, CidrBlock, AvailabilityZone: zone, ...facts })
  }
  const gateway = standingId('igw', 'default gateway', region)
  ec2.gateways.set(gateway, {
    InternetGatewayId: gateway,
    OwnerId: region.account.id,
    // The state of an attached gateway, whatever the type says (API, InternetGatewayAttachment).
    Attachments: [{ VpcId, State: 'available' as AttachmentStatus }],
    Tags: [],
  })
  mainTableOf(ec2, VpcId)?.Routes?.push({
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: gateway,
    Origin: 'CreateRoute',
    State: 'active',
  })
  return ec2
}

/** Adds a VPC with what AWS makes with it: a main route table and a default security group. */
export function addVpc(region: Region, facts: Vpc & { VpcId: string; CidrBlock: string }): void {
  const { ec2, account } = region
  const { VpcId, CidrBlock } = facts
  ec2.vpcs.set(VpcId, {
    OwnerId: account.id,
    State: 'available',
    InstanceTenancy: 'default',
    IsDefault: false,
    DhcpOptionsId: standingId('dopt', 'default options', region),
    CidrBlockAssociationSet: [
      {
        AssociationId: standingId('vpc-cidr-assoc', VpcId, region),
        CidrBlock,
        CidrBlockState: { State: 'associated' },
      },
    ],
    Tags: [],
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    ...facts,
  })
  const table = mainTable(region, VpcId, CidrBlock)
  ec2.routeTables.set(table.RouteTableId, table)
  const id = facts.IsDefault ? defaultGroupId(region) : standingId('sg', `default group of ${VpcId}`, region)
  ec2.groups.set(id, defaultGroup(id, VpcId, region))
}

function mainTable(region: Region, VpcId: string, CidrBlock: string): RouteTable & { RouteTableId: string } {
  const RouteTableId = standingId('rtb', `main table of ${VpcId}`, region)
  const RouteTableAssociationId = standingId('rtbassoc', `main table of ${VpcId}`, region)
  const associated = { AssociationState: { State: 'associated' as const }, Main: true }
  return {
    RouteTableId,
    VpcId,
    OwnerId: region.account.id,
    Associations: [{ RouteTableAssociationId, RouteTableId, ...associated }],
    Routes: [
      { DestinationCidrBlock: CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
    ],
    PropagatingVgws: [],
    Tags: [],
  }
}

/** The main route table of a VPC. */
export function mainTableOf({ routeTables }: Ec2, vpc: string): RouteTable | undefined {
  return [...routeTables.values()].find(
    ({ VpcId, Associations }) => VpcId === vpc && Associations?.some(({ Main }) => Main),
  )
}

/** Adds a subnet. */
export function addSubnet(
  region: Region,
  facts: Subnet & { SubnetId: string; VpcId: string; CidrBlock: string; AvailabilityZone: string },
): void {
  const { ec2, account } = region
  const [, bits = '24'] = facts.CidrBlock.split('/')
  ec2.subnets.set(facts.SubnetId, {
    OwnerId: account.id,
    State: 'available',
    AvailabilityZoneId: zoneIdOf(facts.AvailabilityZone),
    // "The first four IP addresses and the last IP address in each subnet are not available": VPC User Guide.
    AvailableIpAddressCount: 2 ** (32 - Number(bits)) - 5,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    SubnetArn: arnIn(region, 'ec2', `subnet/${facts.SubnetId}`),
    Tags: [],
    ...facts,
  })
}

/** The id of a zone: `euw1-az1` for `eu-west-1a`. Unverified: which letter is which id differs from account to account. */
export function zoneIdOf(zone: string): string {
  const [, area = '', gov, direction = '', number = '', letter = 'a'] =
    /^([a-z]{2})-(gov-)?([a-z]+)-(\d)([a-z])$/.exec(zone) ?? []
  const short = direction.replace(/north|south|east|west|central/g, ([first = '']) => first)
  return `${area}${gov ? 'g' : ''}${short}${number}-az${letter.charCodeAt(0) - 96}`
}

function defaultGroup(id: string, vpc: string, region: Region): Group {
  const open = { protocol: '-1', fromPort: -1, toPort: -1, description: undefined }
  const ruleId = (direction: string) => standingId('sgr', `${direction} ${id}`, region)
  const peer = { kind: 'group', value: id, account: region.account.id } as const
  return {
    id,
    name: 'default',
    description: 'default VPC security group',
    vpc,
    tags: [],
    rules: [{ id: ruleId('ingress'), isEgress: false, ...open, peer }, openEgress(ruleId('egress'))],
  }
}

/** The rule that every group is made with: anything may go out. */
export function openEgress(id: string): Rule {
  const peer = { kind: 'ipv4', value: '0.0.0.0/0' } as const
  return { id, isEgress: true, protocol: '-1', fromPort: -1, toPort: -1, description: undefined, peer }
}
