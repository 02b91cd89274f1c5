// Journals: what happened to a plan, one JSON line at a time, on disk before and after each call.

import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JournalEntry } from '#model/journal.ts'
import { Problem } from '#model/problem.ts'
import { join, namesIn, notWritable, readText } from './folder.ts'

const fileOf = (workspace: string, plan: string) => join(workspace, 'journals', `${plan}.jsonl`)

/** Appends to a journal; each entry is on the disk when `write` resolves. */
export type JournalWriter = { write(entry: JournalEntry): Promise<void>; close(): Promise<void> }

/** Opens the journal of a plan for one writer at a time. Throws a Problem when another one is at work. */
export async function openJournal(workspace: string, plan: string): Promise<JournalWriter> {
  const file = fileOf(workspace, plan)
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const handle = await open(file, 'a', 0o600)
    return {
      async write(entry) {
        await handle.appendFile(`${JSON.stringify(entry)}\n`)
        await handle.sync()
      },
      close: () => handle.close(),
    }
  } catch (error) {
    throw notWritable(file, error)
  }
}

/** The journal of a plan, oldest entry first; empty when nothing happened yet. */
export async function readJournal(workspace: string, plan: string): Promise<JournalEntry[]> {
  const text = (await readText(fileOf(workspace, plan))) ?? ''
  const lines = text.split('\n')
  // A kill in the middle of a write leaves half a line at the end: that entry was never synced, so it never was.
  const whole = lines.slice(0, -1)
  return whole.map((line, index) => {
    try {
      return JSON.parse(line) as JournalEntry
    } catch (error) {
      const what = `Line ${index + 1} of ${fileOf(workspace, plan)} is damaged.`
      throw new Problem('environment', what, 'Look at the file before anything else is applied.', {
        cause: error,
      })
    }
  })
}

/** The ids of all plans that have a journal, oldest first. */
export async function journalIds(workspace: string): Promise<string[]> {
  const names = await namesIn(join(workspace, 'journals'))
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length))
}
