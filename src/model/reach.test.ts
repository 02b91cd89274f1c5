// From where a port can be reached: protocols, ports, ranges, and prefix lists that are only asked when they decide.

import { expect, test } from 'vitest'
import { type PrefixLists, wideSources } from './reach.ts'
import type { SecurityGroupFacts } from './resource.ts'

type Rule = NonNullable<SecurityGroupFacts['IpPermissions']>[number]

const width = { ipv4: 8, ipv6: 32 }
const never = (): PrefixLists => {
  throw new Error('the prefix lists were asked')
}
const from = (rules: Rule[], lists = never) =>
  wideSources([{ GroupId: 'sg-1', IpPermissions: rules }], 5439, width, lists)
const tcp = (FromPort: number, ToPort: number, CidrIp = '0.0.0.0/0'): Rule => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort,
  IpRanges: [{ CidrIp }],
})

test.each<[string, Rule[], string[]]>([
  ['the port alone', [tcp(5439, 5439)], ['0.0.0.0/0 (sg-1)']],
  ['a range of ports around it', [tcp(5000, 6000)], ['0.0.0.0/0 (sg-1)']],
  ['the range ends at it', [tcp(5000, 5439)], ['0.0.0.0/0 (sg-1)']],
  ['the range begins after it', [tcp(5440, 6000)], []],
  ['another port', [tcp(443, 443)], []],
  ['every protocol', [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }], ['0.0.0.0/0 (sg-1)']],
  ['TCP by its number', [{ ...tcp(5439, 5439), IpProtocol: '6' }], ['0.0.0.0/0 (sg-1)']],
  ['UDP', [{ ...tcp(5439, 5439), IpProtocol: 'udp' }], []],
  ['an office', [tcp(5439, 5439, '203.0.113.0/24')], []],
  ['as wide as it may be', [tcp(5439, 5439, '20.0.0.0/9')], []],
  ['a little wider', [tcp(5439, 5439, '20.0.0.0/8')], ['20.0.0.0/8 (sg-1)']],
  ['the network of a company', [tcp(5439, 5439, '10.0.0.0/8')], []],
  ['that network, and half of the internet', [tcp(5439, 5439, '0.0.0.0/4')], ['0.0.0.0/4 (sg-1)']],
  [
    'two halves of the internet',
    [tcp(5439, 5439, '0.0.0.0/1'), tcp(5439, 5439, '128.0.0.0/1')],
    ['0.0.0.0/1 (sg-1)', '128.0.0.0/1 (sg-1)'],
  ],
  [
    'IPv6, half of it',
    [{ IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439, Ipv6Ranges: [{ CidrIpv6: '::/1' }] }],
    ['::/1 (sg-1)'],
  ],
  [
    'one site in IPv6',
    [{ IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439, Ipv6Ranges: [{ CidrIpv6: '2001:db8:1::/48' }] }],
    [],
  ],
  [
    'the private addresses of IPv6',
    [{ IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439, Ipv6Ranges: [{ CidrIpv6: 'fd00::/8' }] }],
    [],
  ],
  [
    'all of IPv6 that begins like them',
    [{ IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439, Ipv6Ranges: [{ CidrIpv6: 'f000::/4' }] }],
    ['f000::/4 (sg-1)'],
  ],
  ['only another group', [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2' }] }], []],
])('%s', (_, rules, expected) => {
  expect(from(rules)).toEqual(expected)
})

const listed: Rule = {
  IpProtocol: 'tcp',
  FromPort: 5439,
  ToPort: 5439,
  PrefixListIds: [{ PrefixListId: 'pl-1' }],
}

test('prefix lists are resolved', () => {
  expect(from([listed], () => ({ 'pl-1': [{ Cidr: '198.51.100.0/24' }, { Cidr: '64.0.0.0/2' }] }))).toEqual([
    '64.0.0.0/2 (pl-1 in sg-1)',
  ])
  expect(from([listed], () => ({ 'pl-1': [{ Cidr: '198.51.100.0/24' }] }))).toEqual([])
})

test('prefix lists are not asked where a range decides, nor for other ports', () => {
  expect(from([listed, tcp(5439, 5439)])).toEqual(['0.0.0.0/0 (sg-1)'])
  expect(from([{ ...listed, FromPort: 443, ToPort: 443 }])).toEqual([])
})

test('private ranges are not wide however wide is defined', () => {
  const wide = { ipv4: 24, ipv6: 64 }
  const judged = (CidrIp: string) =>
    wideSources([{ GroupId: 'sg-1', IpPermissions: [tcp(5439, 5439, CidrIp)] }], 5439, wide, never)
  const ranges = ['10.1.0.0/16', '172.16.0.0/12', '172.31.0.0/16', '192.168.0.0/16']
  expect(ranges.flatMap(judged)).toEqual([])
  const beside = ['172.0.0.0/8', '172.32.0.0/16', '192.169.0.0/16', '192.0.0.0/8']
  expect(beside.flatMap(judged)).toHaveLength(4)
})
