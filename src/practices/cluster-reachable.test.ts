// Edges of cluster-reachable: ports and ranges that others miss.

import { expect, test } from 'vitest'
import practice from './cluster-reachable.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

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
