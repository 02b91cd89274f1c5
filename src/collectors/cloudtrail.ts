// CloudTrail: in each region where data lies, the trails that see it and what they write down, and what the event history
// says of new keys of clusters.

import { defineCollector, onlyOf, wants } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, followed, listing, whole } from '#aws/listing.ts'
import { isQuiet } from '#model/logging.ts'
import {
  type Answer,
  type ClusterNamed,
  isGap,
  isPaused,
  type KeyRenewal,
  type Resource,
  resourceFrom,
  type TrailFacts,
} from '#model/resource.ts'

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
  follows: (resource) =>
    holdsData.has(resource.type)
      ? ['data', ...(mayHaveKeys(resource) ? [keys] : []), ...(mayHaveSlept(resource) ? [resumed] : [])]
      : [],

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
    // One after the other: CloudTrail answers twice a second.
    const asked: Region['asked'] = {}
    if (wants(wish, 'keyRenewals') && leads.includes(keys)) asked.keyRenewals = await keyRenewalsIn(door)
    if (wants(wish, 'resumes') && leads.includes(resumed))
      asked.resumes = await eventsBy(door, 'ResumeCluster', () => ({}))
    yield followed('account:region', [{ ...region, asked }], door.now())
  },
})

/** The lead to clusters whose audit log is quiet, though they run: they may have been paused until lately. */
const resumed = 'resumed'

function mayHaveSlept(resource: Resource): boolean {
  if (resource.type !== 'redshift:cluster' || isPaused(resource.facts)) return false
  const { logging } = resource.asked
  return logging !== undefined && !isGap(logging) && isQuiet(logging.value, logging.takenAt)
}

/** The lead to clusters that have keys of their own: nobody else is asked for in the event history. */
const keys = 'keys'

function mayHaveKeys(resource: Resource): boolean {
  return resource.type === 'redshift:cluster' && resource.facts.Encrypted !== false
}

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
 * What the event history of the region, which reaches back 90 days, says of new keys. It is asked by the names of events:
 * one question for each, however many clusters there are, where their names would be one for each cluster, and the source
 * would bring every read of Redshift in 90 days, 50 at a time and twice a second.
 */
async function keyRenewalsIn(door: Door): Promise<Answer<Happened<Omit<KeyRenewal, 'at'>>[]>> {
  const rotated = await eventsBy(door, 'RotateEncryptionKey', () => ({ how: 'rotated' as const }))
  if (isGap(rotated)) return rotated
  const modified = await eventsBy(door, 'ModifyCluster', ofModification)
  if (isGap(modified)) return modified
  return { ...modified, value: [...rotated.value, ...modified.value] }
}

type Happened<T> = ClusterNamed & { at: string } & T

/**
 * What was done to clusters by one kind of call, as far as `pick` makes something of it; failed ones did nothing.
 * Unverified: that the record tells the namespace, as the answer of the call does, and that a cluster keeps it under
 * another name.
 */
async function eventsBy<T>(
  door: Door,
  name: string,
  pick: (event: ClusterEvent) => T | undefined,
): Promise<Answer<Happened<T>[]>> {
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: name }]
  const events = await whole(
    door.pages('cloudtrail:LookupEvents', { LookupAttributes }, ({ Events }) => Events),
  )
  if (isGap(events)) return events
  const value = events.value.flatMap(({ EventTime: at = '', CloudTrailEvent = '{}' }): Happened<T>[] => {
    const event = JSON.parse(CloudTrailEvent) as ClusterEvent
    const cluster = event.requestParameters?.clusterIdentifier
    const namespace = event.responseElements?.clusterNamespaceArn
    const picked = pick(event)
    if (!cluster || !picked || event.errorCode) return []
    return [{ cluster, ...(namespace && { namespace }), at, ...picked }]
  })
  return { ...events, value }
}

/** Of the record of a call about a cluster, what matters here; what it answers with is the cluster as it was then. */
type ClusterEvent = {
  requestParameters?: { clusterIdentifier?: string; encrypted?: boolean; kmsKeyId?: string } | null
  responseElements?: {
    clusterNamespaceArn?: string
    pendingModifiedValues?: { encryptionType?: string } | null
  } | null
  errorCode?: string
}

/**
 * "Amazon Redshift automatically migrates your data to a new encrypted cluster" (changing-cluster-encryption), and a CEK is
 * a data key that KMS makes under the root key (working-with-db-encryption). A call may name what is so already, beside
 * something else: that the encryption changes is told by the cluster that it answers with, as PendingModifiedValues (API).
 * Unverified: that a move from one key to another shows there too; where it does not, nothing is taken for told.
 */
function ofModification({
  requestParameters,
  responseElements,
}: ClusterEvent): Omit<KeyRenewal, 'at'> | undefined {
  const { encrypted, kmsKeyId } = requestParameters ?? {}
  if (encrypted === false || (!encrypted && !kmsKeyId)) return undefined
  const type = responseElements?.pendingModifiedValues?.encryptionType
  const how = type && type.toLowerCase() !== 'none' ? 'encrypted' : 'untold'
  return { how, ...(kmsKeyId && { key: kmsKeyId }) }
}
