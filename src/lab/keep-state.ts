// Keeps a running lab's state in its file, which is this lab's alone.

import { resolve } from 'node:path'
import { giveBack, takeLock } from '#kit/lock.ts'
import type { Lab } from './answer.ts'
import { StateFileError, saveState } from './state-file.ts'

const every = 2_000
// A large state takes a while to write: for what only time and reads have changed, at most a twentieth of the time.
const rest = 20

/** The lock of a state's file. */
const lockOf = (file: string) => `${resolve(file)}.lock`

/** Takes a state's file for one lab at a time. Throws one sentence when another one has it; that of a dead one is taken. */
export async function holdFile(file: string): Promise<void> {
  const taken = await takeLock(lockOf(file))
  if (taken) throw new StateInUseError(file, taken.holder)
}

/** Gives a state's file back. */
export function releaseFile(file: string): Promise<void> {
  return giveBack(lockOf(file))
}

/** A file that another lab keeps its state in. */
export class StateInUseError extends StateFileError {
  readonly lock: string
  constructor(file: string, holder: string) {
    super(`${file} is the state of a running lab, process ${holder}`)
    this.lock = lockOf(file)
  }
}

/** What is kept of a lab: at once, after every change, and at the end. */
export type Keeper = {
  /** Resolves when everything that has happened until now is on the disk, or could not be written. */
  kept(): Promise<void>
  stop(): Promise<void>
}

/** Saves at once, so that a file that cannot be written is known from the start; then while requests come; then at the end. */
export async function keepState(file: string, lab: Lab): Promise<Keeper> {
  let seen = -1
  let notBefore = 0
  const save = async () => {
    const started = Date.now()
    seen = lab.requests
    const { clock, world, state } = lab
    await saveState(file, { world, state, now: clock.now(), speed: clock.speed() })
    notBefore = Date.now() + rest * (Date.now() - started)
  }
  await save()
  // One under way may have begun before the latest change; changes that come meanwhile share the next.
  let saving = Promise.resolve()
  let next: Promise<void> | undefined
  const kept = () => {
    next ??= saving.then(() => {
      next = undefined
      // One that fails is made good by the next; the last one, at the end, is not forgiven.
      saving = save().catch(() => undefined)
      return saving
    })
    return next
  }
  const timer = setInterval(() => {
    if (lab.requests !== seen && Date.now() >= notBefore) kept()
  }, every)
  timer.unref()
  return {
    kept,
    async stop() {
      clearInterval(timer)
      await next
      await saving
      await save()
    },
  }
}
