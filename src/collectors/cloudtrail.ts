// CloudTrail: in each region where data lies, the trails that see it and what they write down, and how often the
// event history saw a cluster's keys rotated.

import { defineCollector, onlyOf, wants } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, followed, listing, whole } from '#aws/listing.ts'
import { isGap, type Resource, resourceFrom, type TrailFacts } from '#model/resource.ts'

type Region = Resource<'account:region'>
type Trail = Resource<'cloudtrail:trail'>

export default defineCollector({
  service: 'cloudtrail',
  types: ['cloudtrail:trail', 'account:region'],
  reads: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:LookupEvents',
  ],

  // Where any data lies, there is one region, with all the trails that see it.
  oneLeadIsEnough: true,
  follows: ({ type }) => (holdsData.has(type) ? ['data'] : []),

  async *collect(door, wish) {
    const { only, leads, types } = wish
    const isWished = only?.type === 'account:region' || only?.type === 'cloudtrail:trail'
    if (leads.length === 0 && !isWished) {
      yield followed('cloudtrail:trail', [], door.now())
      return yield followed('account:region', [], door.now())
    }
    if (types.has('cloudtrail:trail')) {
      yield* listing('cloudtrail:trail', door, trails(door), {
        only: onlyOf(wish, 'cloudtrail:trail'),
        ask: ({ facts }) => askedOf(door, facts),
      })
    }
    if (!types.has('account:region')) return
    const told = { source: 'cloudtrail:DescribeTrails' as const, takenAt: door.now() }
    const region = resourceFrom('account:region', door, told, { Region: door.region })
    const wanted = wants(wish, 'rotations') || wants(wish, 'keyRotations')
    const asked: Region['asked'] = wanted ? { rotations: await rotationsIn(door) } : {}
    yield followed('account:region', [{ ...region, asked }], door.now())
  },
})

const holdsData: ReadonlySet<string> = new Set([
  'redshift:cluster',
  'redshift:snapshot',
  'redshift-serverless:namespace',
  'redshift-serverless:snapshot',
])

/** DescribeTrails has no pages. */
async function* trails(door: Door) {
  yield await door.ask('cloudtrail:DescribeTrails', {}, ({ trailList }) => trailList ?? [])
}

/** Trails of other regions and of the organization are named by their ARN: GetTrailStatus in the API reference. */
function askedOf(door: Door, { TrailARN = '' }: TrailFacts): Promise<Trail['asked']> {
  return answers<Trail['asked']>(
    {
      status: () => door.ask('cloudtrail:GetTrailStatus', { Name: TrailARN }, (status) => status),
      selectors: () =>
        door.ask(
          'cloudtrail:GetEventSelectors',
          { TrailName: TrailARN },
          ({ EventSelectors, AdvancedEventSelectors }) => ({
            ...(EventSelectors ? { EventSelectors } : {}),
            ...(AdvancedEventSelectors ? { AdvancedEventSelectors } : {}),
          }),
        ),
    },
    () => true,
  )
}

/**
 * The rotations in the event history of the region, which reaches back 90 days; failed ones rotated nothing.
 * Unverified: that the record of a rotation tells the namespace, as the answer of the call does, and that a cluster keeps
 * it under another name.
 */
async function rotationsIn(door: Door) {
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'RotateEncryptionKey' }]
  const events = await whole(
    door.pages('cloudtrail:LookupEvents', { LookupAttributes }, ({ Events }) => Events),
  )
  if (isGap(events)) return events
  const value = events.value.flatMap(({ EventTime = '', CloudTrailEvent = '{}' }) => {
    const { requestParameters, responseElements, errorCode } = JSON.parse(CloudTrailEvent) as {
      requestParameters?: { clusterIdentifier?: string } | null
      responseElements?: { clusterNamespaceArn?: string } | null
      errorCode?: string
    }
    const cluster = requestParameters?.clusterIdentifier
    const namespace = responseElements?.clusterNamespaceArn
    return cluster && !errorCode ? [{ cluster, ...(namespace && { namespace }), at: EventTime }] : []
  })
  return { ...events, value }
}
