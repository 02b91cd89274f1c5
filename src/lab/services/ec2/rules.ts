// Rules of security groups: as calls and worlds say them, grouped by ports, and as the lab keeps them, one peer each.

import type {
  IpPermission,
  ReferencedSecurityGroup,
  RevokedSecurityGroupRule,
  SecurityGroupRule,
} from '@aws-sdk/client-ec2'
import { arnIn, type Region } from '#lab/state.ts'
import { refusal } from './errors.ts'
import type { Group, Peer, Rule } from './model.ts'

/** A rule before it has an id. */
export type NewRule = Omit<Rule, 'id' | 'isEgress'>

const numbers: Record<string, string> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6', all: '-1' }

/** The rules that a permission stands for, one for each peer. */
export function rulesOf(permission: IpPermission, region: Region): NewRule[] {
  const ports = portsOf(permission)
  const peers: [Peer, string | undefined][] = [
    ...(permission.IpRanges ?? []).map(({ CidrIp = '', Description }): [Peer, string | undefined] => [
      { kind: 'ipv4', value: checkedCidr(CidrIp) },
      Description,
    ]),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 = '', Description }): [Peer, string | undefined] => [
      { kind: 'ipv6', value: checkedCidr(CidrIpv6) },
      Description,
    ]),
    ...(permission.PrefixListIds ?? []).map(
      ({ PrefixListId = '', Description }): [Peer, string | undefined] => [
        { kind: 'prefixList', value: PrefixListId },
        Description,
      ],
    ),
    ...(permission.UserIdGroupPairs ?? []).map((pair): [Peer, string | undefined] => [
      {
        kind: 'group',
        value: pair.GroupId ?? '',
        account: pair.UserId ?? region.account.id,
        ...(pair.VpcId !== undefined && { vpc: pair.VpcId }),
      },
      pair.Description,
    ]),
  ]
  return peers.map(([peer, description]) => ({ ...ports, peer, description }))
}

function portsOf({
  IpProtocol,
  FromPort,
  ToPort,
}: IpPermission): Pick<Rule, 'protocol' | 'fromPort' | 'toPort'> {
  if (IpProtocol === undefined)
    throw refusal('MissingParameter', 'The request must contain the parameter ipProtocol')
  const protocol = numbers[IpProtocol.toLowerCase()] ?? IpProtocol.toLowerCase()
  // "Specifying -1 … allows traffic on all ports, regardless of any port range you specify" (API, IpPermission).
  if (protocol !== 'tcp' && protocol !== 'udp' && !protocol.startsWith('icmp')) {
    if (!/^(-1|\d{1,3})$/.test(protocol))
      throw refusal(
        'InvalidParameterValue',
        `Invalid value '${IpProtocol}' for IP protocol. Unknown protocol.`,
      )
    return { protocol, fromPort: -1, toPort: -1 }
  }
  if (protocol.startsWith('icmp')) return { protocol, fromPort: FromPort ?? -1, toPort: ToPort ?? -1 }
  if (FromPort === undefined || ToPort === undefined)
    throw refusal(
      'InvalidParameterValue',
      `Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    )
  if (FromPort < 0 || ToPort > 65_535 || FromPort > ToPort)
    throw refusal('InvalidParameterValue', `Invalid TCP/UDP port range (${FromPort}:${ToPort})`)
  return { protocol, fromPort: FromPort, toPort: ToPort }
}

function checkedCidr(text: string): string {
  const isFour = /^(\d{1,3}\.){3}\d{1,3}\/([12]?\d|3[0-2])$/.test(text)
  const isSix = /^[0-9a-f:]+\/(\d{1,2}|1[01]\d|12[0-8])$/i.test(text) && text.includes(':')
  if (isFour || isSix) return text
  throw refusal('InvalidParameterValue', `CIDR block ${text} is malformed`)
}

/** Whether two rules let the same in; a description makes no difference. */
export function isSameRule(a: NewRule, b: NewRule): boolean {
  return keyOf(a) === keyOf(b)
}

function keyOf({ protocol, fromPort, toPort, peer }: NewRule): string {
  return [protocol, fromPort, toPort, peer.kind, peer.value].join(' ')
}

/** The rules as DescribeSecurityGroups shows them: one permission for each range of ports. */
export function permissionsOf(rules: Rule[]): IpPermission[] {
  const byPorts = new Map<string, Rule[]>()
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule])
  }
  return [...byPorts.values()].flatMap((same) => permissionOf(same) ?? [])
}

function permissionOf(rules: Rule[]): IpPermission | undefined {
  const [first] = rules
  if (!first) return undefined
  const of = (kind: Peer['kind']) => rules.filter(({ peer }) => peer.kind === kind)
  const said = ({ description }: Rule) => (description === undefined ? {} : { Description: description })
  return {
    IpProtocol: first.protocol,
    // Ports are left out where all are meant.
    ...(first.protocol === '-1' ? {} : { FromPort: first.fromPort, ToPort: first.toPort }),
    IpRanges: of('ipv4').map((rule) => ({ CidrIp: rule.peer.value, ...said(rule) })),
    Ipv6Ranges: of('ipv6').map((rule) => ({ CidrIpv6: rule.peer.value, ...said(rule) })),
    PrefixListIds: of('prefixList').map((rule) => ({ PrefixListId: rule.peer.value, ...said(rule) })),
    UserIdGroupPairs: rules.flatMap((rule) =>
      rule.peer.kind === 'group'
        ? { GroupId: rule.peer.value, UserId: rule.peer.account, ...said(rule) }
        : [],
    ),
  }
}

/** A rule as DescribeSecurityGroupRules shows it. */
export function ruleView(rule: Rule, group: Group, region: Region): SecurityGroupRule {
  return {
    ...ruleFacts(rule, group),
    GroupOwnerId: region.account.id,
    ...(rule.peer.kind === 'group' && { ReferencedGroupInfo: referenceOf(rule.peer, group) }),
    Tags: [],
    SecurityGroupRuleArn: arnIn(region, 'ec2', `security-group-rule/${rule.id}`),
  }
}

/** A rule as RevokeSecurityGroupIngress shows it. */
export function revokedView(rule: Rule, group: Group): RevokedSecurityGroupRule {
  return {
    ...ruleFacts(rule, group),
    ...(rule.peer.kind === 'group' && { ReferencedGroupId: rule.peer.value }),
  }
}

function ruleFacts({ id, isEgress, protocol, fromPort, toPort, peer, description }: Rule, group: Group) {
  return {
    SecurityGroupRuleId: id,
    GroupId: group.id,
    IsEgress: isEgress,
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(peer.kind === 'ipv4' && { CidrIpv4: peer.value }),
    ...(peer.kind === 'ipv6' && { CidrIpv6: peer.value }),
    ...(peer.kind === 'prefixList' && { PrefixListId: peer.value }),
    ...(description !== undefined && { Description: description }),
  }
}

function referenceOf(peer: Extract<Peer, { kind: 'group' }>, { vpc }: Group): ReferencedSecurityGroup {
  return { GroupId: peer.value, UserId: peer.account, VpcId: peer.vpc ?? vpc }
}

/** A rule in the words of the error that says it is there already. */
export function describeRule({ protocol, fromPort, toPort, peer }: NewRule): string {
  if (protocol === '-1') return `peer: ${peer.value}, ALL, ALLOW`
  return `peer: ${peer.value}, ${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}, ALLOW`
}
