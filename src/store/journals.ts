// Journals: what happened to a plan, one JSON line at a time, on disk before and after each call.

import { type FileHandle, link, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JournalEntry } from '#model/journal.ts'
import { Problem } from '#model/problem.ts'
import { isMissing, join, namesIn, notWritable, readText } from './folder.ts'

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

/** Locks that this process holds. */
const held = new Set<string>()

/**
 * Takes the lock of a plan. It appears with our process id already in it; one that a dead process left behind, or one
 * that had our id before us, is put away first.
 */
async function takeLock(lock: string, plan: string): Promise<void> {
  const own = `${lock}.${process.pid}.${held.size}.tmp`
  await writeFile(own, String(process.pid), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(own, lock)) {
        held.add(lock)
        return
      }
      const owner = Number(await readText(lock))
      if (held.has(lock) || (owner !== process.pid && isAlive(owner))) break
      await putAway(lock, owner)
    }
  } finally {
    await unlink(own)
  }
  const what = `Plan ${plan} is being applied or undone by process ${await readText(lock)}.`
  throw new Problem(
    'stale',
    what,
    `Wait until it has ended; if that is no process of Redoubt, remove ${lock}.`,
  )
}

async function linked(own: string, lock: string): Promise<boolean> {
  try {
    await link(own, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a dead process. When a living one took its place meanwhile, that one gets it back. */
async function putAway(lock: string, owner: number): Promise<void> {
  const aside = `${lock}.${process.pid}.dead.tmp`
  try {
    await rename(lock, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  if (Number(await readText(aside)) !== owner) await linked(aside, lock)
  await unlink(aside)
}

async function giveBack(lock: string): Promise<void> {
  held.delete(lock)
  await unlink(lock).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
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
