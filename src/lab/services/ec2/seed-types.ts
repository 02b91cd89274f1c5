// A region's network as a world says it.

import type {
  Address,
  InternetGateway,
  InternetGatewayBlockMode,
  ManagedPrefixList,
  PrefixListEntry,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2'
import type { Seed } from '#lab/world.ts'

/** What a region's seed says of its network. A region without VPCs of its own has the default one. */
export type NetworkSeed = {
  vpcs?: (Seed<Vpc> & { VpcId: string; CidrBlock: string })[]
  subnets?: (Seed<Subnet> & {
    SubnetId: string
    VpcId: string
    CidrBlock: string
    AvailabilityZone: string
  })[]
  /** Without `IpPermissionsEgress` everything may go out; one called `default` replaces that of its VPC. */
  securityGroups?: (Seed<SecurityGroup> & { GroupId: string; GroupName: string })[]
  routeTables?: (Seed<RouteTable> & { RouteTableId: string; VpcId: string })[]
  internetGateways?: (Seed<InternetGateway> & { InternetGatewayId: string })[]
  addresses?: (Seed<Address> & { AllocationId: string })[]
  /** `sharedWith` names the other accounts that may read the list. */
  prefixLists?: (Seed<ManagedPrefixList> & {
    PrefixListId: string
    PrefixListName: string
    Entries?: Seed<PrefixListEntry>[]
    sharedWith?: string[]
  })[]
  vpcBlockPublicAccess?: InternetGatewayBlockMode
}
