// The regions and zones of a partition, as an account may use them.

import type * as client from '@aws-sdk/client-ec2'
import { needsOptIn, type Partition, regionNames } from '#lab/regions.ts'
import type { Account } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { type Filters, find } from './describe.ts'
import { demandKnown, refusal } from './errors.ts'
import { zoneIdOf } from './network.ts'
import { zoneNames } from './use.ts'

const suffixes: Record<Partition, string> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
}

export const regionOperations = {
  DescribeRegions({ RegionNames, AllRegions, Filters }, { account }) {
    const known = regionNames(account.partition)
    // Code: "Error codes for the Amazon EC2 API", InvalidParameterValue.
    const unknown = RegionNames?.find((name) => !known.includes(name))
    if (unknown !== undefined)
      throw refusal('InvalidParameterValue', `Invalid region names (${unknown}) provided`)
    const wanted = RegionNames?.length ? RegionNames : known
    const regions = wanted
      .map((name) => describe(account, name))
      .filter(({ OptInStatus }) => AllRegions || OptInStatus !== 'not-opted-in')
    const kind = {
      idOf: ({ RegionName }: RegionView) => RegionName,
      filters: regionFilters,
      ids: 'regionNames',
      missing: () => refusal('InvalidParameterValue', 'Invalid region names provided'),
    }
    const { found } = find(regions, kind, undefined, { Filters })
    // In the order they were asked for.
    return { Regions: regions.filter((region) => found.includes(region)) }
  },

  DescribeAvailabilityZones(input, { account, region }) {
    demandKnown(input, ['Filters', 'ZoneNames', 'ZoneIds', 'AllAvailabilityZones'])
    const { OptInStatus } = describe(account, region.name)
    const zones = zoneNames(region).map((ZoneName) => ({
      ZoneName,
      ZoneId: zoneIdOf(ZoneName),
      State: 'available' as const,
      RegionName: region.name,
      GroupName: region.name,
      NetworkBorderGroup: region.name,
      ZoneType: 'availability-zone',
      OptInStatus: OptInStatus as client.AvailabilityZoneOptInStatus,
      Messages: [],
    }))
    const kind = {
      idOf: ({ ZoneName }: (typeof zones)[number]) => ZoneName,
      filters: {
        'zone-name': (zone) => [zone.ZoneName],
        'zone-id': (zone) => [zone.ZoneId],
        'region-name': (zone) => [zone.RegionName],
        state: (zone) => [zone.State],
        'zone-type': (zone) => [zone.ZoneType],
        'opt-in-status': (zone) => [zone.OptInStatus],
      } satisfies Filters<(typeof zones)[number]>,
      ids: 'zoneNames',
      missing: (id: string) => refusal('InvalidParameterValue', `Invalid availability zone: [${id}]`),
    }
    const ids = input.ZoneIds
    const { found } = find(zones, kind, input.ZoneNames, input)
    return { AvailabilityZones: found.filter(({ ZoneId }) => !ids?.length || ids.includes(ZoneId)) }
  },
} satisfies Operations<typeof client>

type RegionView = { RegionName: string; Endpoint: string; OptInStatus: string }

// API, DescribeRegions.
const regionFilters: Filters<RegionView> = {
  endpoint: ({ Endpoint }) => [Endpoint],
  'opt-in-status': ({ OptInStatus }) => [OptInStatus],
  'region-name': ({ RegionName }) => [RegionName],
}

// An account has opted in to exactly those opt-in regions its world puts something into.
function describe(account: Account, name: string): RegionView {
  const optIn = needsOptIn(account.partition, name)
  const OptInStatus = !optIn ? 'opt-in-not-required' : account.optedIn.has(name) ? 'opted-in' : 'not-opted-in'
  return { RegionName: name, Endpoint: `ec2.${name}.${suffixes[account.partition]}`, OptInStatus }
}
