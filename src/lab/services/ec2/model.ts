// What the lab keeps of EC2 in one region: networks, and who may talk to whom in them.

import type {
  Address,
  InternetGateway,
  InternetGatewayBlockMode,
  ManagedPrefixList,
  PrefixListEntry,
  RouteTable,
  Subnet,
  Tag,
  Vpc,
} from '@aws-sdk/client-ec2'

/** A rule of a security group: one peer, one range of ports. */
export type Rule = {
  id: string
  isEgress: boolean
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  protocol: string
  fromPort: number
  toPort: number
  peer: Peer
  description: string | undefined
}

/** Who is on the other side of a rule. */
export type Peer =
  | { kind: 'ipv4' | 'ipv6' | 'prefixList'; value: string }
  | { kind: 'group'; value: string; account: string; vpc?: string }

/** A security group. */
export type Group = {
  id: string
  name: string
  description: string
  vpc: string
  tags: Tag[]
  rules: Rule[]
}

/** A managed prefix list, and which other accounts may read it. */
export type PrefixList = { facts: ManagedPrefixList; entries: PrefixListEntry[]; sharedWith: string[] }

/** EC2 in one region of one account. */
export type Ec2 = {
  /** Whether the default VPC has been made; `networkOf` makes it when the region is first looked at. */
  isFurnished: boolean
  vpcs: Map<string, Vpc>
  subnets: Map<string, Subnet>
  groups: Map<string, Group>
  routeTables: Map<string, RouteTable>
  gateways: Map<string, InternetGateway>
  addresses: Map<string, Address>
  prefixLists: Map<string, PrefixList>
  blockPublicAccess: { mode: InternetGatewayBlockMode; changedAt: number | undefined }
}

/** EC2 before a region was looked at. */
export function emptyEc2(): Ec2 {
  return {
    isFurnished: false,
    vpcs: new Map(),
    subnets: new Map(),
    groups: new Map(),
    routeTables: new Map(),
    gateways: new Map(),
    addresses: new Map(),
    prefixLists: new Map(),
    blockPublicAccess: { mode: 'off', changedAt: undefined },
  }
}
