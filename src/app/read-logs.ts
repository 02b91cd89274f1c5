// Reading the user activity logs of an estate for the buckets that data moves through. Statements are read and forgotten:
// what is kept of them is which bucket, of which warehouse, and when.

import { bucketFinder, type LogSource, readLog } from '#aws/audit-log.ts'
import type { Door } from '#aws/door.ts'
import { whole } from '#aws/listing.ts'
import { regionsAtOnce } from '#aws/regions.ts'
import type { Session } from '#aws/session.ts'
import { placeKey, type SeenInLogs } from '#engine/data-buckets.ts'
import { madeOnce } from '#kit/made-once.ts'
import { pool } from '#kit/pool.ts'
import { day, iso } from '#kit/time.ts'
import { type Movement, MovementReader } from '#logs/data-movement.ts'
import { UserActivityLog } from '#logs/user-activity.ts'
import type { ReadAction } from '#model/action.ts'
import { auditLogsOf, auditLogType, type Logging } from '#model/logging.ts'
import { type Answer, type Gap, isGap, resourceFrom, type Sighting } from '#model/resource.ts'

/**
 * Every action that reading logs calls; permissions derive from this, and a test compares it with the calls made. Files of
 * audit logs lie under SSE-S3 (db-auditing), and CloudWatch Logs decrypts what lies under a key "whenever it is requested"
 * (API_AssociateKmsKey). Unverified: that whoever asks needs nothing of KMS there.
 */
export const logReads = [
  'redshift:DescribeClusters',
  'redshift:DescribeLoggingStatus',
  'redshift-serverless:ListNamespaces',
  's3:GetBucketLocation',
  's3:ListObjectsV2',
  's3:GetObject',
  'logs:FilterLogEvents',
] as const satisfies readonly ReadAction[]

/** The user activity log of a cluster or namespace. */
export type Log = {
  door: Door
  /** What it is called: `cluster sales`. */
  warehouse: string
  arn: string
  source: LogSource
}

/** How many logs of one region are asked about, and how many are read at once. */
const [askedAtOnce, readAtOnce] = [8, 4]

/** A bound to what is kept, whatever the logs hold. */
const mostBuckets = 1_000

export type ReadOptions = {
  days: number
  progress?: ((done: number, of: number, warehouse: string) => void) | undefined
}

/** Reads the logs of the last days in every account and region of a session. What cannot be read is a gap. */
export async function readLogs(session: Session, { days, progress }: ReadOptions): Promise<SeenInLogs> {
  const places = session.accounts.flatMap(({ account, gap }) =>
    gap ? [] : session.regions.map((region) => session.door(account, region)),
  )
  const found = await pool(places, regionsAtOnce, async (door) => {
    const find = bucketFinder(door)
    const { logs, gaps } = await logsIn(door)
    return { door, gaps, logs: logs.map((log) => ({ ...log, find })) }
  })
  const to = Date.parse(session.startedAt)
  const window = { from: to - days * day, to }
  const seen = new Sightings()
  let done = 0
  const logs = found.flatMap((one) => one.logs)
  const read = await pool(logs, readAtOnce, async ({ find, ...log }) => {
    const gaps = await readOne(log, window, find, seen)
    progress?.(++done, logs.length, log.warehouse)
    return { door: log.door, gaps }
  })
  const gaps = new Map<string, Gap[]>()
  for (const { door, gaps: own } of [...found, ...read]) {
    const known = gaps.get(placeKey(door)) ?? []
    const added = notedOnce(own, known)
    if (added.length > 0) gaps.set(placeKey(door), [...known, ...added])
  }
  return { days, buckets: seen.buckets(), gaps }
}

/**
 * One gap for each thing that goes wrong with a log, since it may go wrong with thousands of files. What keeps several logs
 * from being read is told once, where it is the same.
 */
function notedOnce(gaps: readonly Gap[], known: readonly Gap[]): Gap[] {
  const added: Gap[] = []
  for (const gap of gaps) {
    const alike = ({ source, code }: Gap) => source === gap.source && code === gap.code
    const isKnown = known
      .filter(alike)
      .some(({ message }) => gap.gap === 'refused' || message === gap.message)
    if (!isKnown && !added.some(alike)) added.push(gap)
  }
  return added
}

/** The logs of a region, and what keeps from knowing them. A warehouse whose statements are logged nowhere has none. */
export async function logsIn(door: Door): Promise<{ logs: Log[]; gaps: Gap[] }> {
  const found = await Promise.all([clusterLogs(door), namespaceLogs(door)])
  return { logs: found.flatMap(({ logs }) => logs), gaps: found.flatMap(({ gaps }) => gaps) }
}

type Found = { logs: Log[]; gaps: Gap[] }

async function clusterLogs(door: Door): Promise<Found> {
  const list = await whole(door.pages('redshift:DescribeClusters', {}, ({ Clusters }) => Clusters))
  if (isGap(list)) return { logs: [], gaps: [list] }
  const found = await pool(list.value, askedAtOnce, async (facts): Promise<Found> => {
    const { arn, name } = resourceFrom('redshift:cluster', door, list, facts)
    const logging: Answer<Logging> = await door.ask(
      'redshift:DescribeLoggingStatus',
      { ClusterIdentifier: name },
      (status) => status,
    )
    if (isGap(logging)) return { logs: [], gaps: [logging] }
    const source = sourceOf(name, logging.value)
    if (source === 'unnamed') {
      const message = `the audit log of cluster ${name} goes to a place that is not named`
      return {
        logs: [],
        gaps: [gapFrom(door, 'redshift:DescribeLoggingStatus', 'UnnamedDestination', message)],
      }
    }
    return { logs: source ? [{ door, warehouse: `cluster ${name}`, arn, source }] : [], gaps: [] }
  })
  return { logs: found.flatMap(({ logs }) => logs), gaps: found.flatMap(({ gaps }) => gaps) }
}

/** Names of log groups: db-auditing, and serverless-audit-logging. */
function sourceOf(cluster: string, logging: Logging): LogSource | 'unnamed' | undefined {
  const type = auditLogType(logging)
  const exports = auditLogsOf(logging)
  if (!type || (exports.length > 0 && !exports.includes('useractivitylog'))) return undefined
  if (type === 'cloudwatch') return { group: `/aws/redshift/cluster/${cluster}/useractivitylog` }
  const { BucketName: bucket, S3KeyPrefix: prefix = '' } = logging
  return bucket ? { cluster, bucket, prefix } : 'unnamed'
}

async function namespaceLogs(door: Door): Promise<Found> {
  const list = await whole(
    door.pages('redshift-serverless:ListNamespaces', {}, ({ namespaces }) => namespaces),
  )
  if (isGap(list)) return { logs: [], gaps: [list] }
  const logs = list.value.flatMap((facts) => {
    const { arn, name } = resourceFrom('redshift-serverless:namespace', door, list, facts)
    const group = `/aws/redshift/${facts.namespaceName}/useractivitylog`
    const isLogged = facts.logExports?.includes('useractivitylog')
    return isLogged
      ? [{ door, warehouse: `namespace ${facts.namespaceName ?? name}`, arn, source: { group } }]
      : []
  })
  return { logs, gaps: [] }
}

/** Reads one log: each of its streams by itself, since records go on within one. */
async function readOne(
  { door, warehouse, arn, source }: Log,
  window: { from: number; to: number },
  find: ReturnType<typeof bucketFinder>,
  seen: Sightings,
): Promise<Gap[]> {
  const streams = new Map<string, { log: UserActivityLog; reader: MovementReader }>()
  let isFull = false
  const open = () => {
    const reader = new MovementReader(({ statement, bucket }: Movement, told) => {
      const at = told && isTime(told, window) ? told : iso(window.from)
      if (!seen.add(bucket, { statement, warehouse, arn, at })) isFull = true
    })
    return { reader, log: new UserActivityLog((record) => reader.read(record)) }
  }
  const gaps = await readLog(door, source, window, find, (text, stream) => {
    madeOnce(streams, stream, open).log.push(text)
  })
  let [lost, headers] = [0, 0]
  for (const { log, reader } of streams.values()) {
    log.end()
    lost += log.cut + reader.lost
    headers += log.headers
  }
  const wrong = (code: string, message: string) => {
    const from = 'group' in source ? 'logs:FilterLogEvents' : 's3:GetObject'
    gaps.push(gapFrom(door, from, code, `the log of ${warehouse} ${message}`))
  }
  if (lost > 0) wrong('UnreadableRecord', `has ${lost} statements that could not be read to their end`)
  if (streams.size > 0 && headers === 0) wrong('UnknownFormat', 'has no record of user activity in it')
  if (isFull) wrong('TooManyBuckets', `names more buckets than the ${mostBuckets} that are looked at`)
  return gaps
}

/** A record that was forged may tell any time: one that is none, or that is still to come. */
const isTime = (at: string, { to }: { to: number }) => Date.parse(at) <= to

function gapFrom(door: Door, source: ReadAction, code: string, message: string): Gap {
  return { source, takenAt: door.now(), gap: 'failed', code, message }
}

/** The buckets that were seen: of each warehouse and statement the last time. */
class Sightings {
  readonly #buckets = new Map<string, Map<string, Sighting>>()

  /** False when there are too many buckets for one more. */
  add(bucket: string, sighting: Sighting): boolean {
    const known = this.#buckets.get(bucket)
    if (!known && this.#buckets.size >= mostBuckets) return false
    const by = known ?? new Map<string, Sighting>()
    const key = `${sighting.arn} ${sighting.statement}`
    if ((by.get(key)?.at ?? '') < sighting.at) by.set(key, sighting)
    this.#buckets.set(bucket, by)
    return true
  }

  buckets(): Map<string, Sighting[]> {
    const newestFirst = (a: Sighting, b: Sighting) =>
      a.at === b.at ? (a.arn < b.arn ? -1 : 1) : a.at < b.at ? 1 : -1
    return new Map([...this.#buckets].map(([name, by]) => [name, [...by.values()].sort(newestFirst)]))
  }
}
