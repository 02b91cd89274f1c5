// Security groups: showing, making and deleting them.

import type * as client from '@aws-sdk/client-ec2'
import { newHex } from '#lab/ids.ts'
import { arnIn, type Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { find, type Kind, tagFilters } from './describe.ts'
import { demandKnown, refusal } from './errors.ts'
import type { Group, Rule } from './model.ts'
import { networkOf, openEgress } from './network.ts'
import { permissionsOf, ruleView } from './rules.ts'

export const groupOperations = {
  DescribeSecurityGroups(input, { region }) {
    demandKnown(input, ['GroupIds', 'GroupNames', 'NextToken', 'MaxResults', 'Filters'])
    const { found, ...rest } = find(
      groupsNamed(region, input.GroupNames),
      kindOf(region),
      input.GroupIds,
      input,
    )
    return { SecurityGroups: found.map((group) => view(group, region)), ...rest }
  },

  DescribeSecurityGroupRules(input, { region }) {
    const rules = [...networkOf(region).groups.values()].flatMap((group) =>
      group.rules.map((rule) => ({ rule, group })),
    )
    const { found, ...rest } = find(rules, ruleKind, input.SecurityGroupRuleIds, input)
    return { SecurityGroupRules: found.map(({ rule, group }) => ruleView(rule, group, region)), ...rest }
  },

  CreateSecurityGroup(input, { region, state }) {
    const { GroupName: name, Description: description, TagSpecifications = [] } = input
    const { vpcs, groups } = networkOf(region)
    const vpc = input.VpcId ?? [...vpcs.values()].find(({ IsDefault }) => IsDefault)?.VpcId
    if (vpc === undefined) throw refusal('VPCIdNotSpecified', 'No default VPC for this user')
    if (!vpcs.has(vpc)) throw refusal('InvalidVpcID.NotFound', `The vpc ID '${vpc}' does not exist`)
    // API, CreateSecurityGroup: "Cannot start with sg-".
    if (/^sg-/i.test(name) || name.length > 255)
      throw refusal('InvalidParameterValue', `Value (${name}) for parameter GroupName is invalid.`)
    if ([...groups.values()].some((group) => group.name === name && group.vpc === vpc)) {
      throw refusal('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpc}'`)
    }
    const id = `sg-0${newHex(state, 16)}`
    const tags = TagSpecifications.flatMap(({ Tags = [] }) => Tags)
    groups.set(id, { id, name, description, vpc, tags, rules: [openEgress(`sgr-0${newHex(state, 16)}`)] })
    return { GroupId: id, Tags: tags, SecurityGroupArn: arnOf(id, region) }
  },

  DeleteSecurityGroup(input, { region }) {
    const { groups } = networkOf(region)
    const group = groupOf(region, input)
    if (group.name === 'default') {
      throw refusal(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      )
    }
    if (isUsed(group, region))
      throw refusal('DependencyViolation', `resource ${group.id} has a dependent object`)
    groups.delete(group.id)
    return { Return: true, GroupId: group.id }
  },
} satisfies Operations<typeof client>

type Named = { GroupId?: string | undefined; GroupName?: string | undefined }

/** The group a call names, by its id or, in the default VPC, by its name. */
export function groupOf(region: Region, { GroupId, GroupName }: Named): Group {
  const { groups } = networkOf(region)
  if (GroupId === undefined && GroupName === undefined)
    throw refusal('MissingParameter', 'The request must contain the parameter groupName or groupId')
  const group = GroupId === undefined ? groupsNamed(region, [GroupName ?? ''])[0] : groups.get(GroupId)
  if (!group) throw noSuchGroup(GroupId ?? '')
  return group
}

function groupsNamed(region: Region, names: string[] | undefined): Group[] {
  const { groups, vpcs } = networkOf(region)
  const all = [...groups.values()]
  if (!names?.length) return all
  // "You can specify either the security group name … default VPC" (API, DescribeSecurityGroups, GroupNames).
  const inDefault = all.filter(({ vpc }) => vpcs.get(vpc)?.IsDefault)
  const missing = names.find((name) => !inDefault.some((group) => group.name === name))
  if (missing !== undefined) {
    throw refusal('InvalidGroup.NotFound', `The security group '${missing}' does not exist in default VPC`)
  }
  return inDefault.filter(({ name }) => names.includes(name))
}

function noSuchGroup(id: string) {
  if (/^sg-[0-9a-f]{8,17}$/.test(id))
    return refusal('InvalidGroup.NotFound', `The security group '${id}' does not exist`)
  return refusal('InvalidGroupId.Malformed', `Invalid id: "${id}" (expecting "sg-...")`)
}

function isUsed({ id }: Group, region: Region): boolean {
  const { groups } = networkOf(region)
  const isNamed = [...groups.values()].some(
    (other) => other.id !== id && other.rules.some(({ peer }) => peer.kind === 'group' && peer.value === id),
  )
  const clusters = [...region.redshift.clusters.values()]
  return (
    isNamed ||
    clusters.some(({ facts }) => facts.VpcSecurityGroups?.some((used) => used.VpcSecurityGroupId === id))
  )
}

function arnOf(id: string, region: Region): string {
  return arnIn(region, 'ec2', `security-group/${id}`)
}

function view(group: Group, region: Region): client.SecurityGroup {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpc,
    OwnerId: region.account.id,
    SecurityGroupArn: arnOf(group.id, region),
    IpPermissions: permissionsOf(group.rules.filter(({ isEgress }) => !isEgress)),
    IpPermissionsEgress: permissionsOf(group.rules.filter(({ isEgress }) => isEgress)),
    Tags: group.tags,
  }
}

function kindOf(region: Region): Kind<Group> {
  return {
    idOf: ({ id }) => id,
    ids: 'groupIds',
    missing: noSuchGroup,
    filters: {
      description: ({ description }) => [description],
      'group-id': ({ id }) => [id],
      'group-name': ({ name }) => [name],
      'owner-id': () => [region.account.id],
      'vpc-id': ({ vpc }) => [vpc],
      ...directed('ip-permission', false),
      ...directed('egress.ip-permission', true),
      ...tagFilters<Group>(({ tags }) => tags),
    },
  }
}

function directed(start: string, isEgress: boolean): Kind<Group>['filters'] {
  const each =
    (value: (rule: Rule) => string | number | undefined) =>
    ({ rules }: Group) =>
      rules.filter((rule) => rule.isEgress === isEgress).map(value)
  const peer = (kind: Rule['peer']['kind']) =>
    each((rule) => (rule.peer.kind === kind ? rule.peer.value : undefined))
  return {
    [`${start}.cidr`]: peer('ipv4'),
    [`${start}.ipv6-cidr`]: peer('ipv6'),
    [`${start}.prefix-list-id`]: peer('prefixList'),
    [`${start}.group-id`]: peer('group'),
    [`${start}.from-port`]: each(({ fromPort }) => fromPort),
    [`${start}.to-port`]: each(({ toPort }) => toPort),
    [`${start}.protocol`]: each(({ protocol }) => protocol),
  }
}

const ruleKind: Kind<{ rule: Rule; group: Group }> = {
  idOf: ({ rule }) => rule.id,
  ids: 'securityGroupRuleIds',
  missing: (id) =>
    refusal('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`),
  filters: {
    'group-id': ({ group }) => [group.id],
    'security-group-rule-id': ({ rule }) => [rule.id],
  },
}
