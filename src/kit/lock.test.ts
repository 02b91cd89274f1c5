// Locks of processes that live, that were killed, that have the id of a dead one, and that are elsewhere.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveBack, takeLock } from './lock.ts'
import { lifeOf } from './process-life.ts'

let folder = ''
let parent: ChildProcess
/** A process whose parent never asks how it ended, as in many containers. */
let pid = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redoubt-lock-'))
  parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(parent.stdout as NodeJS.EventEmitter, 'data')
  pid = Number(String(line))
})
afterAll(async () => {
  parent.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** A lock that another process holds. */
async function lockOf(owner: object): Promise<string> {
  const lock = join(folder, 'lock')
  await writeFile(lock, JSON.stringify(owner))
  return lock
}

test('a lock is refused while its process lives, and taken as soon as it is killed', async () => {
  const life = await lifeOf(pid)
  const lock = await lockOf({ pid, host: hostname(), life })
  expect(await takeLock(lock)).toEqual({ holder: String(pid) })
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => takeLock(lock), { timeout: 2_000 }).toBe(undefined)
  // Its id is still there: nobody has asked how it ended.
  expect(process.kill(pid, 0)).toBe(true)
  expect(await takeLock(lock)).toEqual({ holder: String(process.pid) })
  await giveBack(lock)
})

test('a process that has the id of a dead one does not hold its lock', async () => {
  const lock = await lockOf({ pid: process.ppid, host: hostname(), life: 'of an earlier boot' })
  expect(await takeLock(lock)).toBe(undefined)
  await giveBack(lock)
})

test.each([
  ['of another host', { pid: 4194999, host: 'elsewhere', life: 'x' }, '4194999 on elsewhere'],
  ['that nobody can read', { pid: '4194999' }, 'unknown'],
])('a lock %s is refused: whether that process lives cannot be told', async (_, owner, holder) => {
  expect(await takeLock(await lockOf(owner))).toEqual({ holder })
})
