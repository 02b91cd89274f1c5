// Locks between processes: a file that says which process holds it.

import { randomUUID } from 'node:crypto'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { lifeOf } from './process-life.ts'

/** Locks that this process holds. */
const held = new Set<string>()

/** Who holds a lock. Its life tells the process from another one that has the id later. */
type Owner = { pid: number; host: string; life: string }

/**
 * Takes a lock, or names the process that holds it. The file appears with its owner already in it; one that a dead process
 * of this host left behind is replaced. Of a process on another host nothing can be told from here.
 */
export async function takeLock(lock: string): Promise<{ holder: string } | undefined> {
  // A name of its own: the file of a dead process that had this id may be the lock that it left behind.
  const own = `${lock}.${randomUUID()}.tmp`
  const self: Owner = { pid: process.pid, host: hostname(), life: (await lifeOf(process.pid)) ?? '' }
  await writeFile(own, JSON.stringify(self), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(own, lock)) return taken(lock)
      const text = await readIfThere(lock)
      if (text === undefined) continue
      if (held.has(lock) || !(await isLeftBehind(ownerIn(text)))) break
      const outcome = await inherited(own, lock, text)
      if (outcome === 'taken') return taken(lock)
      if (outcome !== 'moved') return outcome
    }
  } finally {
    await unlink(own).catch(ifThere)
  }
  return { holder: named(ownerIn((await readIfThere(lock)) ?? '')) }
}

function taken(lock: string): undefined {
  held.add(lock)
}

/** Gives a lock back. */
export async function giveBack(lock: string): Promise<void> {
  held.delete(lock)
  await unlink(lock).catch(ifThere)
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

/** True when the process is of this host and lives no more. */
async function isLeftBehind(owner: Owner | undefined): Promise<boolean> {
  return owner?.host === hostname() && (await lifeOf(owner.pid)) !== owner.life
}

/**
 * Puts the own file in the place of the lock of a dead process, at once and as the only one that does so: several may have
 * found it dead, and the slower ones would take it from the first. `moved`: another one was faster.
 */
async function inherited(
  own: string,
  lock: string,
  text: string,
): Promise<'taken' | 'moved' | { holder: string }> {
  const turn = `${lock}.dead`
  const other = await takeLock(turn)
  if (other) return other
  try {
    if ((await readIfThere(lock)) !== text) return 'moved'
    await rename(own, lock)
    return 'taken'
  } finally {
    await giveBack(turn)
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    const { pid, host, life } = JSON.parse(text)
    return typeof pid === 'number' && typeof host === 'string' && typeof life === 'string'
      ? { pid, host, life }
      : undefined
  } catch {
    return undefined
  }
}

/** `4711`, or `4711 on warehouse-1` where that is another host. */
function named(owner: Owner | undefined): string {
  if (!owner) return 'unknown'
  return owner.host === hostname() ? String(owner.pid) : `${owner.pid} on ${owner.host}`
}

function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(ifThere)
}

function ifThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
