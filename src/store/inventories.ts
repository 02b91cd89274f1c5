// Inventories: a manifest, and one shard of gzipped JSON Lines for each account and region, written as it is collected.

import { mkdir, rename } from 'node:fs/promises'
import type { Inventory, Manifest, Shard, ShardEntry, ShardLine } from '#model/inventory.ts'
import { Problem } from '#model/problem.ts'
import type { Place } from '#model/resource.ts'
import { join, namesIn, notWritable, openFolder, readText, writeWhole } from './folder.ts'
import { readLines, writeLines } from './lines.ts'

const folderOf = (workspace: string, id: string) => join(workspace, 'inventories', id)

/** Writes one shard, some lines at a time, and says where it lies; the manifest is written when all shards are. */
export async function writeShard(
  workspace: string,
  id: string,
  place: Place,
  lines: AsyncIterable<ShardLine[]>,
): Promise<Pick<ShardEntry, 'file' | 'sha256'>> {
  const folder = folderOf(workspace, id)
  const file = `${place.account}.${place.region}.jsonl.gz`
  const path = join(folder, file)
  try {
    await openFolder(workspace)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const sha256 = await writeLines(`${path}.tmp`, lines)
    await rename(`${path}.tmp`, path)
    return { file, sha256 }
  } catch (error) {
    throw error instanceof Problem ? error : notWritable(path, error)
  }
}

/** Writes the manifest: from now on the inventory exists. */
export async function writeManifest(workspace: string, manifest: Manifest): Promise<void> {
  await writeWhole(
    join(folderOf(workspace, manifest.id), 'manifest.json'),
    `${JSON.stringify(manifest, null, 2)}\n`,
  )
}

/** Opens an inventory by its id; undefined when there is none. */
export async function openInventory(workspace: string, id: string): Promise<Inventory | undefined> {
  const text = await readText(join(folderOf(workspace, id), 'manifest.json'))
  if (text === undefined) return undefined
  const manifest = JSON.parse(text) as Manifest
  return {
    manifest,
    async *shards() {
      for (const entry of manifest.shards) yield readShard(workspace, id, entry)
    },
    lines: (entry) => shardLines(workspace, id, entry),
  }
}

/** The ids of all complete inventories, oldest first. */
export async function inventoryIds(workspace: string): Promise<string[]> {
  const ids: string[] = []
  for (const id of await namesIn(join(workspace, 'inventories'))) {
    if ((await namesIn(folderOf(workspace, id))).includes('manifest.json')) ids.push(id)
  }
  return ids
}

/** Reads the lines of a shard, some at a time. Throws a Problem at the end when it is not the one that was written. */
export function shardLines(workspace: string, id: string, { file, sha256 }: ShardEntry) {
  return readLines<ShardLine>({ path: join(folderOf(workspace, id), file), sha256 })
}

/** Reads one shard back. Throws a Problem when it is not the one that was written. */
export async function readShard(workspace: string, id: string, entry: ShardEntry): Promise<Shard> {
  const { partition, account, region } = entry
  const shard: Shard = { partition, account, region, lists: {}, resources: [] }
  for await (const lines of shardLines(workspace, id, entry))
    for (const line of lines) {
      if ('resource' in line) shard.resources.push(line.resource)
      else shard.lists[line.list] = line.answer
    }
  return shard
}
