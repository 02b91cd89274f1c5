// Locks between processes: a file that says which process holds it.

import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { lifeOf } from './process-life.ts'

/** Locks that this process holds. */
const held = new Set<string>()

/** Who holds a lock. Its life tells the process from another one that has the id later. */
type Owner = { pid: number; host: string; life: string }

/**
 * Takes a lock, or names the process that holds it. The file appears with its owner already in it; one that a dead process
 * of this host left behind is put away first. Of a process on another host nothing can be told from here.
 */
export async function takeLock(lock: string): Promise<{ holder: string } | undefined> {
  const own = `${lock}.${process.pid}.${held.size}.tmp`
  const self: Owner = { pid: process.pid, host: hostname(), life: (await lifeOf(process.pid)) ?? '' }
  await writeFile(own, JSON.stringify(self), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(own, lock)) {
        held.add(lock)
        return undefined
      }
      const text = await readIfThere(lock)
      if (text === undefined) continue
      if (held.has(lock) || !(await isLeftBehind(ownerIn(text)))) break
      await putAway(lock, text)
    }
  } finally {
    await unlink(own)
  }
  return { holder: named(ownerIn((await readIfThere(lock)) ?? '')) }
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

/** Removes the lock of a dead process. When a living one took its place meanwhile, that one gets it back. */
async function putAway(lock: string, text: string): Promise<void> {
  const aside = `${lock}.${process.pid}.dead.tmp`
  try {
    await rename(lock, aside)
  } catch (error) {
    return ifThere(error)
  }
  if ((await readIfThere(aside)) !== text) await linked(aside, lock)
  await unlink(aside)
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
