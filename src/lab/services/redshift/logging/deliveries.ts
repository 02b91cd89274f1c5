// The stretches of time in which logs are delivered: how they begin and end, what is due in them, and how that went.

import { hour } from '#kit/time.ts'
import { schedule } from '#lab/agenda.ts'
import { hexOf } from '#lab/ids.ts'
import { needsOptIn } from '#lab/regions.ts'
import { type DeliveryRefusal, deliveryRefusal, findBucket } from '#lab/services/s3/use.ts'
import { watchBuckets } from '#lab/services/s3/watchers.ts'
import { arnIn, type Region, type State } from '#lab/state.ts'
import type { ClusterRecord } from '../model.ts'
import { conditionAt, databaseOf, noteCondition } from './database.ts'
import type { Database, Destination, Posture, Stretch } from './model.ts'

type Where = { state: State; region: Region; now: number }

/** Begins a stretch of a cluster. */
export function beginStretch(
  where: Where,
  cluster: ClusterRecord,
  destination: Destination,
  from = where.now,
): Stretch {
  const database = databaseOf(where.region, cluster, where.now)
  const stretch = openStretch(where, { database, source: cluster.id, destination, from })
  cluster.logging.stretch = stretch
  return stretch
}

/** Begins a stretch; every log is delivered for the first time an hour after it was turned on. */
export function openStretch(
  { state, region, now }: Where,
  given: Pick<Stretch, 'database' | 'source' | 'destination' | 'from'>,
): Stretch {
  const stretch: Stretch = {
    ...given,
    id: hexOf(`stretch ${given.source} ${region.redshift.deliveries.size}`, 16),
    partition: region.account.partition,
    to: undefined,
    postures: [{ from: given.from, outcome: 'arrives' }],
  }
  region.redshift.deliveries.set(stretch.id, stretch)
  attach(state, stretch)
  awaitGroups({ state, region, now }, stretch)
  return stretch
}

/** Sees to it that log groups are there when something is delivered to them for the first time. */
export function awaitGroups({ state, region, now }: Where, stretch: Stretch): void {
  if (stretch.destination.type !== 'cloudwatch') return
  const due = stretch.from + Math.max(1, Math.floor((now - stretch.from) / hour) + 1) * hour
  schedule(state, due, 'redshift:log-groups', region, stretch.id)
}

/** Ends the stretch of a cluster. Unverified: whether what was not delivered yet still comes; here it does not. */
export function endStretch(cluster: ClusterRecord, now: number): void {
  const { stretch } = cluster.logging
  if (!stretch) return
  stretch.to = now
  cluster.logging.stretch = undefined
}

/** Notes what has changed of a cluster for its logs: what its database runs, its name, that it is gone. */
export function noteCluster(where: Where, cluster: ClusterRecord): void {
  const { region, now } = where
  const { stretch } = cluster.logging
  // What is written from now on may want a group of its own.
  if (noteCondition(region, cluster, now) && stretch) awaitGroups(where, stretch)
  if (region.redshift.clusters.get(cluster.id) !== cluster) endStretch(cluster, now)
  else if (stretch && stretch.source !== cluster.id) {
    endStretch(cluster, now)
    const next = beginStretch(where, cluster, stretch.destination)
    next.postures = [{ ...(stretch.postures.at(-1) ?? { outcome: 'arrives' }), from: now }]
  }
}

/** Who delivers: in regions to opt in to it is the region's own principal (Management Guide, db-auditing). */
export function deliverer({ account, name }: Region): string {
  return needsOptIn(account.partition, name) ? `redshift.${name}.amazonaws.com` : 'redshift.amazonaws.com'
}

/** Why a bucket would not take the logs of a cluster now. */
export function refusalOf(
  state: State,
  region: Region,
  cluster: string,
  { bucket, prefix }: { bucket: string; prefix: string },
): DeliveryRefusal | undefined {
  return deliveryRefusal(state, {
    partition: region.account.partition,
    bucket,
    key: `${folderOf(region, prefix)}x`,
    service: deliverer(region),
    region: region.name,
    plainOnly: true,
    conditions: {
      'aws:SourceAccount': region.account.id,
      'aws:SourceArn': arnIn(region, 'redshift', `cluster:${cluster}`),
    },
  })
}

/** The folder of a region's log files. A prefix is followed by one slash, whether it ends with one or not. */
export function folderOf(
  { account, name }: { account: Pick<Region['account'], 'id'>; name: string },
  prefix: string,
): string {
  const front = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return `${front}AWSLogs/${account.id}/redshift/${name}/`
}

// Unverified: how AWS words it, but for S3's own words, of the missing bucket, a refusal and Object Lock.
const words: Record<DeliveryRefusal, string> = {
  'no-bucket': 'The specified bucket does not exist.',
  'other-region': 'The bucket is not in the region of the cluster.',
  policy: 'Access Denied',
  'object-lock':
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
  encryption: 'The bucket is encrypted with SSE-KMS; audit logs need SSE-S3.',
}

/** How deliveries to a bucket go from now on. */
export function postureNow(state: State, region: Region, stretch: Stretch, now: number): Posture {
  const { destination, source, partition } = stretch
  if (destination.type !== 's3') return { from: now, outcome: 'arrives' }
  const refusal = refusalOf(state, region, source, destination)
  if (refusal) return { from: now, outcome: 'fails', message: words[refusal] }
  // "Checks that the owner of the bucket is the same" as when logging was turned on: Management Guide, db-auditing.
  const owner = findBucket(state, partition, destination.bucket)?.account
  if (destination.owner !== undefined && owner !== destination.owner)
    return { from: now, outcome: 'fails', message: words.policy }
  return { from: now, outcome: 'arrives' }
}

/** Notes a posture, if it is another one than before. */
export function notePosture(state: State, stretch: Stretch, posture: Posture): void {
  const last = stretch.postures.at(-1)
  if (last?.outcome === posture.outcome && last.message === posture.message) return
  stretch.postures.push(posture)
  attach(state, stretch)
}

// A bucket that a world names and does not have may be somebody's outside the lab, so nothing is known of it.
function hearOfBuckets(state: State, now: number) {
  for (const { region, stretch } of openStretches(state)) {
    const { destination, partition } = stretch
    if (destination.type !== 's3') continue
    const bucket = findBucket(state, partition, destination.bucket)
    if (!bucket && destination.owner === undefined) continue
    destination.owner ??= bucket?.account
    notePosture(state, stretch, postureNow(state, region, stretch, now))
    if (bucket) attach(state, stretch)
  }
}

watchBuckets(hearOfBuckets)

function openStretches(state: State) {
  return [...state.accounts.values()].flatMap((account) =>
    [...account.regions.values()].flatMap((region) =>
      [...region.redshift.clusters.values()].flatMap(({ logging: { stretch } }) =>
        stretch ? [{ region, stretch }] : [],
      ),
    ),
  )
}

/** The kind of source that makes the files of a stretch. */
export const sourceKind = 'redshift:audit'

// A bucket that was made again has to be told again.
function attach(state: State, { id, database: { account, region }, destination, partition }: Stretch) {
  if (destination.type !== 's3') return
  const bucket = findBucket(state, partition, destination.bucket)
  if (!bucket || bucket.sources.some(({ stretch }) => stretch === id)) return
  bucket.sources.push({ kind: sourceKind, account, region, stretch: id })
}

/**
 * How what is due at a moment goes; undefined when nothing is due, because the database is not up. What changes at that
 * very moment comes too late: the file may have been seen.
 */
export function outcomeAt({ postures, database }: Stretch, due: number): Posture['outcome'] | undefined {
  if (!isUpBefore(database, due)) return undefined
  return postures.findLast(({ from }) => from < due)?.outcome
}

function isUpBefore(database: Database, due: number): boolean {
  return conditionAt(database, due - 1)?.isUp === true
}

/** The last delivery of a stretch with an outcome, at or before a moment. */
export function lastDelivery(
  stretch: Stretch,
  now: number,
  outcome: Posture['outcome'],
): { at: number; posture: Posture } | undefined {
  const { postures, from, to = now, database } = stretch
  for (let index = postures.length - 1; index >= 0; index -= 1) {
    const posture = postures[index]
    if (posture?.outcome !== outcome) continue
    const until = Math.min(now, to, postures[index + 1]?.from ?? now)
    const first = Math.max(posture.from + 1, from + hour)
    for (let at = from + Math.floor((until - from) / hour) * hour; at >= first; at -= hour) {
      if (isUpBefore(database, at)) return { at, posture }
    }
  }
  return undefined
}
