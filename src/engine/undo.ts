// Undo: takes back the steps that a journal says were taken, in the opposite order, and proves that the facts are as
// they were. Restarts come after everything that waits for them, and what the plan created goes last. A step that AWS
// refuses to take back holds up only those that stand under it; the others go on, those of different things at once.

import type { JournalEntry } from '#model/journal.ts'
import type { Plan, Step } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { bound } from '#model/reference.ts'
import { withoutRefused } from './batches.ts'
import {
  afters,
  beforeStep,
  type Expectation,
  inForce,
  keyOf,
  nearOf,
  nothingElseWaiting,
  refuseIfUnseen,
  settled,
  unmet,
} from './expect.ts'
import { type JournalState, stateOf } from './journal-state.ts'
import { lookAgain } from './look-again.ts'
import { isRestartedByAws, needs } from './order.ts'
import { inSchedule, usualConcurrency } from './schedule.ts'
import { fateOf, isUntold, type StepDeps, takeBack, whyUntold } from './take-step.ts'

export type UndoMode = {
  /** How many steps may be under way at once; never two that change the same thing. */
  concurrency?: number
}

export type UndoOutcome = {
  undone: string[]
  failed: { step: string; error: string }[]
  /** Steps that are in force still, since what stands on them could not be taken back. */
  skipped: { step: string; because: string }[]
  /** Steps that cannot be taken back, and why. */
  kept: { step: string; because: string }[]
  /** What a person should know of steps that are undone. */
  notes?: { step: string; note: string }[]
}

/**
 * Takes back every step that was taken. Throws a Problem with exit `stale` when somebody changed the facts since. One that
 * AWS refuses to take back stops only those that it stands on, and the restart that it waits for.
 */
export async function undo(
  planned: Plan,
  history: readonly JournalEntry[],
  { concurrency = usualConcurrency }: UndoMode,
  deps: StepDeps,
): Promise<UndoOutcome> {
  const state = stateOf(history)
  const steps = planned.steps.map((step) => withoutRefused(step, state.refused.get(step.id)))
  const plan: Plan = { ...planned, steps: bound(steps, state.made) }
  const { taken, never, untold } = await sortOut(plan, state, deps)
  await refuseIfMoved(plan, taken, state, deps)
  await deps.record({ event: 'began', hash: plan.hash, verb: 'undo' })
  for (const { id } of never) await deps.record({ event: 'undone', step: id, facts: {} })
  const outcome: UndoOutcome = { undone: [], failed: [], skipped: [], kept: [] }
  for (const step of untold) {
    outcome.kept.push({ step: step.id, because: whyUntold(step) })
    await deps.record({ event: 'undone', step: step.id, facts: {} })
  }
  const inTheWay = obstacles(plan)
  const inOrder = inUndoOrder(taken)
  await inSchedule(inOrder, concurrency, async (step) => {
    if ('none' in step.undo) {
      outcome.kept.push({ step: step.id, because: step.undo.none })
      await deps.record({ event: 'undone', step: step.id, facts: {} })
      return
    }
    const first = inTheWay.of(step)
    if (first) {
      const because = `step ${first.id} is not taken back`
      outcome.skipped.push({ step: step.id, because })
      inTheWay.add(step)
      await deps.record({ event: 'skipped', step: step.id, because })
      return
    }
    const way = { goal: goalOf(step, taken), left: leftBy(plan, step) }
    const result = await takeBack(step, step.undo.call, way, state.undoing.get(step.id), deps)
    if (result.status === 'inForce') {
      outcome.undone.push(step.id)
      if (result.note) outcome.notes = [...(outcome.notes ?? []), { step: step.id, note: result.note }]
    } else {
      outcome.failed.push({ step: step.id, error: result.error })
      inTheWay.add(step)
    }
  })
  sortAs(inOrder, outcome)
  await deps.record({ event: 'ended', verb: 'undo', complete: outcome.failed.length === 0 })
  return outcome
}

/** Steps are taken back in any order; what is told of them follows the order of the undo. */
function sortAs(steps: readonly Step[], { undone, failed, skipped, kept }: UndoOutcome): void {
  const rank = new Map(steps.map(({ id }, index) => [id, index]))
  const byRank = (a: string, b: string) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1)
  undone.sort(byRank)
  for (const list of [failed, skipped, kept] as { step: string }[][])
    list.sort((a, b) => byRank(a.step, b.step))
}

/** The steps that are not taken back, asked which of them keeps another one from being taken back. */
function obstacles({ steps }: Plan) {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const standing: Step[] = []
  return {
    add: (step: Step) => standing.push(step),
    // What a step stands on cannot go before it, and a restart serves nothing without all that waits for it.
    of: (step: Step) => standing.find((other) => needs(other, step, byId) || needs(step, other, byId)),
  }
}

/** The steps that an undo would take back, in its order; one of unknown fate is among them. */
export function stepsToUndo(plan: Plan, history: readonly JournalEntry[]): Step[] {
  const { inForce, begun, undoing } = stateOf(history)
  return inUndoOrder(plan.steps.filter(({ id }) => inForce.has(id) || begun.has(id) || undoing.has(id)))
}

/**
 * Tells the steps that were taken from one whose call never arrived. A step of unknown fate that left neither the facts
 * before it nor those after it was overtaken by somebody else.
 */
async function sortOut(plan: Plan, state: JournalState, deps: StepDeps) {
  const taken: Step[] = []
  const never: Step[] = []
  const untold: Step[] = []
  for (const step of plan.steps) {
    if (state.inForce.has(step.id) || state.undoing.has(step.id)) taken.push(step)
    else if (state.begun.has(step.id) && step.reboot) {
      const isKnown = state.begun.get(step.id) === 'called'
      const hasCome = isKnown || (await hasRestarted(plan, step, step.reboot, deps))
      // Once changes are taken back, what waits again does not tell it any more.
      if (hasCome && !isKnown) await deps.record({ event: 'called', step: step.id, requestId: null })
      ;(hasCome ? taken : never).push(step)
    } else if (state.begun.has(step.id) && isUntold(step, inForce(step))) untold.push(step)
    else if (state.begun.has(step.id)) {
      const fate = await fateOf(inForce(step), deps)
      if (fate === 'unseen') throw unseen(plan, step)
      if (fate === 'arrived') taken.push(step)
      else {
        const before = beforeStep(plan, step)
        const sights = await lookAgain(before, deps)
        refuseIfUnseen(plan, before, sights, 'undo')
        const moved = unmet(before, sights)
        if (moved.length > 0) throw somebodyChanged(plan, moved)
        never.push(step)
      }
    }
  }
  return { taken, never, untold }
}

/** Whether a restart came: all is applied, or at least what it was to bring, though something else waits since then. */
async function hasRestarted(
  plan: Plan,
  step: Step,
  { brings, alsoPending }: NonNullable<Step['reboot']>,
  deps: StepDeps,
): Promise<boolean> {
  const fate = await fateOf(inForce(step), deps)
  if (fate === 'arrived') return true
  const looks = inForce(step).filter(({ fact }) => fact === 'pendingAtReboot')
  const [sight] = await deps.world.look(looks)
  if (fate === 'unseen' || !sight || !('value' in sight)) throw unseen(plan, step)
  const waiting = sight.value as string[]
  return ![...brings, ...alsoPending].some((name) => waiting.includes(name))
}

/** Changes backwards, then the restarts that bring them in force, those that AWS makes by itself first, then what was created. */
export function inUndoOrder(taken: readonly Step[]): Step[] {
  const phase = ({ reboot, call, undo }: Step) =>
    reboot ? 2 : isRestartedByAws(call) ? 1 : 'call' in undo && undo.cleanup ? 3 : 0
  return [...taken].reverse().sort((a, b) => phase(a) - phase(b))
}

/** The facts that prove an undo: what the step moved is back, unless it waits for a restart that follows. */
function goalOf(step: Step, taken: readonly Step[]): Expectation[] {
  if (step.reboot) return inForce(step)
  if ('call' in step.undo && step.undo.proof) {
    return step.undo.proof.map((fact) => ({ ...fact, near: nearOf(step) }))
  }
  const restarted = new Set(
    taken
      .filter(({ reboot, undo }) => reboot && 'call' in undo)
      .flatMap((s) => s.effects.map((e) => e.resource)),
  )
  const facts = step.effects
    .filter(({ fact, resource }) => fact !== 'parameterApplyStatus' || restarted.has(resource))
    // Taken back after a restart, a static parameter waits for the next one: the same status as when it was set.
    .map(({ resource, fact, before, after }) => ({
      resource,
      fact,
      value: fact === 'parameterApplyStatus' ? after : before,
      near: nearOf(step),
    }))
  return [...facts, ...settled(step)]
}

const isApplyStatus = (fact: string) => fact === 'parameterApplyStatus' || fact === 'pendingAtReboot'

/**
 * What a step left behind and nobody but its undo may change; how far it is applied moves with the other steps. Where AWS
 * restarts a cluster for the way there, it does for the way back, and that brings nothing else either.
 */
function leftBy(plan: Plan, step: Step): Expectation[] {
  const lasting = step.effects.filter(({ fact }) => !isApplyStatus(fact))
  return [...afters(step, lasting), ...nothingWaitingToGoBack(plan, step)]
}

/**
 * What waited when the plan was made came with the restart of the way there: what waits now, somebody queued since.
 * Unverified: that the restart that AWS makes brings what waits for one (docs/lab.md, "Where AWS's pages disagree").
 */
const nothingWaitingToGoBack = (plan: Plan, step: Step) => nothingElseWaiting(plan, { ...step, assumes: [] })

/** An undo would overwrite what others did since: it is refused when the facts are not those the steps left behind. */
async function refuseIfMoved(
  plan: Plan,
  taken: readonly Step[],
  { inForce: proved, undoing, undone }: JournalState,
  deps: StepDeps,
): Promise<void> {
  // An undo that began earlier has moved how far things are applied, and so has a restart that did not bring everything.
  const isUnderWay = undoing.size + undone.size > 0
  const half = taken.filter(({ id, reboot }) => reboot && !proved.has(id))
  const unsettled = new Set(half.flatMap(({ effects }) => effects.map(({ resource }) => resource)))
  const last = new Map<string, Expectation>()
  for (const step of taken.filter(({ id }) => !undoing.has(id))) {
    const left = isUnderWay ? leftBy(plan, step) : [...afters(step), ...nothingWaitingToGoBack(plan, step)]
    for (const fact of left.filter((one) => !(isApplyStatus(one.fact) && unsettled.has(one.resource))))
      last.set(keyOf(fact), fact)
  }
  const left = [...last.values()]
  const sights = await lookAgain(left, deps)
  refuseIfUnseen(plan, left, sights, 'undo')
  const moved = unmet(left, sights)
  if (moved.length > 0) throw somebodyChanged(plan, moved)
}

function unseen({ id }: Plan, step: Step): Problem {
  const what = `Nobody can see whether step ${step.id} of plan ${id} was carried out.`
  return new Problem('stopped', what, 'Grant the read permissions of docs/permissions.md, and undo again.')
}

function somebodyChanged({ id }: Plan, moved: readonly string[]): Problem {
  const what = `Somebody changed what plan ${id} did: ${moved.join('; ')}.`
  return new Problem(
    'stale',
    what,
    'Look at it; what is to be undone must be undone by hand, or by a new plan.',
  )
}
