// What an assessment is made from: shards with their indexes, from a collection that has ended or from the disk.

import type { Inventory, Manifest, ShardLine } from '#model/inventory.ts'
import { JoinIndex } from '#model/join-index.ts'
import type { Place } from '#model/resource.ts'

/** A shard with what its resources tell of each other. */
export type IndexedShard = Place & { index: JoinIndex; lines(): AsyncIterable<ShardLine[]> }

/** An inventory with the indexes of its shards. */
export type Source = { manifest: Manifest; shards: readonly IndexedShard[] }

/** An inventory of an earlier day, of which each shard is read once for its index. */
export async function stored({ manifest, lines }: Inventory): Promise<Source> {
  const shards: IndexedShard[] = []
  for (const entry of manifest.shards) shards.push(await indexed({ ...entry, lines: () => lines(entry) }))
  return { manifest, shards }
}

/** A shard with its index, for which it is read. */
export async function indexed(shard: Omit<IndexedShard, 'index'>): Promise<IndexedShard> {
  const { account, region, lines } = shard
  const index = new JoinIndex({ account, region, lists: {} })
  for await (const batch of lines()) for (const line of batch) index.take(line)
  return { ...shard, index }
}
