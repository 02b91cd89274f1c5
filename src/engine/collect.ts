// Collect: asks AWS for everything, account by account and region by region, and writes the inventory as it arrives.

import type { Account } from '#aws/accounts.ts'
import type { Collector, Entry, Scope } from '#aws/collector.ts'
import type { Session } from '#aws/session.ts'
import { merge } from '#kit/merge.ts'
import { pool } from '#kit/pool.ts'
import { gapsAmong, type Manifest, type Shard, type ShardEntry } from '#model/inventory.ts'
import { type Gap, type Resource, resourceOf } from '#model/resource.ts'
import { writeManifest, writeShard } from '#store/inventories.ts'

/** How many regions are asked at once. */
const regionsAtOnce = 16

export type CollectOptions = {
  workspace: string
  id: string
  /** Hears how far it is: once for each account and region that is done. */
  progress?: ((done: number, of: number, place: string) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Takes the inventory of a session and saves it. Refused and failed calls are in it as gaps; only the disk throws. */
export async function collect(
  session: Session,
  collectors: readonly Collector[],
  { workspace, id, progress, signal }: CollectOptions,
): Promise<Manifest> {
  const places = session.accounts.flatMap((account) => session.regions.map((region) => ({ account, region })))
  let done = 0
  const shards = await pool(places, regionsAtOnce, async ({ account, region }) => {
    const shard = await collectShard(session, collectors, account, region, { workspace, id })
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
    calls: session.wire.calls,
    interrupted: signal?.aborted ?? false,
    shards,
  }
  await writeManifest(workspace, manifest)
  return manifest
}

async function collectShard(
  session: Session,
  collectors: readonly Collector[],
  { account, partition, gap }: Account,
  region: string,
  { workspace, id }: { workspace: string; id: string },
): Promise<ShardEntry> {
  const place = { partition, account, region }
  const gaps: Gap[] = []
  const resources: ShardEntry['resources'] = {}
  const entries = gap
    ? allMissing(collectors, gap)
    : merge(...collectors.map((collector) => collector.collect(session.door(account, region))))
  async function* counted() {
    for await (const entry of entries) {
      gaps.push(...gapsIn(entry))
      if ('resource' in entry) resources[entry.resource.type] = (resources[entry.resource.type] ?? 0) + 1
      yield entry
    }
  }
  const written = await writeShard(workspace, id, place, counted())
  return { ...place, ...written, resources, gaps }
}

function gapsIn(entry: Entry): Gap[] {
  return gapsAmong('resource' in entry ? Object.values(entry.resource.asked) : [entry.answer])
}

/** An account whose role cannot be assumed: each of its lists is the same gap. */
async function* allMissing(collectors: readonly Collector[], gap: Gap): AsyncGenerator<Entry> {
  for (const { types } of collectors) for (const list of types) yield { list, answer: gap }
}

/** Takes one resource again, with the answers about it that are wanted, as a shard of its own. */
export async function collectOne(
  session: Session,
  collectors: readonly Collector[],
  arn: string,
  needs: readonly string[],
): Promise<{ shard: Shard; resource: Resource | undefined }> {
  const named = resourceOf(arn)
  if (!named) throw new Error(`${arn} is not the ARN of a resource that can be collected`)
  const { type, name, partition, account, region } = named
  const shard: Shard = { partition, account, region, lists: {}, resources: [] }
  const scope: Scope = { type, name, needs }
  for (const collector of collectors.filter(({ types }) => types.includes(type))) {
    for await (const entry of collector.collect(session.door(account, region), scope)) {
      if ('resource' in entry) shard.resources.push(entry.resource)
      else shard.lists[entry.list] = entry.answer
    }
  }
  return { shard, resource: shard.resources.find((resource) => resource.arn === arn) }
}
