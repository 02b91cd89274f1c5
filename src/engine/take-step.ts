// One step: look, call, wait until it is in force. Forwards and backwards work alike.

import { codeOf, isBusy, isInDoubt, isRefusal, messageOf } from '#aws/errors.ts'
import type { Session } from '#aws/session.ts'
import { spoken } from '#kit/time.ts'
import type { Call } from '#model/action.ts'
import type { JournalEntry } from '#model/journal.ts'
import type { Json } from '#model/plain.ts'
import type { Plan, Step } from '#model/plan.ts'
import { beforeStep, type Expectation, inForce, unexpectedPending, unmet } from './expect.ts'
import type { Sight, World } from './world.ts'

type Recorded = JournalEntry extends infer E
  ? E extends JournalEntry
    ? Omit<E, 'at' | 'plan'>
    : never
  : never

export type StepDeps = {
  session: Session
  world: World
  /** Writes to the journal; it is on the disk when this resolves. */
  record(entry: Recorded): Promise<void>
  /** Hears what is going on, for a person who waits. */
  watch(event: { step: Step; doing: string }): void
  /** AWS's clock. */
  now(): string
  sleep(milliseconds: number): Promise<void>
  /** How long to wait for AWS to finish one step, in milliseconds. */
  patience: number
}

export type StepOutcome = { status: 'inForce' } | { status: 'failed'; error: string }

/** The events of a direction, as the journal names them. */
type Words = {
  calling: 'calling' | 'undoing'
  called: 'called' | 'undone-called'
  proved: 'inForce' | 'undone'
  failed: 'failed' | 'undo-failed'
}

const forwards: Words = { calling: 'calling', called: 'called', proved: 'inForce', failed: 'failed' }
export const backwards: Words = {
  calling: 'undoing',
  called: 'undone-called',
  proved: 'undone',
  failed: 'undo-failed',
}

/** Takes one step of a plan. `begun` says how far an earlier run came with it. */
export async function takeStep(
  step: Step,
  plan: Plan,
  begun: 'calling' | 'called' | undefined,
  deps: StepDeps,
): Promise<StepOutcome> {
  const goal = inForce(step)
  if (begun === undefined) {
    const sights = await deps.world.look([...beforeStep(plan, step), ...goal])
    const obstacle = whyNot(step, plan, sights)
    if (obstacle) return fail(step, forwards, obstacle, deps)
    // Somebody restarted the cluster meanwhile: a second restart would serve nobody.
    if (step.reboot && unmet(goal, sights).length === 0) return prove(step, forwards, goal, sights, deps)
  }
  return carryOut(step, step.call, goal, begun, forwards, deps)
}

function whyNot(step: Step, plan: Plan, sights: readonly Sight[]): string | undefined {
  const [moved] = unmet(beforeStep(plan, step), sights)
  if (moved) return `the world moved: ${moved}`
  const unexpected = unexpectedPending(step, sights)
  if (unexpected.length > 0)
    return `the restart would also apply ${unexpected.join(', ')}, which the plan does not say`
  return undefined
}

/** Calls, unless that was done before, and waits for the goal. */
export async function carryOut(
  step: Step,
  call: Call,
  goal: readonly Expectation[],
  begun: 'calling' | 'called' | undefined,
  words: Words,
  deps: StepDeps,
): Promise<StepOutcome> {
  const failure =
    begun === 'called' ? undefined : await makeCall(step, call, goal, begun === 'calling', words, deps)
  if (failure) return fail(step, words, failure.error, deps, failure.inDoubt)
  return waitFor(step, goal, words, deps)
}

/**
 * Makes the call once. When nobody knows whether an earlier try arrived, because the process was killed or the
 * connection broke, the world is asked instead of calling again blindly. Gives the reason when it could not be made.
 */
async function makeCall(
  step: Step,
  call: Call,
  goal: readonly Expectation[],
  inDoubt: boolean,
  words: Words,
  deps: StepDeps,
): Promise<{ error: string; inDoubt: boolean } | undefined> {
  const deadline = Date.now() + deps.patience
  let doubt = inDoubt
  for (let attempt = 0; ; attempt++) {
    if (doubt && (await arrived(goal, deps))) {
      await deps.record({ event: words.called, step: step.id, requestId: null })
      return undefined
    }
    await deps.record({ event: words.calling, step: step.id })
    deps.watch({ step, doing: 'calling' })
    try {
      const { requestId } = await deps.session.door(step.account, step.region).change(call)
      await deps.record({ event: words.called, step: step.id, requestId })
      return undefined
    } catch (error) {
      const again = isBusy(error) || isInDoubt(error)
      if (!again || Date.now() > deadline) return { error: reasonOf(error, call), inDoubt: isInDoubt(error) }
      doubt = isInDoubt(error)
      deps.watch({ step, doing: `waiting: AWS answered ${codeOf(error)}` })
      await deps.sleep(pause(attempt))
    }
  }
}

/** True when the world shows that a call of unknown fate was carried out, or is being carried out. */
async function arrived(goal: readonly Expectation[], { world, sleep }: StepDeps): Promise<boolean> {
  // AWS shows a change some seconds after it took the call: look more than once before concluding that it never came.
  for (let look = 0; look < 4; look++) {
    const sights = await world.look(goal)
    const open = unmet(goal, sights)
    const busy = sights.some((s) => s.fact === 'ClusterStatus' && 'value' in s && s.value !== 'available')
    if (open.length === 0 || busy) return true
    await sleep(pause(look + 1))
  }
  return false
}

async function waitFor(
  step: Step,
  goal: readonly Expectation[],
  words: Words,
  deps: StepDeps,
): Promise<StepOutcome> {
  const started = Date.now()
  for (let round = 0; ; round++) {
    const sights = await deps.world.look(goal)
    const open = unmet(goal, sights)
    if (open.length === 0) return prove(step, words, goal, sights, deps)
    const waited = Date.now() - started
    if (waited > deps.patience) {
      return fail(step, words, `not in force after ${spoken(waited)}: ${open.join('; ')}`, deps)
    }
    deps.watch({ step, doing: `waiting: ${open[0]}` })
    await deps.sleep(pause(round))
  }
}

/** From a quarter of a second to 15 seconds: quick for what is quick, gentle on AWS's request limits for what is not. */
function pause(round: number): number {
  return Math.min(250 * 1.6 ** round, 15_000)
}

async function prove(
  step: Step,
  words: Words,
  goal: readonly Expectation[],
  sights: readonly Sight[],
  deps: StepDeps,
): Promise<StepOutcome> {
  const wanted = new Set(goal.map(({ resource, fact }) => `${resource} ${fact}`))
  const facts: Record<string, Json> = {}
  for (const sight of sights) {
    const name = `${sight.resource} ${sight.fact}`
    if (wanted.has(name) && 'value' in sight) facts[name] = sight.value
  }
  await deps.record({ event: words.proved, step: step.id, facts })
  deps.watch({ step, doing: words === backwards ? 'undone' : 'in force' })
  return { status: 'inForce' }
}

async function fail(
  step: Step,
  words: Words,
  error: string,
  deps: StepDeps,
  inDoubt = false,
): Promise<StepOutcome> {
  await deps.record({ event: words.failed, step: step.id, error, ...(inDoubt ? { inDoubt } : {}) })
  deps.watch({ step, doing: `failed: ${error}` })
  return { status: 'failed', error }
}

function reasonOf(error: unknown, { action }: Call): string {
  if (isRefusal(error)) return `the permission ${action} is missing: ${messageOf(error)}`
  return `AWS answered ${codeOf(error)}: ${messageOf(error)}`
}
