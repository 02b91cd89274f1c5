// Makes a region's network from its seed.

import {
  Address$,
  InternetGateway$,
  type IpPermission,
  type ManagedPrefixList,
  ManagedPrefixList$,
  type PrefixListEntry,
  PrefixListEntry$,
  RouteTable$,
  type SecurityGroup,
  SecurityGroup$,
  Subnet$,
  Vpc$,
} from '@aws-sdk/client-ec2'
import { hexOf } from '#lab/ids.ts'
import { arnIn, type Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import type { Group, PrefixList, Rule } from './model.ts'
import { addSubnet, addVpc, networkOf, openEgress } from './network.ts'
import { rulesOf } from './rules.ts'
import type { NetworkSeed } from './seed-types.ts'

/** Fills a region with its network. Throws one clear sentence when a seed refers to what is not there. */
export function seedNetwork(region: Region, seed: RegionSeed, { now }: Seeding): void {
  const { ec2 } = region
  const read = <Shape>(schema: Parameters<typeof readPlain>[0], value: unknown, what: string) =>
    readPlain<Shape>(schema, value, now, `${what} in ${region.name}`)
  for (const vpc of seed.vpcs ?? []) addVpc(region, read(Vpc$, vpc, `VPC ${vpc.VpcId}`))
  networkOf(region)
  for (const subnet of seed.subnets ?? []) {
    demandVpc(region, subnet.VpcId, subnet.SubnetId)
    addSubnet(region, read(Subnet$, subnet, `subnet ${subnet.SubnetId}`))
  }
  for (const list of seed.prefixLists ?? [])
    ec2.prefixLists.set(list.PrefixListId, seedList(region, list, now))
  for (const group of seed.securityGroups ?? []) seedGroup(region, group, now)
  for (const table of seed.routeTables ?? []) {
    demandVpc(region, table.VpcId, table.RouteTableId)
    const usual = { OwnerId: region.account.id, Associations: [], PropagatingVgws: [], Tags: [] }
    const facts = read<object>(RouteTable$, table, `route table ${table.RouteTableId}`)
    ec2.routeTables.set(table.RouteTableId, { ...usual, ...facts })
  }
  for (const gateway of seed.internetGateways ?? []) {
    const facts = read<object>(InternetGateway$, gateway, `internet gateway ${gateway.InternetGatewayId}`)
    ec2.gateways.set(gateway.InternetGatewayId, { OwnerId: region.account.id, Tags: [], ...facts })
  }
  for (const address of seed.addresses ?? []) {
    const facts = read<object>(Address$, address, `address ${address.AllocationId}`)
    ec2.addresses.set(address.AllocationId, {
      Domain: 'vpc',
      NetworkBorderGroup: region.name,
      Tags: [],
      ...facts,
    })
  }
  const { vpcBlockPublicAccess: mode } = seed
  if (mode !== undefined) ec2.blockPublicAccess = { mode, changedAt: now - 1_000_000 }
}

type Member<Name extends keyof NetworkSeed> =
  NonNullable<NetworkSeed[Name]> extends (infer One)[] ? One : never

function seedGroup(region: Region, seed: Member<'securityGroups'>, now: number) {
  const { ec2 } = region
  const where = `security group ${seed.GroupId} in ${region.name}`
  const said = readPlain<SecurityGroup>(SecurityGroup$, seed, now, where)
  const vpc = said.VpcId ?? [...ec2.vpcs.values()].find(({ IsDefault }) => IsDefault)?.VpcId
  if (vpc === undefined) throw new Error(`${where} needs a VpcId: the region has no default VPC`)
  demandVpc(region, vpc, seed.GroupId)
  if (seed.GroupName === 'default') {
    for (const { id, name, vpc: other } of ec2.groups.values())
      if (name === 'default' && other === vpc) ec2.groups.delete(id)
  }
  const group: Group = {
    id: seed.GroupId,
    name: seed.GroupName,
    description: said.Description ?? seed.GroupName,
    vpc,
    tags: said.Tags ?? [],
    rules: [],
  }
  addRules(group, said.IpPermissions ?? [], false, region)
  if (said.IpPermissionsEgress) addRules(group, said.IpPermissionsEgress, true, region)
  else group.rules.push(openEgress(ruleId(group, 'egress')))
  ec2.groups.set(group.id, group)
}

function addRules(group: Group, permissions: IpPermission[], isEgress: boolean, region: Region) {
  for (const rule of permissions.flatMap((permission) => rulesOf(permission, region))) {
    const id = ruleId(group, `${isEgress} ${JSON.stringify(rule)}`)
    group.rules.push({ ...rule, id, isEgress } satisfies Rule)
  }
}

function ruleId({ id }: Group, what: string): string {
  return `sgr-0${hexOf(`${id} ${what}`, 16)}`
}

function seedList(region: Region, seed: Member<'prefixLists'>, now: number): PrefixList {
  const { Entries = [], sharedWith = [], ...said } = seed
  const where = `prefix list ${seed.PrefixListId} in ${region.name}`
  const facts = readPlain<ManagedPrefixList>(ManagedPrefixList$, said, now, where)
  return {
    facts: {
      AddressFamily: 'IPv4',
      State: 'create-complete',
      PrefixListArn: arnIn(region, 'ec2', `prefix-list/${seed.PrefixListId}`),
      MaxEntries: Math.max(Entries.length, 1),
      Version: 1,
      OwnerId: region.account.id,
      Tags: [],
      ...facts,
    },
    entries: Entries.map((entry) => readPlain<PrefixListEntry>(PrefixListEntry$, entry, now, where)),
    sharedWith,
  }
}

function demandVpc({ ec2, name }: Region, vpc: string, what: string) {
  if (!ec2.vpcs.has(vpc)) throw new Error(`${what} is in the VPC ${vpc}, which ${name} does not have`)
}
