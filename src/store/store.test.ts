// What is kept on disk: whole or not at all, private, and told when it was tampered with.

import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '#model/inventory.ts'
import type { JournalEntry } from '#model/journal.ts'
import { documentIds, idFor, readDocument, saveDocument } from './documents.ts'
import { inventoryIds, openInventory, readShard, writeManifest, writeShard } from './inventories.ts'
import { openJournal, readJournal } from './journals.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redoubt-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
const list = {
  list: 'redshift:cluster' as const,
  answer: { source: 'redshift:DescribeClusters' as const, takenAt: 't', value: 0 },
}

async function* lines() {
  yield list
}

describe('documents', () => {
  it('are named by time, come back as they were, and are readable by their owner only', async () => {
    const id = idFor(Date.parse('2026-11-22T14:20:41.123Z'), 'sha256:3f9ab7c1')
    expect(id).toBe('20261122T142041123Z-3f9ab7')
    const file = await saveDocument(folder, 'plans', { id, schema: 'redoubt.plan/1' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'plans'))).mode & 0o777).toBe(0o700)
    expect(await readDocument(folder, 'plans', id)).toEqual({ id, schema: 'redoubt.plan/1' })
    expect(await readDocument(folder, 'plans', file)).toEqual({ id, schema: 'redoubt.plan/1' })
    expect(await documentIds(folder, 'plans')).toEqual([id])
  })

  it('that are not JSON are refused with a sentence', async () => {
    await writeFile(join(folder, 'x.json'), '{"half":')
    await expect(readDocument(folder, 'plans', join(folder, 'x.json'))).rejects.toMatchObject({
      exit: 'usage',
      what: expect.stringContaining('is not a JSON document'),
    })
  })

  it('an id never leads out of the workspace', async () => {
    await writeFile(join(folder, 'outside.json'), '{"id":"outside"}')
    expect(await readDocument(join(folder, 'workspace'), 'plans', '../../outside')).toBeUndefined()
  })
})

describe('inventories', () => {
  it('exist from the moment their manifest is written', async () => {
    const written = await writeShard(folder, 'i1', place, lines())
    expect(await inventoryIds(folder)).toEqual([])
    const entry = { ...place, ...written, resources: {}, gaps: [] }
    await writeManifest(folder, { id: 'i1', shards: [entry] } as unknown as Manifest)
    expect(await inventoryIds(folder)).toEqual(['i1'])
    const inventory = await openInventory(folder, 'i1')
    for await (const shard of inventory?.shards() ?? [])
      expect(shard.lists).toEqual({ 'redshift:cluster': list.answer })
  })

  it('notice a shard that was changed', async () => {
    const written = await writeShard(folder, 'i1', place, lines())
    const entry = { ...place, ...written, resources: {}, gaps: [] }
    const path = join(folder, 'inventories', 'i1', written.file)
    const other = await writeShard(folder, 'i2', { ...place, region: 'us-east-1' }, twice())
    await writeFile(path, await readFile(join(folder, 'inventories', 'i2', other.file)))
    await expect(readShard(folder, 'i1', entry)).rejects.toMatchObject({
      what: expect.stringContaining('was changed after it was collected'),
    })
  })
})

async function* twice() {
  yield list
  yield list
}

describe('journals', () => {
  const entry: JournalEntry = { at: '2026-11-22T12:00:00Z', plan: 'p1', event: 'calling', step: 's1' }

  it('forget half a line that a kill left behind, and go on behind it', async () => {
    const first = await openJournal(folder, 'p1')
    await first.write(entry)
    await first.close()
    await appendFile(join(folder, 'journals', 'p1.jsonl'), '{"at":"2026-11-22T12:00')
    expect(await readJournal(folder, 'p1')).toEqual([entry])
    const second = await openJournal(folder, 'p1')
    await second.write({ ...entry, step: 's2' })
    await second.close()
    expect(await readJournal(folder, 'p1')).toEqual([entry, { ...entry, step: 's2' }])
  })

  it('tell a line that is damaged in the middle', async () => {
    const journal = await openJournal(folder, 'p1')
    await journal.write(entry)
    await journal.close()
    await appendFile(join(folder, 'journals', 'p1.jsonl'), 'garbage\n')
    await expect(readJournal(folder, 'p1')).rejects.toMatchObject({
      what: expect.stringMatching(/^Line 2 of .* is damaged/),
    })
  })

  it('have one writer at a time; a dead one does not block', async () => {
    const lock = join(folder, 'journals', 'p1.jsonl.lock')
    const journal = await openJournal(folder, 'p1')
    await journal.close()
    await writeFile(lock, String(process.ppid))
    await expect(openJournal(folder, 'p1')).rejects.toMatchObject({
      exit: 'stale',
      what: `Plan p1 is being applied or undone by process ${process.ppid}.`,
    })
    // Process ids end well below this one on Linux: nobody has it.
    await writeFile(lock, '4194999')
    await (await openJournal(folder, 'p1')).close()
  })
})
