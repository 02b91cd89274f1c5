// Inventories: a manifest, and one shard of gzipped JSON Lines for each account and region, written as it is collected.

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Inventory, Manifest, Shard, ShardEntry } from '#model/inventory.ts'
import { Problem } from '#model/problem.ts'
import type { Answer, Place, Resource, ResourceType } from '#model/resource.ts'
import { join, namesIn, notReadable, notWritable, openFolder, readText, writeWhole } from './folder.ts'

/** A line of a shard: a resource, or how a list ended. */
export type ShardLine = { resource: Resource } | { list: ResourceType; answer: Answer<number> }

const folderOf = (workspace: string, id: string) => join(workspace, 'inventories', id)

/** Writes one shard from a stream of lines and says where it lies; the manifest is written when all shards are. */
export async function writeShard(
  workspace: string,
  id: string,
  place: Place,
  lines: AsyncIterable<ShardLine>,
): Promise<Pick<ShardEntry, 'file' | 'sha256'>> {
  const folder = folderOf(workspace, id)
  const file = `${place.account}.${place.region}.jsonl.gz`
  const path = join(folder, file)
  const hash = createHash('sha256')
  try {
    await openFolder(workspace)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await pipeline(
      Readable.from(textOf(lines)),
      createGzip({ level: 4 }),
      async function* (compressed) {
        for await (const chunk of compressed) {
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(`${path}.tmp`, { mode: 0o600 }),
    )
    await rename(`${path}.tmp`, path)
  } catch (error) {
    throw error instanceof Problem ? error : notWritable(path, error)
  }
  return { file, sha256: hash.digest('hex') }
}

async function* textOf(lines: AsyncIterable<ShardLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
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

/** Reads one shard back. Throws a Problem when it is not the one that was written. */
export async function readShard(workspace: string, id: string, entry: ShardEntry): Promise<Shard> {
  const { partition, account, region, file, sha256 } = entry
  const path = join(folderOf(workspace, id), file)
  const shard: Shard = { partition, account, region, lists: {}, resources: [] }
  const hash = createHash('sha256')
  try {
    const raw = createReadStream(path)
    raw.on('data', (chunk) => hash.update(chunk))
    const unzipped = raw.pipe(createGunzip())
    raw.on('error', (error) => unzipped.destroy(error))
    for await (const line of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      const entry = JSON.parse(line) as ShardLine
      if ('resource' in entry) shard.resources.push(entry.resource)
      else shard.lists[entry.list] = entry.answer
    }
  } catch (error) {
    throw notReadable(path, error)
  }
  if (hash.digest('hex') !== sha256) {
    throw new Problem('environment', `${path} was changed after it was collected.`, 'Scan again.')
  }
  return shard
}
