// Whether a cluster or workgroup can be reached from wide ranges of addresses: the same question, asked of both.

import { fail, pass, said, unknown, type Verdict } from './practice.ts'
import { wideSources } from './reach.ts'
import type { ResourceTypes } from './resource.ts'

type Guard = Pick<ResourceTypes['redshift:cluster']['joined'], (typeof guards)[number]>

/** What must be known of what stands before a port. */
export const guards = ['guardsRead', 'securityGroups', 'prefixLists'] as const

/** What counts as wide, as settings of a practice. */
export const wideRanges = {
  wideIpv4: {
    default: 8,
    least: 0,
    most: 32,
    unit: 'bits',
    about:
      'IPv4 ranges with a prefix of at most this length are wide; private ones, such as 10.0.0.0/8, never.',
  },
  wideIpv6: {
    default: 32,
    least: 0,
    most: 128,
    unit: 'bits',
    about:
      'IPv6 ranges with a prefix of at most this length are wide; private ones, such as fd00::/8, never.',
  },
}

/**
 * Judges the reach of what listens on a port. Groups and lists are read from `guard` only where they decide: who is not on
 * the internet is not asked for security groups, and one way in that is known is one, whatever else may not be read.
 */
export function reachOf(
  guard: Guard,
  { isPublic, port }: { isPublic: boolean | undefined; port: number | undefined },
  settings: { wideIpv4: number; wideIpv6: number },
): Verdict<'securityGroups'> {
  if (isPublic === undefined) return unknown('untold', 'does not tell whether it is publicly accessible')
  if (!isPublic) return pass('private', 'is not on the internet')
  if (port === undefined) return unknown('untold', 'does not tell on which port it listens')
  const width = { ipv4: settings.wideIpv4, ipv6: settings.wideIpv6 }
  const { securityGroups: groups, prefixLists: lists } = guard.guardsRead
  const known = wideSources(groups, port, width, () => lists)
  const sources =
    known.length > 0 ? known : wideSources(guard.securityGroups, port, width, () => guard.prefixLists)
  const states = { inForce: said(sources, 'securityGroups' as const) }
  return sources.length > 0
    ? fail('reachable', `can be reached on port ${port} from ${sources.join(', ')}`, states)
    : pass('narrow', `is on the internet, and lets in no wide range on port ${port}`, states)
}
