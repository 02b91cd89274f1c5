// Keeps a running lab's state in its file.

import type { Lab } from './answer.ts'
import { saveState } from './state-file.ts'

const every = 2_000
// A large state takes a while to write, in which nothing is answered: that is at most a twentieth of the time.
const rest = 20

/** Saves at once, so that a file that cannot be written is known from the start; then while requests come; then at the end. */
export async function keepState(file: string, lab: Lab): Promise<{ stop(): Promise<void> }> {
  const save = () => {
    const { clock, world, state } = lab
    return saveState(file, { world, state, now: clock.now(), speed: clock.speed() })
  }
  await save()
  let seen = lab.requests
  let notBefore = 0
  let saving = Promise.resolve()
  const timer = setInterval(() => {
    const started = Date.now()
    if (lab.requests === seen || started < notBefore) return
    seen = lab.requests
    // One that fails is made good by the next; the last one, at the end, is not forgiven.
    saving = saving.then(save).catch(() => undefined)
    saving = saving.then(() => {
      notBefore = Date.now() + rest * (Date.now() - started)
    })
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
