// Edges of cluster-reachable: ports and ranges that others miss.

import { afterEach, expect, test } from 'vitest'
import practice from './cluster-reachable.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place } from './testing/world.ts'

holdsInCommon(practice)

const rule = (more: object) => ({ IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439, ...more })
const verdict = (...ingress: object[]) =>
  verdictOf(practice, cluster({ reason: '', ingress, facts: { PubliclyAccessible: true } }))

test('D1, D14: a rule for the port of the cluster alone is found', () => {
  expect(verdict(rule({ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }))).toBe(
    'fail reachable: can be reached on port 5439 from 0.0.0.0/0 (sg-0f1e2d3c4b5a69788)',
  )
})

test('D25: the internet in two halves, of either kind, is the internet', () => {
  expect(verdict(rule({ IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }] }))).toMatch(
    /^fail reachable: /,
  )
  expect(verdict(rule({ Ipv6Ranges: [{ CidrIpv6: '::/1' }] }))).toMatch(/^fail reachable: /)
})

test.each([
  ['every protocol', { IpProtocol: '-1', FromPort: undefined, ToPort: undefined }, 'fail reachable'],
  ['a range of ports around it', { FromPort: 5000, ToPort: 6000 }, 'fail reachable'],
  ['another port', { FromPort: 443, ToPort: 443 }, 'pass narrow'],
  ['UDP', { IpProtocol: 'udp' }, 'pass narrow'],
])('%s: %#', (_, more, expected) => {
  expect(verdict(rule({ IpRanges: [{ CidrIp: '0.0.0.0/0' }], ...more }))).toMatch(
    new RegExp(`^${expected}: `),
  )
})

let driver: Driver | undefined
afterEach(() => driver?.stop())

test('a prefix list that may not be read matters where a rule for the port names it', async () => {
  const list = (PrefixListId: string, Cidr = '198.51.100.0/24') => ({
    PrefixListId,
    PrefixListName: PrefixListId,
    AddressFamily: 'IPv4',
    MaxEntries: 5,
    Entries: [{ Cidr }],
  })
  const sealed = 'pl-0a1b2c3d4e5f60002'
  const open = 'pl-0a1b2c3d4e5f60003'
  const wide = 'pl-0a1b2c3d4e5f60004'
  const group = (GroupId: string, byPort: Record<number, string | string[]>) => ({
    GroupId,
    GroupName: GroupId,
    Description: 'lists',
    IpPermissions: Object.entries(byPort).map(([port, PrefixListId]) => ({
      ...rule({ FromPort: Number(port), ToPort: Number(port) }),
      PrefixListIds: [PrefixListId].flat().map((id) => ({ PrefixListId: id })),
    })),
  })
  const groups = [
    group('sg-0a1b2c3d4e5f60001', { 443: sealed, 5439: open }),
    group('sg-0a1b2c3d4e5f60002', { 443: open, 5439: sealed }),
    group('sg-0a1b2c3d4e5f60003', { 5439: [sealed, wide] }),
  ]
  const denied = [
    {
      action: 'ec2:GetManagedPrefixListEntries',
      resource: `arn:aws:ec2:${place.region}:${place.account}:prefix-list/${sealed}`,
    },
  ]
  const region = {
    prefixLists: [list(sealed), list(open), list(wide, '64.0.0.0/2')],
    securityGroups: groups,
    clusters: groups.map(({ GroupId }, at) => ({
      ClusterIdentifier: ['for-the-web', 'for-the-port', 'beside-a-wide-one'][at] ?? '',
      PubliclyAccessible: true,
      VpcSecurityGroups: [{ VpcSecurityGroupId: GroupId }],
    })),
  }
  const accounts = {
    [place.account]: {
      accessKeys: [{ ...key, user: 'example', denied }],
      regions: { [place.region]: region },
    },
  }
  driver = await drive({ name: 'lists', about: 'One list may not be read.', accounts } as never, {
    key,
    regions: [place.region],
  })
  const { findings } = await driver.scan()
  const found = findings.filter((one) => one.practice === practice.id)
  expect(
    found.map((one) => `${one.resource.split(':').at(-1)} ${one.status} ${one.permission}`).sort(),
  ).toEqual([
    'beside-a-wide-one fail null',
    'for-the-port unknown ec2:GetManagedPrefixListEntries',
    'for-the-web pass null',
  ])
})
