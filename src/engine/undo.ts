// Undo: takes back the steps that a journal says were taken, in the opposite order, and proves that the facts are as
// they were. Restarts come after everything that waits for them, and what the plan created goes last.

import type { JournalEntry } from '#model/journal.ts'
import type { Plan, Step } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { type Expectation, settled, unmet } from './expect.ts'
import { stateOf } from './journal-state.ts'
import { backwards, carryOut, type StepDeps } from './take-step.ts'

export type UndoOutcome = {
  undone: string[]
  failed: { step: string; error: string }[]
  /** Steps that cannot be taken back, and why. */
  kept: { step: string; because: string }[]
}

/** Takes back every step that was taken. Throws a Problem with exit `stale` when somebody changed the facts since. */
export async function undo(
  plan: Plan,
  history: readonly JournalEntry[],
  deps: StepDeps,
): Promise<UndoOutcome> {
  const state = stateOf(history)
  const taken = plan.steps.filter(({ id }) => state.inForce.has(id) || state.begun.has(id))
  const order = inUndoOrder(taken)
  await refuseIfMoved(
    plan,
    taken.filter(({ id }) => state.inForce.has(id) && !state.undoing.has(id)),
    history,
    deps,
  )
  await deps.record({ event: 'began', hash: plan.hash, verb: 'undo' })
  const outcome: UndoOutcome = { undone: [], failed: [], kept: [] }
  for (const step of order) {
    if ('none' in step.undo) {
      outcome.kept.push({ step: step.id, because: step.undo.none })
      await deps.record({ event: 'undone', step: step.id, facts: {} })
      continue
    }
    const goal = goalOf(step, taken)
    const result = await carryOut(step, step.undo.call, goal, state.undoing.get(step.id), backwards, deps)
    if (result.status === 'inForce') outcome.undone.push(step.id)
    else {
      outcome.failed.push({ step: step.id, error: result.error })
      break
    }
  }
  await deps.record({ event: 'ended', verb: 'undo', complete: outcome.failed.length === 0 })
  return outcome
}

/** Changes backwards, then the restarts that bring them in force, then what was created. */
export function inUndoOrder(taken: readonly Step[]): Step[] {
  const phase = (step: Step) => (step.reboot ? 1 : 'call' in step.undo && step.undo.cleanup ? 2 : 0)
  return [...taken].reverse().sort((a, b) => phase(a) - phase(b))
}

/** The facts that prove an undo: what the step moved is back, unless it waits for a restart that follows. */
function goalOf(step: Step, taken: readonly Step[]): Expectation[] {
  const clusters = step.effects.map(({ resource }) => resource)
  if (step.reboot) {
    const applied = step.effects.map(({ resource, fact, after }) => ({ resource, fact, value: after }))
    return [...applied, ...settled(clusters)]
  }
  const restarted = new Set(
    taken
      .filter(({ reboot, undo }) => reboot && 'call' in undo)
      .flatMap((s) => s.effects.map((e) => e.resource)),
  )
  const facts = step.effects
    .filter(({ fact }) => fact !== 'pendingAtReboot')
    .filter(({ fact, resource }) => fact !== 'parameterApplyStatus' || restarted.has(resource))
    // Taken back after a restart, a static parameter waits for the next one: the same status as when it was set.
    .map(({ resource, fact, before, after }) => ({
      resource,
      fact,
      value: fact === 'parameterApplyStatus' ? after : before,
    }))
  return [...facts, ...settled(clusters)]
}

/** An undo would overwrite what others did since: it is refused when the facts are not those the steps left behind. */
async function refuseIfMoved(
  plan: Plan,
  steps: readonly Step[],
  history: readonly JournalEntry[],
  { world }: StepDeps,
): Promise<void> {
  const last = new Map<string, Expectation>()
  for (const step of steps) {
    for (const { resource, fact, after } of step.effects)
      last.set(`${resource} ${fact}`, { resource, fact, value: after })
  }
  const undoBegan = history.some((entry) => entry.event === 'undoing')
  const expectations = [...last.values()].filter(({ fact }) => !undoBegan || !isApplyStatus(fact))
  const moved = unmet(expectations, await world.look(expectations))
  if (moved.length > 0) {
    const what = `Somebody changed what plan ${plan.id} did: ${moved.join('; ')}.`
    throw new Problem(
      'stale',
      what,
      'Look at it; what is to be undone must be undone by hand, or by a new plan.',
    )
  }
}

const isApplyStatus = (fact: string) => fact === 'parameterApplyStatus' || fact === 'pendingAtReboot'
