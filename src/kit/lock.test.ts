// Locks of processes that live, that were killed, that have the id of a dead one, and that are elsewhere.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { link, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
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

test('a lock that a dead process left behind is taken by one of those who find it, however many at once', async () => {
  const script = `
    const { giveBack, takeLock } = await import('${new URL('./lock.ts', import.meta.url)}')
    process.on('message', async ({ take, give }) =>
      process.send(take ? { refused: await takeLock(take) } : { given: await giveBack(give) }),
    )
    process.send('ready')`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  )
  const told = async (child: ChildProcess, message?: object) => {
    const answer = once(child, 'message')
    if (message) child.send(message)
    return (await answer)[0]
  }
  try {
    await Promise.all(children.map((child) => told(child)))
    const owner = { pid, host: hostname(), life: 'of an earlier boot' }
    for (let round = 0; round < 60; round++) {
      const lock = await lockOf(owner)
      const answers = await Promise.all(children.map((child) => told(child, { take: lock })))
      const holders = children.filter((_, index) => !answers[index].refused)
      expect(holders).toHaveLength(1)
      for (const child of holders) await told(child, { give: lock })
    }
  } finally {
    for (const child of children) child.kill()
  }
}, 60_000)

test("a process that was killed while it took the lock of a dead one is in nobody's way", async () => {
  const owner = { pid: process.ppid, host: hostname(), life: 'of an earlier boot' }
  const lock = await lockOf(owner)
  await writeFile(`${lock}.dead`, JSON.stringify(owner))
  expect(await takeLock(lock)).toBe(undefined)
  await giveBack(lock)
  expect(await readdir(folder)).toEqual([])
})

test("what a process left that was killed right after it had its lock is in nobody's way either, whatever its id", async () => {
  const lock = await lockOf({ pid: process.pid, host: hostname(), life: 'of an earlier boot' })
  const left = Array.from({ length: 200 }, (_, index) => `${lock}.${process.pid}.${index}.tmp`)
  for (const file of left) await link(lock, file)
  expect(await takeLock(lock)).toBe(undefined)
  expect(await takeLock(lock)).toEqual({ holder: String(process.pid) })
  await giveBack(lock)
})
