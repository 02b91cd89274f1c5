// What a trail delivers and when: stretches of time in which it logged, and whether its bucket took the files then.

import { minute } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import type { State } from '#lab/state.ts'
import { organizationOf } from '../organizations/use.ts'
import { type DeliveryRefusal, deliveryRefusal, findBucket } from '../s3/use.ts'
import { globalRegion } from './casing.ts'
import type { Recorded, Stretch, Trail } from './model.ts'
import { selects, wantsData } from './selectors.ts'

type Where = { state: State; now: number }

/** "on average … about 5 minutes": CloudTrail User Guide, "Getting and viewing your CloudTrail log files". */
export const slot = 5 * minute

/** What decides where a trail's files go, as its settings are now. */
export function stretchFacts(
  state: State,
  { arn, account, region, settings }: Pick<Trail, 'arn' | 'account' | 'region' | 'settings'>,
): Pick<Stretch, 'trail' | 'account' | 'region' | 'partition' | 'organization' | 'bucket' | 'prefix'> {
  return {
    trail: arn,
    account,
    region,
    partition: state.accounts.get(account)?.partition ?? 'aws',
    organization: settings.IsOrganizationTrail ? membersOf(state, account) : undefined,
    bucket: settings.S3BucketName,
    prefix: settings.S3KeyPrefix ? `${settings.S3KeyPrefix}/` : '',
  }
}

/** Begins a stretch for a trail that is to log, with its settings as they are now. */
export function beginStretch(where: Where, trail: Trail, from: number = where.now): Stretch {
  const { state } = where
  const { settings } = trail
  const { cloudtrail } = state
  const stretch: Stretch = {
    ...stretchFacts(state, trail),
    id: hexOf(`stretch ${trail.arn} ${cloudtrail.stretches.size}`, 16),
    isMultiRegion: settings.IsMultiRegionTrail,
    globalEvents: settings.IncludeGlobalServiceEvents,
    kmsKeyId: settings.KmsKeyId,
    selectors: trail.selectors,
    from,
    to: undefined,
    // What a world tells of the past has only its time.
    first: from < where.now ? 0 : cloudtrail.made,
    end: undefined,
    postures: [],
  }
  stretch.postures.push({ from, refusal: refusalOf(state, stretch) })
  cloudtrail.stretches.set(stretch.id, stretch)
  trail.stretch = stretch.id
  countDataTrails(state)
  attach(state, stretch)
  return stretch
}

/**
 * Ends the stretch of a trail, if it logs. The call that stops a trail is the last thing it brings. Unverified, but many
 * look for such calls there.
 */
export function endStretch({ state, now }: Where, trail: Trail): void {
  const stretch = trail.stretch === undefined ? undefined : state.cloudtrail.stretches.get(trail.stretch)
  if (!stretch) return
  stretch.to = now
  stretch.end = state.cloudtrail.made + 1
  trail.lastStretch = stretch.id
  trail.stretch = undefined
  countDataTrails(state)
}

/** Goes on with changed settings, if the trail logs. */
export function renewStretch(where: Where, trail: Trail): void {
  if (trail.stretch === undefined) return
  endStretch(where, trail)
  // The call that changes a trail is still judged by what held before.
  beginStretch(where, trail).first += 1
}

function countDataTrails({ cloudtrail }: State) {
  const open = [...cloudtrail.stretches.values()].filter(({ to }) => to === undefined)
  cloudtrail.dataTrails = open.filter(({ selectors }) => wantsData(selectors)).length
}

/** The organization whose events an account's trail may have. */
function membersOf(state: State, account: string): Stretch['organization'] {
  const organization = organizationOf(state, account)
  if (!organization) return undefined
  const accounts = [...organization.nodes.values()]
    .filter(({ kind }) => kind === 'ACCOUNT')
    .map(({ id }) => id)
  return { id: organization.id, accounts }
}

/** Why the bucket would refuse a delivery now. CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
export function refusalOf(
  state: State,
  stretch: ReturnType<typeof stretchFacts>,
): DeliveryRefusal | undefined {
  const { partition, bucket, prefix, account, organization, trail } = stretch
  return deliveryRefusal(state, {
    partition,
    bucket,
    key: `${prefix}AWSLogs/${organization ? `${organization.id}/` : ''}${account}/CloudTrail/x`,
    service: 'cloudtrail.amazonaws.com',
    conditions: {
      's3:x-amz-acl': 'bucket-owner-full-control',
      'aws:SourceArn': trail,
      'aws:SourceAccount': account,
    },
  })
}

// The bucket makes the files when it is listed; one that was made again has to be told again.
function attach(state: State, { partition, bucket: name }: Stretch) {
  const bucket = findBucket(state, partition, name)
  if (!bucket || bucket.sources.some(({ kind }) => kind === 'cloudtrail')) return
  bucket.sources.push({ kind: 'cloudtrail' })
}

/** Notes what a call may have changed of the buckets that trails deliver to. */
export function bucketsChanged(state: State, now: number): void {
  for (const stretch of state.cloudtrail.stretches.values()) {
    const refusal = refusalOf(state, stretch)
    if (refusal === stretch.postures.at(-1)?.refusal) continue
    stretch.postures.push({ from: now, refusal })
    if (refusal === undefined) attach(state, stretch)
  }
}

/** Whether a stretch has an event. */
export function hasEvent(stretch: Stretch, event: Recorded): boolean {
  if (event.at < stretch.from || (stretch.to !== undefined && event.at > stretch.to)) return false
  if (event.number < stretch.first || event.number >= (stretch.end ?? Number.POSITIVE_INFINITY)) return false
  const { organization, account } = stretch
  if (organization ? !organization.accounts.includes(event.account) : event.account !== account) return false
  if (!isOfRegion(stretch, event)) return false
  return selects(stretch.selectors, event)
}

// Events of global services are in one region; a trail of several regions always has them.
function isOfRegion({ isMultiRegion, globalEvents, region, partition }: Stretch, event: Recorded): boolean {
  if (isMultiRegion) return true
  if (event.region !== region) return false
  const isGlobal =
    event.region === globalRegion(partition) && ['iam', 'organizations'].includes(event.service)
  return globalEvents || !isGlobal
}

/** How long CloudTrail tries again: CloudTrail User Guide, "Managing CloudTrail trail costs" (30 days). */
const retries = 30 * 24 * 60 * minute

/** When what was due at a moment lay in the bucket; undefined when it never did. */
export function deliveredAt({ postures }: Stretch, due: number): number | undefined {
  for (const [index, { refusal }] of postures.entries()) {
    const until = postures[index + 1]?.from ?? Number.POSITIVE_INFINITY
    if (until <= due || refusal !== undefined) continue
    const at = Math.max(due, postures[index]?.from ?? due)
    return at - due <= retries ? at : undefined
  }
  return undefined
}
