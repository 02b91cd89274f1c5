// What is kept on disk: whole or not at all, private, and told when it was tampered with.

import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lifeOf } from '#kit/process-life.ts'
import type { Finding } from '#model/finding.ts'
import type { Manifest } from '#model/inventory.ts'
import type { JournalEntry } from '#model/journal.ts'
import { assessmentIds, openAssessment, writeAssessment } from './assessments.ts'
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
  yield [list]
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
      what: expect.stringContaining('was changed after it was made'),
    })
  })
})

async function* twice() {
  yield [list]
  yield [list]
}

describe('assessments', () => {
  const finding: Finding = {
    kind: 'practice',
    practice: 'p',
    resource: 'r',
    account: place.account,
    region: place.region,
    status: 'pass',
    reason: 'r',
    severity: 'low',
    message: 'm',
    configured: null,
    inForce: null,
    observed: null,
    permission: null,
    evidence: [],
  }
  const head = {
    madeAt: 't',
    madeFrom: { id: 'i', hash: 'h' },
    accounts: [place.account],
    regions: [place.region],
    counts: { pass: 0, fail: 0, unknown: 0, manual: 0, suppressed: 0 },
    gaps: [],
    interrupted: false,
  }

  async function kept(findings: Iterable<Finding>) {
    const writer = await writeAssessment(folder, '20261122T142041123Z-3f9ab7')
    for (const one of findings) await writer.add(one)
    return writer.finish(head, [])
  }

  async function listOf(findings: AsyncIterable<Finding>) {
    const all: Finding[] = []
    for await (const one of findings) all.push(one)
    return all
  }

  it('give findings worst first, and only those that are wanted', async () => {
    const { id } = await kept([
      { ...finding, resource: 'b' },
      { ...finding, resource: 'a' },
      { ...finding, resource: 'c', status: 'fail' },
      { ...finding, resource: 'd', status: 'fail', severity: 'critical' },
      { ...finding, resource: 'e', status: 'unknown', severity: 'critical', region: 'us-east-1' },
    ])
    const opened = await openAssessment(folder, id)
    if (!opened) throw new Error('it is gone')
    const names = async (...wanted: Parameters<typeof opened.findings>) =>
      (await listOf(opened.findings(...wanted))).map(({ resource }) => resource).join('')
    expect(await names()).toBe('dceab')
    expect(await names(({ status }) => status === 'fail')).toBe('dc')
    expect(await names(({ region }) => region === 'us-east-1')).toBe('e')
    expect(await assessmentIds(folder)).toEqual([id])
  })

  it('hold more findings of a kind than memory does, sorted', async () => {
    // 7919 is a prime: all numbers below 25,000 come, far from in order.
    const shuffled = Array.from({ length: 25_000 }, (_, index) => {
      return { ...finding, resource: String((index * 7_919) % 25_000).padStart(5, '0') }
    })
    const read = await listOf((await kept(shuffled)).findings())
    expect(read).toEqual([...shuffled].sort((a, b) => (a.resource < b.resource ? -1 : 1)))
  })

  it('of the same findings are the same, in whatever order these came', async () => {
    const some = ['a', 'b', 'c'].map((resource) => ({ ...finding, resource }))
    expect((await kept(some)).hash).toBe((await kept(some.reverse())).hash)
    expect((await kept(some.slice(1))).hash).not.toBe((await kept(some)).hash)
  })

  it('come back as they were', async () => {
    const state = { value: ['a'], source: 'redshift:DescribeClusters' as const, at: 't' }
    const evidence = [
      { source: state.source, at: 't', requestId: 'r' },
      { source: state.source, at: 'u' },
    ]
    const suppression = { reason: 'r', owner: 'o', expires: '2027-01-01' }
    const full = { ...finding, configured: state, inForce: { ...state, value: null }, evidence, suppression }
    const bare = { ...finding, resource: 's', permission: 'redshift:X' }
    expect(await listOf((await kept([bare, full])).findings())).toStrictEqual([full, bare])
    // Of one resource, on the same evidence or on other, and with a value that the evidence does not tell.
    const alike = { ...finding, evidence, configured: { ...state, at: 'u' } }
    const others = [
      { ...alike, practice: 'q' },
      { ...alike, practice: 'r', inForce: { ...state, at: 'v' } },
      { ...alike, practice: 's', evidence: [{ source: state.source, at: 't', requestId: 'other' }] },
      { ...alike, practice: 't', evidence: [] },
    ]
    expect(await listOf((await kept([alike, ...others])).findings())).toStrictEqual([alike, ...others])
  })

  it('of another version are refused with a sentence', async () => {
    const { id } = await kept([finding])
    const file = join(folder, 'assessments', id, 'manifest.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('kept-assessment/4', 'kept-assessment/3'))
    await expect(openAssessment(folder, id)).rejects.toMatchObject({
      what: `The assessment ${id} was kept by another version of Redoubt.`,
      todo: 'Scan again.',
    })
  })

  it('notice findings that were changed', async () => {
    const assessment = await kept([finding])
    const other = await kept([{ ...finding, message: 'n' }])
    const fileOf = ({ id }: { id: string }) =>
      join(folder, 'assessments', id, `${place.account}.${place.region}.jsonl.gz`)
    await writeFile(fileOf(assessment), await readFile(fileOf(other)))
    await expect(listOf(assessment.findings())).rejects.toMatchObject({
      what: expect.stringContaining('was changed after it was made'),
    })
  })

  it('that were not finished do not exist', async () => {
    const writer = await writeAssessment(folder, '20261122T142041123Z-3f9ab7')
    for (let index = 0; index < 10_000; index++) await writer.add(finding)
    expect(await assessmentIds(folder)).toEqual([])
    await writer.discard()
    expect(await readdir(join(folder, 'assessments'))).toEqual([])
  })
})

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
    const pid = process.ppid
    await writeFile(lock, JSON.stringify({ pid, host: hostname(), life: await lifeOf(pid) }))
    await expect(openJournal(folder, 'p1')).rejects.toMatchObject({
      exit: 'stale',
      what: `Plan p1 is being applied or undone by process ${process.ppid}.`,
    })
    // Process ids end well below this one on Linux: nobody has it.
    await writeFile(lock, JSON.stringify({ pid: 4194999, host: hostname(), life: 'gone' }))
    await (await openJournal(folder, 'p1')).close()
  })
})
