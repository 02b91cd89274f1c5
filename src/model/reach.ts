// From where security groups let somebody connect to a port, as far as that is wide.

import type { PrefixListEntry } from '@aws-sdk/client-ec2'
import type { SecurityGroupFacts } from './resource.ts'

type Rule = NonNullable<SecurityGroupFacts['IpPermissions']>[number]

/** The longest prefix that still counts as wide: with 8, 20.0.0.0/8 is wide and 20.0.0.0/9 is not. */
export type Width = { ipv4: number; ipv6: number }

/** The entries of prefix lists by their ids. */
export type PrefixLists = Readonly<Record<string, readonly PrefixListEntry[]>>

/**
 * The wide ranges from which the groups let in connections to a port over TCP, each with where it stands: `0.0.0.0/0
 * (sg-1)`. Each range is judged by itself: of two halves of the internet, both are wide. `lists` is only asked where no
 * range of a rule's own is wide, and a rule that covers the port names a prefix list.
 */
export function wideSources(
  groups: readonly SecurityGroupFacts[],
  port: number,
  width: Width,
  lists: () => PrefixLists,
): string[] {
  const rules = groups.flatMap(({ GroupId = '', IpPermissions = [] }) =>
    IpPermissions.filter((rule) => covers(rule, port)).map((rule) => ({ group: GroupId, rule })),
  )
  const own = rules.flatMap(({ group, rule }) =>
    rangesOf(rule)
      .filter((range) => isWide(range, width))
      .map((range) => `${range} (${group})`),
  )
  const named = rules.flatMap(({ group, rule: { PrefixListIds = [] } }) =>
    PrefixListIds.map(({ PrefixListId = '' }) => ({ group, list: PrefixListId })),
  )
  if (own.length > 0 || named.length === 0) return once(own)
  const entries = lists()
  const listed = named.flatMap(({ group, list }) =>
    (entries[list] ?? [])
      .map(({ Cidr = '' }) => Cidr)
      .filter((range) => isWide(range, width))
      .map((range) => `${range} (${list} in ${group})`),
  )
  return once(listed)
}

const once = (words: string[]) => [...new Set(words)]

/** The prefix lists that rules of the groups name for a port, each once. */
export function listsNamed(groups: readonly SecurityGroupFacts[], port: number): string[] {
  const rules = groups.flatMap(({ IpPermissions = [] }) => IpPermissions)
  return once(
    rules
      .filter((rule) => covers(rule, port))
      .flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId = '' }) => PrefixListId)),
  )
}

/** -1 stands for every protocol, 6 for TCP; without ports a rule covers all: IpPermission in the EC2 API reference. */
function covers({ IpProtocol, FromPort = -1, ToPort = -1 }: Rule, port: number): boolean {
  if (IpProtocol === '-1') return true
  if (IpProtocol !== 'tcp' && IpProtocol !== '6') return false
  return FromPort === -1 || (FromPort <= port && port <= ToPort)
}

function rangesOf({ IpRanges = [], Ipv6Ranges = [] }: Rule): string[] {
  return [...IpRanges.map(({ CidrIp = '' }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 = '' }) => CidrIpv6)]
}

function isWide(range: string, { ipv4, ipv6 }: Width): boolean {
  const [address = '', length] = range.split('/')
  if (length === undefined || isPrivate(address, Number(length))) return false
  return Number(length) <= (address.includes(':') ? ipv6 : ipv4)
}

/** Addresses that nobody on the internet comes from: RFC 1918 (10/8, 172.16/12, 192.168/16), RFC 4193 (fc00::/7). */
function isPrivate(address: string, length: number): boolean {
  if (address.includes(':')) return length >= 7 && /^f[cd][\da-f]{2}:/i.test(address)
  const [first, second = 0] = address.split('.').map(Number)
  if (first === 10) return length >= 8
  if (first === 172) return length >= 12 && second >= 16 && second < 32
  return first === 192 && second === 168 && length >= 16
}
