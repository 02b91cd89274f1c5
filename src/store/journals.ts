// Journals: what happened to a plan, one JSON line at a time, on disk before and after each call.

import { type FileHandle, mkdir, open, unlink, writeFile } from 'node:fs/promises'
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
  const lock = `${file}.lock`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await takeLock(lock, plan)
    const handle = await open(file, 'a+', 0o600)
    await dropHalfLine(handle)
    return {
      async write(entry) {
        await handle.appendFile(`${JSON.stringify(entry)}\n`)
        await handle.sync()
      },
      async close() {
        await handle.close()
        await unlink(lock)
      },
    }
  } catch (error) {
    throw error instanceof Problem ? error : notWritable(file, error)
  }
}

/** Writes our process id into a new lock file; one that a dead process left behind is taken over. */
async function takeLock(lock: string, plan: string): Promise<void> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(await readText(lock))
    if (owner !== process.pid && isAlive(owner)) {
      const what = `Plan ${plan} is being applied or undone by process ${owner}.`
      throw new Problem('stale', what, 'Wait until it has ended.', { cause: error })
    }
    await writeFile(lock, String(process.pid), { mode: 0o600 })
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
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
