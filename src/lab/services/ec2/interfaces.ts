// Network interfaces, which in the lab are those of clusters, and elastic addresses.

import type * as client from '@aws-sdk/client-ec2'
import type { Address, NetworkInterface } from '@aws-sdk/client-ec2'
import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { find, type Kind, tagFilters } from './describe.ts'
import { demandKnown, refusal } from './errors.ts'
import { networkOf, zoneIdOf } from './network.ts'
import { standingId } from './use.ts'

export const interfaceOperations = {
  DescribeNetworkInterfaces(input, { region }) {
    demandKnown(input, [
      'NextToken',
      'MaxResults',
      'NetworkInterfaceIds',
      'Filters',
      'IncludeManagedResources',
    ])
    const { found, ...rest } = find(interfacesOf(region), interfaceKind, input.NetworkInterfaceIds, input)
    return { NetworkInterfaces: found, ...rest }
  },

  DescribeAddresses(input, { region }) {
    const { addresses } = networkOf(region)
    const unknown = input.PublicIps?.find(
      (ip) => ![...addresses.values()].some(({ PublicIp }) => PublicIp === ip),
    )
    if (unknown !== undefined) throw refusal('InvalidAddress.NotFound', `Address '${unknown}' not found.`)
    const { found } = find(addresses.values(), addressKind, input.AllocationIds, input)
    return { Addresses: found.filter(({ PublicIp = '' }) => input.PublicIps?.includes(PublicIp) ?? true) }
  },
} satisfies Operations<typeof client>

// One for each cluster, that of its leader. Unverified: the description, and that compute nodes are not shown.
function interfacesOf(region: Region): NetworkInterface[] {
  const { subnets, groups } = networkOf(region)
  return [...region.redshift.clusters.values()].flatMap(({ id, facts }): NetworkInterface[] => {
    const { VpcId, AvailabilityZone = '', VpcSecurityGroups = [], ClusterStatus } = facts
    const subnet = [...subnets.values()].find(
      (one) => one.VpcId === VpcId && one.AvailabilityZone === AvailabilityZone,
    )
    if (VpcId === undefined || subnet?.SubnetId === undefined || ClusterStatus === 'paused') return []
    const PrivateIpAddress = addressIn(subnet.CidrBlock ?? '', id)
    return [
      {
        NetworkInterfaceId: standingId('eni', `leader of ${id}`, region),
        InterfaceType: 'interface',
        Description: 'RedshiftNetworkInterface',
        Status: 'in-use',
        VpcId,
        SubnetId: subnet.SubnetId,
        AvailabilityZone,
        AvailabilityZoneId: zoneIdOf(AvailabilityZone),
        OwnerId: region.account.id,
        RequesterId: 'amazon-redshift',
        RequesterManaged: true,
        SourceDestCheck: true,
        MacAddress: `02:${hexOf(`mac ${id}`, 10).replace(/..(?=.)/g, '$&:')}`,
        PrivateIpAddress,
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress }],
        Ipv6Addresses: [],
        Groups: VpcSecurityGroups.map(({ VpcSecurityGroupId = '' }) => ({
          GroupId: VpcSecurityGroupId,
          GroupName: groups.get(VpcSecurityGroupId)?.name,
        })),
        TagSet: [],
      },
    ]
  })
}

// Some address of the last 8 bits that no network reserves.
function addressIn(cidr: string, name: string): string {
  const [network = ''] = cidr.split('/')
  return `${network.split('.').slice(0, 3).join('.')}.${10 + (Number.parseInt(hexOf(name, 4), 16) % 200)}`
}

const interfaceKind: Kind<NetworkInterface> = {
  idOf: ({ NetworkInterfaceId }) => NetworkInterfaceId ?? '',
  ids: 'networkInterfaceIds',
  missing: (id) =>
    refusal('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`),
  filters: {
    'availability-zone': ({ AvailabilityZone }) => [AvailabilityZone],
    description: ({ Description }) => [Description],
    'group-id': ({ Groups }) => (Groups ?? []).map(({ GroupId }) => GroupId),
    'interface-type': ({ InterfaceType }) => [InterfaceType],
    'network-interface-id': ({ NetworkInterfaceId }) => [NetworkInterfaceId],
    'owner-id': ({ OwnerId }) => [OwnerId],
    'private-ip-address': ({ PrivateIpAddress }) => [PrivateIpAddress],
    'requester-id': ({ RequesterId }) => [RequesterId],
    'requester-managed': ({ RequesterManaged }) => [RequesterManaged],
    status: ({ Status }) => [Status],
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    ...tagFilters<NetworkInterface>(({ TagSet }) => TagSet),
  },
}

const addressKind: Kind<Address> = {
  idOf: ({ AllocationId }) => AllocationId ?? '',
  ids: 'allocationIds',
  missing: (id) => refusal('InvalidAllocationID.NotFound', `The allocation ID '${id}' does not exist`),
  filters: {
    'allocation-id': ({ AllocationId }) => [AllocationId],
    'association-id': ({ AssociationId }) => [AssociationId],
    domain: ({ Domain }) => [Domain],
    'network-interface-id': ({ NetworkInterfaceId }) => [NetworkInterfaceId],
    'private-ip-address': ({ PrivateIpAddress }) => [PrivateIpAddress],
    'public-ip': ({ PublicIp }) => [PublicIp],
    ...tagFilters<Address>(({ Tags }) => Tags),
  },
}
