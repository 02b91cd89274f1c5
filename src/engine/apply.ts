// Apply: takes the steps of a plan, those of different clusters at once, and proves each in force by reading again. The plan alone says
// what to do; the journal says what is done, so that a killed run goes on without repeating a call.

import { day } from '#kit/time.ts'
import type { JournalEntry } from '#model/journal.ts'
import { isReboot, type Plan, type Step } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { bound } from '#model/reference.ts'
import { beforeAll, refuseIfUnseen, taken, unmet } from './expect.ts'
import { stateOf } from './journal-state.ts'
import { lookAgain } from './look-again.ts'
import { inSchedule, usualConcurrency } from './schedule.ts'
import { type Making, makingOf, type StepDeps, type StepOutcome, takeStep } from './take-step.ts'

export type ApplyMode = {
  /** Do everything but the restarts, those that AWS makes by itself among them, and stop. */
  stage: boolean
  /** Go on with a plan that has a journal. */
  resume: boolean
  /** How many steps may be under way at once; never two that change the same thing. */
  concurrency?: number
}

export type ApplyOutcome = {
  done: string[]
  failed: { step: string; error: string }[]
  skipped: { step: string; because: string }[]
  /** Restarts that `--stage` left for later. */
  waiting: string[]
  /** What a person should know of steps that are done. */
  notes?: { step: string; note: string }[]
}

/**
 * Takes the steps. Throws a Problem with exit `stale` before the first call when the world is not the one the plan was
 * made from. A step that fails takes down only those that come after it; the rest goes on.
 */
export async function apply(
  plan: Plan,
  history: readonly JournalEntry[],
  { stage, resume, concurrency = usualConcurrency }: ApplyMode,
  deps: StepDeps,
): Promise<ApplyOutcome> {
  const before = stateOf(history)
  const making = makingOf(plan, before)
  const open = plan.steps.filter(({ id }) => !before.inForce.has(id))
  const untouched = open.filter(({ id }) => !before.begun.has(id))
  const touched = plan.steps.filter((step) => !untouched.includes(step))
  const uncalled = open.filter(({ id }) => before.begun.get(id) !== 'called')
  refuseIfTooSoon(uncalled, deps)
  await refuseIfMoved(plan, bound(untouched, before.made), bound(touched, before.made), deps)
  await deps.record({ event: 'began', hash: plan.hash, verb: resume ? 'resume' : 'apply' })
  const outcome: ApplyOutcome = { done: [...before.inForce], failed: [], skipped: [], waiting: [] }
  await inSchedule(open, concurrency, (step) => take(step, plan, stage, outcome, before.begun, making, deps))
  inPlanOrder(outcome, plan)
  if (outcome.waiting.length > 0) await deps.record({ event: 'staged', waiting: outcome.waiting })
  const complete = outcome.failed.length + outcome.skipped.length + outcome.waiting.length === 0
  await deps.record({ event: 'ended', verb: resume ? 'resume' : 'apply', complete })
  return outcome
}

/** Steps end in any order; what is told of them follows the plan. */
function inPlanOrder({ done, failed, skipped, waiting }: ApplyOutcome, { steps }: Plan): void {
  const rank = new Map(steps.map(({ id }, index) => [id, index]))
  const byRank = (a: string, b: string) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)
  done.sort(byRank)
  waiting.sort(byRank)
  failed.sort((a, b) => byRank(a.step, b.step))
  skipped.sort((a, b) => byRank(a.step, b.step))
}

async function take(
  step: Step,
  plan: Plan,
  stage: boolean,
  outcome: ApplyOutcome,
  begun: ReadonlyMap<string, 'calling' | 'called'>,
  making: Making,
  deps: StepDeps,
): Promise<void> {
  const broken = step.after.find((id) => !outcome.done.includes(id))
  if (broken && !outcome.waiting.includes(broken)) {
    const because = `it needs step ${broken}`
    outcome.skipped.push({ step: step.id, because })
    await deps.record({ event: 'skipped', step: step.id, because })
    return
  }
  if (broken || (stage && isReboot(step))) {
    outcome.waiting.push(step.id)
    return
  }
  const result: StepOutcome = await takeStep(step, plan, begun.get(step.id), making, deps)
  if (result.status === 'inForce') outcome.done.push(step.id)
  else outcome.failed.push({ step: step.id, error: result.error })
  if (result.status === 'inForce' && result.note) {
    outcome.notes = [...(outcome.notes ?? []), { step: step.id, note: result.note }]
  }
  if (result.status === 'inForce' && result.refused) {
    const error = `in force, without what AWS refused: ${result.refused.map(({ why }) => why).join('; ')}`
    outcome.failed.push({ step: step.id, error })
  }
}

/** Compares the world with the plan and refuses when they differ. */
async function refuseIfMoved(
  plan: Plan,
  steps: readonly Step[],
  done: readonly Step[],
  deps: StepDeps,
): Promise<void> {
  const expectations = beforeAll(steps, done)
  const sights = await lookAgain(expectations, deps)
  refuseIfUnseen(plan, expectations, sights, 'apply')
  const moved = unmet(expectations, sights)
  if (moved.length === 0) return
  const areNames = taken(expectations, sights).length === moved.length
  // What an earlier run did stays there, and no later plan knows of it.
  const first = done.length > 0 ? `Take back what it did with "redoubt undo ${plan.id}"; then scan` : 'Scan'
  throw new Problem(
    'stale',
    `The world is not the one plan ${plan.id} was made from: ${moved.join('; ')}.`,
    `${first} and plan again${areNames ? ', with another name where you chose it' : ''}.`,
  )
}

/** A plan that lay about must not delete data sooner than it promised. */
function refuseIfTooSoon(steps: readonly Step[], { now }: StepDeps): void {
  const soon = steps.find(
    ({ deletesDataAt, graceDays = 0 }) =>
      deletesDataAt && Date.parse(deletesDataAt) < Date.parse(now()) + graceDays * day,
  )
  if (!soon) return
  const what = `Step ${soon.id} would delete data on ${soon.deletesDataAt?.slice(0, 10)}, in less than ${soon.graceDays ?? 0} days.`
  throw new Problem('stale', what, 'Scan and plan again: the new plan counts from today.')
}
