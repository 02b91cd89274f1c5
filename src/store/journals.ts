// Journals: what happened to a plan, one JSON line at a time, on disk before and after each call.

import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { giveBack, takeLock } from '#kit/lock.ts'
import type { JournalEntry } from '#model/journal.ts'
import { Problem } from '#model/problem.ts'
import { join, namesIn, notWritable, readText } from './folder.ts'

const fileOf = (workspace: string, plan: string) => join(workspace, 'journals', `${plan}.jsonl`)

/** Appends to a journal; each entry is on the disk when `write` resolves. */
export type JournalWriter = { write(entry: JournalEntry): Promise<void>; close(): Promise<void> }

/** Opens the journal of a plan for one writer at a time. Throws a Problem when another one is at work. */
export async function openJournal(workspace: string, plan: string): Promise<JournalWriter> {
  const file = fileOf(workspace, plan)
  const lock = `${file}.lock`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await hold(lock, plan)
    const handle = await openWhole(file).catch(async (error) => {
      await giveBack(lock)
      throw error
    })
    // Steps under way at once write one line after the other. When one cannot be written, none is afterwards: what
    // is not written down is not done.
    let last = Promise.resolve()
    return {
      write(entry) {
        last = last.then(async () => {
          await handle.appendFile(`${JSON.stringify(entry)}\n`)
          await handle.sync()
        })
        return last
      },
      async close() {
        await handle.close()
        await giveBack(lock)
      },
    }
  } catch (error) {
    throw error instanceof Problem ? error : notWritable(file, error)
  }
}

async function hold(lock: string, plan: string): Promise<void> {
  const taken = await takeLock(lock)
  if (!taken) return
  throw new Problem(
    'stale',
    `Plan ${plan} is being applied or undone by process ${taken.holder}.`,
    `Wait until it has ended; if that is no process of Redoubt, remove ${lock}.`,
  )
}

async function openWhole(file: string): Promise<FileHandle> {
  const handle = await open(file, 'a+', 0o600)
  await dropHalfLine(handle)
  return handle
}

/** A kill in the middle of a write leaves half a line: it was never synced, so what it says never was. */
async function dropHalfLine(handle: FileHandle): Promise<void> {
  const text = await handle.readFile('utf8')
  if (text !== '' && !text.endsWith('\n')) {
    await handle.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)))
  }
}

/** The journal of a plan, oldest entry first; empty when nothing happened yet. */
export async function readJournal(workspace: string, plan: string): Promise<JournalEntry[]> {
  const text = (await readText(fileOf(workspace, plan))) ?? ''
  const lines = text.split('\n')
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
