// Ctrl-C while a plan is carried out: how it goes on depends on what the journal says was done.

import type { Plan } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'

/** A plan that is carried out: by which verb, how the person names it, and which of its steps are taken by now. */
export type Undertaking = { verb: 'apply' | 'undo'; name: string; taken(): Promise<Plan['steps']> }

/** Runs the work; an interruption is thrown with the line that goes on from there. */
export async function untilInterrupted<R>(undertaking: Undertaking, work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem) || error.exit !== 'interrupted') throw error
    throw new Problem('interrupted', error.what, await wayOn(undertaking), { cause: error })
  }
}

async function wayOn({ verb, name, taken }: Undertaking): Promise<string> {
  if (verb === 'undo') return `Continue with "redoubt undo ${name}".`
  const isBegun = (await taken()).length > 0
  if (!isBegun) return `Nothing was changed. Begin again with "redoubt apply ${name}".`
  return `Continue with "redoubt apply ${name} --resume", or take it back with "redoubt undo ${name}".`
}
