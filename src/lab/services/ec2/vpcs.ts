// VPCs and what they are made of: subnets, route tables, internet gateways.

import type * as client from '@aws-sdk/client-ec2'
import type { InternetGateway, RouteTable, Subnet, Vpc } from '@aws-sdk/client-ec2'
import type { Operations } from '#lab/wire/operations.ts'
import { find, type Kind, tagFilters } from './describe.ts'
import { refusal } from './errors.ts'
import { networkOf } from './network.ts'

export const vpcOperations = {
  DescribeVpcs(input, { region }) {
    const { found, ...rest } = find(networkOf(region).vpcs.values(), vpcKind, input.VpcIds, input)
    return { Vpcs: found, ...rest }
  },

  DescribeSubnets(input, { region }) {
    const { found, ...rest } = find(networkOf(region).subnets.values(), subnetKind, input.SubnetIds, input)
    return { Subnets: found, ...rest }
  },

  DescribeRouteTables(input, { region }) {
    const { found, ...rest } = find(
      networkOf(region).routeTables.values(),
      tableKind,
      input.RouteTableIds,
      input,
    )
    return { RouteTables: found, ...rest }
  },

  DescribeInternetGateways(input, { region }) {
    const { gateways } = networkOf(region)
    const { found, ...rest } = find(gateways.values(), gatewayKind, input.InternetGatewayIds, input)
    return { InternetGateways: found, ...rest }
  },
} satisfies Operations<typeof client>

const vpcKind: Kind<Vpc> = {
  idOf: ({ VpcId }) => VpcId ?? '',
  ids: 'vpcIds',
  missing: (id) => refusal('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`),
  filters: {
    cidr: ({ CidrBlock }) => [CidrBlock],
    'cidr-block-association.cidr-block': ({ CidrBlockAssociationSet }) =>
      (CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock),
    'dhcp-options-id': ({ DhcpOptionsId }) => [DhcpOptionsId],
    'is-default': ({ IsDefault }) => [IsDefault],
    'owner-id': ({ OwnerId }) => [OwnerId],
    state: ({ State }) => [State],
    'vpc-id': ({ VpcId }) => [VpcId],
    ...tagFilters<Vpc>(({ Tags }) => Tags),
  },
}

const subnetKind: Kind<Subnet> = {
  idOf: ({ SubnetId }) => SubnetId ?? '',
  ids: 'subnetIds',
  missing: (id) => refusal('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`),
  filters: {
    'availability-zone': ({ AvailabilityZone }) => [AvailabilityZone],
    'availability-zone-id': ({ AvailabilityZoneId }) => [AvailabilityZoneId],
    'available-ip-address-count': ({ AvailableIpAddressCount }) => [AvailableIpAddressCount],
    'cidr-block': ({ CidrBlock }) => [CidrBlock],
    'default-for-az': ({ DefaultForAz }) => [DefaultForAz],
    'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => [MapPublicIpOnLaunch],
    'owner-id': ({ OwnerId }) => [OwnerId],
    state: ({ State }) => [State],
    'subnet-arn': ({ SubnetArn }) => [SubnetArn],
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    ...tagFilters<Subnet>(({ Tags }) => Tags),
  },
}

const tableKind: Kind<RouteTable> = {
  idOf: ({ RouteTableId }) => RouteTableId ?? '',
  ids: 'routeTableIds',
  missing: (id) => refusal('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`),
  filters: {
    'association.main': ({ Associations }) => (Associations ?? []).map(({ Main }) => Main ?? false),
    'association.route-table-association-id': ({ Associations }) =>
      (Associations ?? []).map(({ RouteTableAssociationId }) => RouteTableAssociationId),
    'association.route-table-id': ({ Associations }) =>
      (Associations ?? []).map(({ RouteTableId }) => RouteTableId),
    'association.subnet-id': ({ Associations }) => (Associations ?? []).map(({ SubnetId }) => SubnetId),
    'owner-id': ({ OwnerId }) => [OwnerId],
    'route-table-id': ({ RouteTableId }) => [RouteTableId],
    'route.destination-cidr-block': ({ Routes }) =>
      (Routes ?? []).map(({ DestinationCidrBlock }) => DestinationCidrBlock),
    'route.gateway-id': ({ Routes }) => (Routes ?? []).map(({ GatewayId }) => GatewayId),
    'route.nat-gateway-id': ({ Routes }) => (Routes ?? []).map(({ NatGatewayId }) => NatGatewayId),
    'route.state': ({ Routes }) => (Routes ?? []).map(({ State }) => State),
    'vpc-id': ({ VpcId }) => [VpcId],
    ...tagFilters<RouteTable>(({ Tags }) => Tags),
  },
}

const gatewayKind: Kind<InternetGateway> = {
  idOf: ({ InternetGatewayId }) => InternetGatewayId ?? '',
  ids: 'internetGatewayIds',
  missing: (id) =>
    refusal('InvalidInternetGatewayID.NotFound', `The internetGateway ID '${id}' does not exist`),
  filters: {
    'attachment.state': ({ Attachments }) => (Attachments ?? []).map(({ State }) => State),
    'attachment.vpc-id': ({ Attachments }) => (Attachments ?? []).map(({ VpcId }) => VpcId),
    'internet-gateway-id': ({ InternetGatewayId }) => [InternetGatewayId],
    'owner-id': ({ OwnerId }) => [OwnerId],
    ...tagFilters<InternetGateway>(({ Tags }) => Tags),
  },
}
