// Locks between processes: a file with the id of the process that holds it.

import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'

/** Locks that this process holds. */
const held = new Set<string>()

/**
 * Takes a lock, or gives the id of the process that holds it. The file appears with our process id already in it; one that
 * a dead process left behind, or one that had our id before us, is put away first.
 */
export async function takeLock(lock: string): Promise<{ holder: string } | undefined> {
  const own = `${lock}.${process.pid}.${held.size}.tmp`
  await writeFile(own, String(process.pid), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(own, lock)) {
        held.add(lock)
        return undefined
      }
      const owner = Number(await readOwner(lock))
      if (held.has(lock) || (owner !== process.pid && isAlive(owner))) break
      await putAway(lock, owner)
    }
  } finally {
    await unlink(own)
  }
  return { holder: (await readOwner(lock)) ?? 'unknown' }
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

/** Removes the lock of a dead process. When a living one took its place meanwhile, that one gets it back. */
async function putAway(lock: string, owner: number): Promise<void> {
  const aside = `${lock}.${process.pid}.dead.tmp`
  try {
    await rename(lock, aside)
  } catch (error) {
    return ifThere(error)
  }
  if (Number(await readOwner(aside)) !== owner) await linked(aside, lock)
  await unlink(aside)
}

function readOwner(lock: string): Promise<string | undefined> {
  return readFile(lock, 'utf8').catch(ifThere)
}

function ifThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
