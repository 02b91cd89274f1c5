// How fast resources are judged when nothing has to be read or written: the newest inventory of a workspace, held in
// memory, by all practices. Prints findings per second of processor time, which other work on the machine leaves alone.

import { judgeShard } from '../../src/engine/assess.ts'
import { type IndexedShard, indexed } from '../../src/engine/source.ts'
import type { ShardLine } from '../../src/model/inventory.ts'
import { defaultSettings } from '../../src/model/settings.ts'
import { practices } from '../../src/practices/index.ts'
import { inventoryIds, openInventory } from '../../src/store/inventories.ts'

const [workspace = ''] = process.argv.slice(2)
const id = (await inventoryIds(workspace)).at(-1) ?? ''
const inventory = await openInventory(workspace, id)
if (!inventory) throw new Error(`${workspace} has no inventory`)
const { manifest, lines } = inventory
const shards: IndexedShard[] = []
for (const entry of manifest.shards) {
  const held: ShardLine[][] = []
  for await (const batch of lines(entry)) held.push(batch)
  async function* again() {
    yield* held
  }
  shards.push(await indexed({ ...entry, lines: again }))
}

async function perSecond(): Promise<number> {
  const started = process.cpuUsage()
  let count = 0
  for (const shard of shards)
    for await (const findings of judgeShard(shard, practices, defaultSettings, manifest.madeAt))
      count += findings.length
  const { user, system } = process.cpuUsage(started)
  return count / ((user + system) / 1_000_000)
}

const rounds: number[] = []
for (let round = 0; round < 9; round++) rounds.push(await perSecond())
rounds.sort((a, b) => a - b)
process.stdout.write(`${Math.round(rounds[4] ?? 0)}\n`)
