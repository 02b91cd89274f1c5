// Which regions to look into, and whether they exist.

import { Problem } from '#model/problem.ts'
import type { Clients } from './clients.ts'
import type { Connection } from './connection.ts'
import type { Wire } from './door.ts'
import { codeOf, isRefusal, messageOf } from './errors.ts'

/**
 * Regions that need no question whether they exist: those of all partitions, read from the SDK's endpoint rules
 * 3.1169 on 2026-11-22. A name that is not here is looked up at AWS, so that a new region works on its first day.
 */
const known = new Set(
  `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1
  ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1
  cn-north-1 cn-northwest-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
  il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1
  us-west-1 us-west-2`.split(/\s+/),
)

/** How many regions are asked at once. */
export const regionsAtOnce = 16

/** Where to ask for the identity of the caller; undefined leaves it to the environment or the profile. */
export function homeRegion({ regions }: Connection): string | undefined {
  const [first] = regions
  for (const region of regions) {
    if (!/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region)) throw noSuchRegion(region)
  }
  // A name that is yet to be looked up cannot be asked for itself.
  return first && !known.has(first) ? 'us-east-1' : first
}

type RegionList = { Regions?: { RegionName?: string }[] }

/** The regions of a connection, each once, in order. Throws a Problem for one that does not exist. */
export async function settleRegions(
  { regions, allRegions, signal }: Connection,
  home: Clients,
  homeRegionName: string,
  wire: Wire,
): Promise<string[]> {
  const wanted = regions.length > 0 ? [...new Set(regions)] : [homeRegionName]
  const strange = wanted.filter((region) => !known.has(region))
  if (!allRegions && strange.length === 0) return wanted.sort()
  let enabled: string[]
  try {
    wire.calls++
    const { Regions = [] } = (await home.send('ec2:DescribeRegions', {}, signal)) as RegionList
    enabled = Regions.flatMap(({ RegionName }) => RegionName ?? []).sort()
  } catch (error) {
    if (strange[0]) throw noSuchRegion(strange[0])
    throw cannotList(error)
  }
  const missing = strange.find((region) => !enabled.includes(region))
  if (missing) throw noSuchRegion(missing)
  return allRegions ? enabled : wanted.sort()
}

function cannotList(error: unknown): Problem {
  const [why, todo] = isRefusal(error)
    ? ['the permission ec2:DescribeRegions is missing', 'Grant it']
    : [`${codeOf(error)}: ${messageOf(error)}`, 'Try again']
  const what = `The regions could not be listed: ${why}.`
  return new Problem('refused', what, `${todo}, or name regions with --region.`, { cause: error })
}

function noSuchRegion(region: string): Problem {
  const near = [...known].find(
    (name) => name.replaceAll('-', '') === region.toLowerCase().replaceAll(/[-_ ]/g, ''),
  )
  const hint = near ? `Did you mean ${near}?` : 'Use a name such as eu-west-1, or --all-regions.'
  return new Problem('usage', `There is no AWS region "${region}".`, hint)
}
