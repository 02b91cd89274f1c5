// Adding rules to security groups and taking them away.

import type * as client from '@aws-sdk/client-ec2'
import type { IpPermission } from '@aws-sdk/client-ec2'
import { newHex } from '#lab/ids.ts'
import type { Context, Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { refusal } from './errors.ts'
import { groupOf } from './groups.ts'
import type { Group, Rule } from './model.ts'
import { readableList } from './prefix-lists.ts'
import { describeRule, isSameRule, type NewRule, revokedView, rulesOf, ruleView } from './rules.ts'

export const ruleOperations = {
  AuthorizeSecurityGroupIngress: (input, context) => authorize(input, context, false),
  AuthorizeSecurityGroupEgress: (input, context) => authorize(input, context, true),
  RevokeSecurityGroupIngress: (input, context) => revoke(input, context, false),
  RevokeSecurityGroupEgress: (input, context) => revoke(input, context, true),
} satisfies Operations<typeof client>

type Input = client.AuthorizeSecurityGroupIngressRequest

// Quotas page of the VPC User Guide, "Security groups": 60 inbound and 60 outbound, adjustable.
const mostRules = 60

function authorize(input: Input, context: Context, isEgress: boolean) {
  const { region, state } = context
  const group = groupOf(region, input)
  const added = newRules(input, context)
  if (added.length === 0) throw nothingSaid()
  const there = group.rules.filter((rule) => rule.isEgress === isEgress)
  for (const [index, rule] of added.entries()) {
    checkPeer(rule, context)
    const same = [...there, ...added.slice(0, index)].some((known) => isSameRule(known, rule))
    if (same)
      throw refusal(
        'InvalidPermission.Duplicate',
        `the specified rule "${describeRule(rule)}" already exists`,
      )
  }
  if (there.length + added.length > mostRules) {
    throw refusal(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    )
  }
  const rules = added.map((rule) => ({ ...rule, id: `sgr-0${newHex(state, 16)}`, isEgress }))
  group.rules.push(...rules)
  return { Return: true, SecurityGroupRules: rules.map((rule) => ruleView(rule, group, region)) }
}

function revoke(input: client.RevokeSecurityGroupIngressRequest, context: Context, isEgress: boolean) {
  const { region } = context
  const group = groupOf(region, input)
  const gone = input.SecurityGroupRuleIds?.length
    ? input.SecurityGroupRuleIds.map((id) => ruleById(group, id, isEgress))
    : newRules(input, context).map((rule) => ruleLike(group, rule, isEgress))
  if (gone.length === 0) throw nothingSaid()
  group.rules = group.rules.filter((rule) => !gone.includes(rule))
  return { Return: true, RevokedSecurityGroupRules: gone.map((rule) => revokedView(rule, group)) }
}

function newRules(input: Input, { region }: Context): NewRule[] {
  const permissions = input.IpPermissions ?? []
  if (input.IpProtocol === undefined) return permissions.flatMap((permission) => rulesOf(permission, region))
  return rulesOf(singlePermission(input, region), region)
}

// The older way to say one rule, by members of the call itself.
function singlePermission(input: Input, region: Region): IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName } = input
  return {
    ...(IpProtocol !== undefined && { IpProtocol }),
    ...(FromPort !== undefined && { FromPort }),
    ...(ToPort !== undefined && { ToPort }),
    ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }),
    ...(SourceSecurityGroupName !== undefined && {
      UserIdGroupPairs: [{ GroupId: groupOf(region, { GroupName: SourceSecurityGroupName }).id }],
    }),
  }
}

function checkPeer({ peer }: NewRule, { region, state }: Context) {
  // Groups of other accounts are taken as they are: the lab does not model peerings.
  if (peer.kind === 'group' && peer.account === region.account.id) groupOf(region, { GroupId: peer.value })
  if (peer.kind === 'prefixList') readableList(peer.value, region, state)
}

function ruleById(group: Group, id: string, isEgress: boolean): Rule {
  const rule = group.rules.find((known) => known.id === id && known.isEgress === isEgress)
  if (rule) return rule
  throw refusal('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`)
}

function ruleLike(group: Group, wanted: NewRule, isEgress: boolean): Rule {
  const rule = group.rules.find((known) => known.isEgress === isEgress && isSameRule(known, wanted))
  if (rule) return rule
  throw refusal('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
}

function nothingSaid() {
  return refusal('MissingParameter', "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.")
}
