// Edges of workgroup-reachable: what is wide, and what must be asked to tell.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import practice from './workgroup-reachable.ts'

holdsInCommon(practice)

type Wish = Parameters<typeof workgroup>[0]
const tcp = { IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440 }
const verdict = (wish: Partial<Wish>, publiclyAccessible = true) =>
  verdictOf(practice, workgroup({ reason: '', ...wish, facts: { publiclyAccessible, ...wish.facts } }))

test('D1: a public workgroup whose group opens only its port to everybody', () => {
  expect(verdict({ ingress: [{ ...tcp, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] })).toBe(
    'fail reachable: can be reached on port 5440 from 0.0.0.0/0 (sg-0a1b2c3d4e5f60718)',
  )
})

test('D14: a rule of a range of ports is found open, and opens nothing of a private workgroup', () => {
  const everything = [{ ...tcp, FromPort: 0, ToPort: 65535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
  expect(verdict({ ingress: everything })).toMatch(/^fail reachable: /)
  expect(verdict({ ingress: [{ ...tcp, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }, false)).toBe(
    'pass private: is not on the internet',
  )
})

test.each([
  ['0.0.0.0/1', { IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }] }],
  ['::/1', { Ipv6Ranges: [{ CidrIpv6: '::/1' }] }],
])('D25: %s is wide by itself', (range, ranges) => {
  expect(verdict({ ingress: [{ ...tcp, ...ranges }] })).toMatch(
    `fail reachable: can be reached on port 5440 from ${range} (sg-0a1b2c3d4e5f60718)`,
  )
})

test('what counts as wide is for the user to say', () => {
  const ingress = [{ ...tcp, IpRanges: [{ CidrIp: '52.0.0.0/11' }] }]
  expect(verdict({ ingress })).toMatch(/^pass narrow/)
  expect(verdict({ ingress, settings: { wideIpv4: 11 } })).toMatch(/^fail reachable/)
})

test('without its port or its flag it is unknown', () => {
  expect(verdict({ facts: { port: undefined } as never })).toBe(
    'unknown untold: does not tell on which port it listens',
  )
  expect(verdict({ facts: { publiclyAccessible: undefined } as never })).toBe(
    'unknown untold: does not tell whether it is publicly accessible',
  )
})

test('AWS may tell its port of the endpoint alone', () => {
  const ingress = [{ ...tcp, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
  const at = (port: number) => verdict({ ingress, facts: { port: undefined, endpoint: { port } } as never })
  expect(at(5440)).toMatch(/^fail reachable: /)
  expect(at(5439)).toMatch(/^pass narrow: /)
})
