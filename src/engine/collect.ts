// Collect: asks AWS for everything, account by account and region by region, writes the inventory as it arrives, and
// builds the index of each shard meanwhile.

import type { Account } from '#aws/accounts.ts'
import { type Collector, type Entry, everything, type Wish } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { regionsAtOnce } from '#aws/regions.ts'
import type { Session } from '#aws/session.ts'
import { merge } from '#kit/merge.ts'
import { pool } from '#kit/pool.ts'
import { gapsAmong, type Manifest, type Shard, type ShardEntry } from '#model/inventory.ts'
import { JoinIndex } from '#model/join-index.ts'
import { sourceOf } from '#model/needs.ts'
import { type Gap, isGap, type Resource, type ResourceType, resourceOf } from '#model/resource.ts'
import { shardLines, writeManifest, writeShard } from '#store/inventories.ts'
import { type PlacedBucket, placed, placeKey, type SeenInLogs } from './data-buckets.ts'
import type { Source } from './source.ts'

export type CollectOptions = {
  workspace: string
  id: string
  /** The option that chose the regions. */
  regionsBy?: Manifest['regionsBy'] | undefined
  /** The buckets that settings name. */
  dataBuckets?: readonly string[]
  /** What logs show, where they were read. */
  seenInLogs?: SeenInLogs | undefined
  /** Hears how far it is: once for each account and region that is done. */
  progress?: ((done: number, of: number, place: string) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Takes the inventory of a session and saves it. Refused and failed calls are in it as gaps; only the disk throws. */
export async function collect(
  session: Session,
  collectors: readonly Collector[],
  { workspace, id, regionsBy, dataBuckets = [], seenInLogs, progress, signal }: CollectOptions,
): Promise<Source> {
  const buckets = await placed(session, dataBuckets, seenInLogs?.buckets)
  const places = session.accounts.flatMap((account) => session.regions.map((region) => ({ account, region })))
  let done = 0
  const shards = await pool(places, regionsAtOnce, async ({ account, region }) => {
    const unread = seenInLogs?.gaps.get(placeKey({ account: account.account, region })) ?? []
    const shard = await collectShard(session, collectors, account, region, { workspace, id, buckets, unread })
    progress?.(++done, places.length, `${account.account} ${region}`)
    return shard
  })
  const manifest: Manifest = {
    schema: 'redoubt.inventory/1',
    id,
    madeAt: session.startedAt,
    caller: session.caller,
    accounts: session.accounts.map(({ account }) => account),
    regions: session.regions,
    ...(regionsBy && { regionsBy }),
    ...(seenInLogs && { readLogs: { days: seenInLogs.days } }),
    calls: session.wire.calls,
    interrupted: signal?.aborted ?? false,
    shards: shards.map(({ entry }) => entry),
  }
  await writeManifest(workspace, manifest)
  return {
    manifest,
    shards: shards.map(({ entry, index }) => ({
      ...entry,
      index,
      lines: () => shardLines(workspace, id, entry),
    })),
  }
}

type ShardOptions = {
  workspace: string
  id: string
  buckets: readonly PlacedBucket[]
  /** Why logs could not be read here. */
  unread: readonly Gap[]
}

async function collectShard(
  session: Session,
  collectors: readonly Collector[],
  { account, partition, gap }: Account,
  region: string,
  { workspace, id, buckets, unread }: ShardOptions,
): Promise<{ entry: ShardEntry; index: JoinIndex }> {
  const place = { partition, account, region }
  const index = new JoinIndex({ account, region, lists: {} })
  // A log that was not read may name buckets that data moves through; those of audit logs are known without.
  const lacking = unread.map((gap) => ({ ...gap, hides: { TakesAuditLogs: false } }))
  const gaps: Gap[] = [...lacking]
  const resources: ShardEntry['resources'] = {}
  const pages = gap
    ? allMissing(collectors, gap)
    : blinded(
        inTwoWaves(session.door(account, region), collectors, (collector, leads) => ({
          ...everything(collector, leads),
          dataBuckets: buckets.filter((one) => one.account === account && one.region === region),
        })),
        lacking[0],
        ['s3:bucket'],
      )
  async function* counted() {
    for await (const page of pages) {
      for (const entry of page) {
        // What followers could not follow is the one gap that stopped them, told once.
        for (const one of gapsIn(entry)) if (!gaps.includes(one)) gaps.push(one)
        if ('resource' in entry) resources[entry.resource.type] = (resources[entry.resource.type] ?? 0) + 1
        index.take(entry)
      }
      yield page
      // It is written. Each generator on its way here would hold it until the next one comes, by when V8 takes it for
      // long-lived: pages that die young take a tenth off the largest memory of a scan.
      page.length = 0
    }
  }
  const written = await writeShard(workspace, id, place, counted())
  return { entry: { ...place, ...written, resources, gaps }, index }
}

/**
 * First the collectors that list, then those that follow what was listed, with all leads at once. Where a list broke
 * off, or an answer is missing that would have told, nobody knows what else there was to follow: the lists of the
 * followers end in the same gap, but for those to whom one lead tells all.
 */
async function* inTwoWaves(
  door: Door,
  collectors: readonly Collector[],
  wishOf: (collector: Collector, leads: readonly string[]) => Wish,
): AsyncGenerator<Entry[]> {
  const followers = collectors.filter(({ follows }) => follows)
  const leads = new Map(followers.map((follower) => [follower, new Set<string>()]))
  const broken = new Map<ResourceType, Gap>()
  const blind = new Map<Collector, Gap>()
  const listing = collectors.filter(({ follows }) => !follows)
  for await (const page of merge(...listing.map((c) => c.collect(door, wishOf(c, []))))) {
    for (const entry of page) {
      if ('list' in entry && isGap(entry.answer)) broken.set(entry.list, entry.answer)
      if (!('resource' in entry)) continue
      for (const follower of followers) {
        for (const lead of follower.follows?.(entry.resource) ?? []) leads.get(follower)?.add(lead)
        const gap = follower.blind?.(entry.resource)
        if (gap && !blind.has(follower)) blind.set(follower, gap)
      }
    }
    yield page
  }
  const following = followers.map((collector) => {
    const found = [...(leads.get(collector) ?? [])].sort()
    const pages = collector.collect(door, wishOf(collector, found))
    if (collector.oneLeadIsEnough && found.length > 0) return pages
    const [list] = leading(collector).flatMap((type) => broken.get(type) ?? [])
    return blinded(pages, list ?? blind.get(collector))
  })
  yield* merge(...following)
}

/** Entries whose lists, or those of some types, end in the gap that kept from knowing all that there is. */
async function* blinded(
  pages: AsyncGenerator<Entry[]>,
  gap: Gap | undefined,
  types?: readonly ResourceType[],
): AsyncGenerator<Entry[]> {
  const isBlind = (list: ResourceType) => types?.includes(list) !== false
  for await (const page of pages)
    yield gap
      ? page.map((entry) =>
          'list' in entry && isBlind(entry.list) && !isGap(entry.answer) ? { ...entry, answer: gap } : entry,
        )
      : page
}

/** The types whose resources a follower goes after. */
export const leading = ({ led }: Collector): readonly ResourceType[] => led ?? holdingData

const holdingData: readonly ResourceType[] = [
  'redshift:cluster',
  'redshift:snapshot',
  'redshift:copy-grant',
  'redshift-serverless:namespace',
  'redshift-serverless:workgroup',
  'redshift-serverless:snapshot',
]

function gapsIn(entry: Entry): Gap[] {
  return gapsAmong('resource' in entry ? Object.values(entry.resource.asked) : [entry.answer])
}

/** An account whose role cannot be assumed: each of its lists is the same gap. */
async function* allMissing(collectors: readonly Collector[], gap: Gap): AsyncGenerator<Entry[]> {
  yield collectors.flatMap(({ types }) => types.map((list) => ({ list, answer: gap })))
}

/**
 * Takes one resource again, with the answers about it that are wanted, as a shard of its own. `near` is where it is
 * looked for when its ARN does not say.
 */
export async function collectOne(
  session: Session,
  collectors: readonly Collector[],
  arn: string,
  needs: readonly string[],
  near?: { account: string; region: string },
): Promise<{ shard: Shard; resource: Resource | undefined }> {
  const named = resourceOf(arn)
  if (!named) throw new Error(`${arn} is not the ARN of a resource that can be collected`)
  const { type, name, partition } = named
  const account = near?.account ?? named.account
  const region = near?.region ?? named.region
  const shard: Shard = { partition, account, region, lists: {}, resources: [] }
  const types = new Set([type, ...needs.flatMap((need) => sourceOf(type, need)?.from ?? [])])
  const asked = collectors.filter((collector) => collector.types.some((own) => types.has(own)))
  const wishOf = (_: Collector, leads: readonly string[]) => ({
    types,
    only: { type, arn, name },
    needs,
    leads,
  })
  for await (const page of inTwoWaves(session.door(account, region), asked, wishOf))
    for (const entry of page) {
      if ('resource' in entry) shard.resources.push(entry.resource)
      else shard.lists[entry.list] = entry.answer
    }
  return { shard, resource: shard.resources.find((resource) => resource.arn === arn) }
}
