// Keeps a running lab's state in its file.

import type { Lab } from './answer.ts'
import { saveState } from './state-file.ts'

const every = 2_000

/** Saves at once, so that a file that cannot be written is known from the start; then while requests come; then at the end. */
export async function keepState(file: string, lab: Lab): Promise<{ stop(): Promise<void> }> {
  const save = () => {
    const { clock, world, state } = lab
    return saveState(file, { world, state, now: clock.now(), speed: clock.speed() })
  }
  await save()
  let seen = lab.requests
  let saving = Promise.resolve()
  const timer = setInterval(() => {
    if (lab.requests === seen) return
    seen = lab.requests
    // One that fails is made good by the next; the last one, at the end, is not forgiven.
    saving = saving.then(save).catch(() => undefined)
  }, every)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await saving
      await save()
    },
  }
}
