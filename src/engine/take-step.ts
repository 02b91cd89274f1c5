// One step, forwards or backwards: look, call, wait until it is in force.

import { codeOf, isBusy, isInDoubt, isNotThereYet, stateRefusal } from '#aws/errors.ts'
import type { Session } from '#aws/session.ts'
import type { Pace } from '#kit/pace.ts'
import { spoken } from '#kit/time.ts'
import { type Call, serviceOf } from '#model/action.ts'
import type { JournalEntry } from '#model/journal.ts'
import type { Json } from '#model/plain.ts'
import type { Plan, Step } from '#model/plan.ts'
import { bound, type Made, memberAt, referencesIn } from '#model/reference.ts'
import { type Refused, refusedIn } from './batches.ts'
import {
  beforeStep,
  type Expectation,
  inForce,
  isOpen,
  isUnderWay,
  keyOf,
  unexpectedPending,
  unmet,
  unseen,
} from './expect.ts'
import { lookAgain } from './look-again.ts'
import { standstill } from './standstill.ts'
import { reasonOf } from './why-refused.ts'
import { type Sight, same, type World } from './world.ts'

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
  pace: Pace
  /** How long to wait for AWS to finish one step, in milliseconds. */
  patience: number
}

/** What the steps that are done have made, and which members of their answers are to be kept. */
export type Making = {
  made: Map<string, Record<string, Json>>
  kept(step: string): string[]
  /** What AWS refused of the batches that it took, by step. */
  refused: Map<string, readonly Refused[]>
}

/** `refused`: what AWS left out of a batch; the rest of it is in force. `note`: what a person should know besides. */
export type StepOutcome =
  | { status: 'inForce'; refused?: readonly Refused[]; note?: string }
  | { status: 'failed'; error: string }

/** How far an earlier run came with a step: the call was about to leave, or AWS had taken it. */
export type Begun = 'calling' | 'called' | undefined

/** The events of a direction, as the journal names them. */
type Words = {
  calling: 'calling' | 'undoing'
  called: 'called' | 'undone-called'
  proved: 'inForce' | 'undone'
  failed: 'failed' | 'undo-failed'
}

/** A call to make, what must hold when it leaves, and what proves it. */
export type Move = {
  step: Step
  call: Call
  words: Words
  goal: readonly Expectation[]
  /** Facts that must hold when the call leaves. */
  before: readonly Expectation[]
  /** True when it works on what an earlier call of the plan made, which AWS may not know everywhere yet. */
  usesMade: boolean
  /** True when a goal that is met already needs no call: a second restart would serve nobody. */
  needsNoCallWhenMet: boolean
}

const forwards: Words = { calling: 'calling', called: 'called', proved: 'inForce', failed: 'failed' }
const backwards: Words = {
  calling: 'undoing',
  called: 'undone-called',
  proved: 'undone',
  failed: 'undo-failed',
}

/** What a plan's calls make for one another: which members, and what an earlier run wrote down of them. */
export function makingOf(
  plan: Plan,
  { made, refused }: { made: Made; refused: ReadonlyMap<string, readonly Refused[]> },
): Making {
  const references = referencesIn(plan.steps)
  return {
    made: new Map(made),
    refused: new Map(refused),
    kept: (id) => references.flatMap(({ step, path }) => (step === id ? [path] : [])),
  }
}

/** Takes one step of a plan. */
export function takeStep(
  planned: Step,
  plan: Plan,
  begun: Begun,
  making: Making,
  deps: StepDeps,
): Promise<StepOutcome> {
  const before = bound(beforeStep(plan, planned), making.made).filter((expectation) => !isOpen(expectation))
  const step = bound(planned, making.made)
  const goal = inForce(step)
  const needsNoCallWhenMet = step.reboot !== undefined
  const usesMade = referencesIn(planned.call).length > 0
  const move: Move = { step, call: step.call, words: forwards, goal, before, usesMade, needsNoCallWhenMet }
  return carryOut(move, begun, deps, making)
}

/** Takes one step back by its undo, towards a goal. `left` is what the step left behind, and must be there still. */
export function takeBack(
  step: Step,
  call: Call,
  { goal, left }: { goal: readonly Expectation[]; left: readonly Expectation[] },
  begun: Begun,
  deps: StepDeps,
): Promise<StepOutcome> {
  const words = backwards
  const move: Move = { step, call, words, goal, before: left, usesMade: false, needsNoCallWhenMet: true }
  return carryOut(move, begun, deps)
}

/** The reason why a call must not be made in the world as it is, or undefined. */
function obstacle({ step, before }: Move, sights: readonly Sight[]): string | undefined {
  const [hidden] = unseen(before, sights)
  if (hidden) return hidden
  const [moved] = unmet(before, sights)
  if (moved) return `the world moved: ${moved}`
  const unexpected = unexpectedPending(step, sights)
  if (unexpected === 'unseen') return 'what else the restart would apply cannot be seen'
  if (unexpected.length === 0) return undefined
  return `the restart would also apply ${unexpected.join(', ')}, which the plan does not say`
}

/** Calls, unless that was done before, and waits for the goal. */
async function carryOut(move: Move, begun: Begun, deps: StepDeps, making?: Making): Promise<StepOutcome> {
  const failure = begun === 'called' ? undefined : await makeCall(move, begun === 'calling', deps, making)
  if (failure) return fail(move, failure, deps)
  if (!making) return waitFor(move, deps)
  const refused = making.refused.get(move.step.id) ?? []
  const isRefused = ({ resource }: Expectation) => refused.some((other) => other.resource === resource)
  const goal = bound(move.goal, making.made).filter((expectation) => !isRefused(expectation))
  const outcome = await waitFor({ ...move, goal }, deps)
  return outcome.status === 'inForce' && refused.length > 0 ? { ...outcome, refused } : outcome
}

/**
 * True when no fact can tell whether the call of a step arrived: what it made has no name yet, nothing that is read shows
 * it, or what is read is the same before and after, as when keys are rotated.
 */
export function isUntold({ effects, reboot }: Step, goal: readonly Expectation[]): boolean {
  const movesNothing = !reboot && effects.every(({ before, after }) => same(before, after))
  return goal.length === 0 || goal.some(isOpen) || movesNothing
}

/**
 * Why nobody can tell what became of a call. What it made has no name but the one that the lost answer gave, and AWS
 * has no token that would let the call be made again safely: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 */
export function whyUntold({ call, title }: Pick<Step, 'call' | 'title'>): string {
  const service = serviceOf(call.action).toUpperCase()
  return `the answer was lost, and nothing else tells whether it arrived: look in ${service} for what "${title}" may have left; then keep what this plan did, or undo it, and make a new one`
}

type Failure = { error: string; inDoubt: boolean }

/**
 * Makes the call once. When nobody knows whether an earlier try arrived, because the process was killed or the
 * connection broke, the world is asked first instead of calling again blindly. Each try looks for obstacles anew:
 * while AWS was busy, somebody else may have changed what the plan relies on.
 */
async function makeCall(
  move: Move,
  inDoubt: boolean,
  deps: StepDeps,
  making: Making | undefined,
): Promise<Failure | undefined> {
  const { step, call, words } = move
  const { pace } = deps
  const deadline = pace.elapsed() + deps.patience
  let doubt = inDoubt
  const whyHopeless = standstill(step, call, deps)
  for (let attempt = 0; ; attempt++) {
    // A wait for such a goal would never end.
    if (doubt && isUntold(step, move.goal)) return { error: whyUntold(move.step), inDoubt: true }
    const fate = doubt ? await fateOf(move.goal, deps) : 'never arrived'
    if (fate === 'arrived') {
      await deps.record({ event: words.called, step: step.id, requestId: null })
      return undefined
    }
    if (fate === 'unseen') return { error: 'nobody can see whether an earlier try arrived', inDoubt: true }
    const looks = [...move.before, ...move.goal].filter((e) => !isOpen(e))
    const sights = await lookAgain(looks, deps, move.before)
    // Somebody else may have restarted the cluster, before the first try or while AWS was busy. Where nothing shows what a
    // call does, such as that a name of a key is gone, it must be made.
    const isMet = move.goal.length > 0 && unmet(move.goal, sights).length === 0
    if (move.needsNoCallWhenMet && isMet) return undefined
    const error = obstacle(move, sights)
    if (error) return { error, inDoubt: doubt && sights.some((sight) => 'missing' in sight) }
    await deps.record({ event: words.calling, step: step.id })
    deps.watch({ step, doing: 'calling' })
    try {
      const { requestId, answer } = await deps.session.door(step.account, step.region).change(call)
      const made = words === forwards ? madeIn(answer, making?.kept(step.id) ?? []) : undefined
      const refused = refusedIn({ ...step, call }, answer)
      if (refused.length > 0 && refused.length >= step.effects.length) {
        return { error: refused.map(({ why }) => why).join('; '), inDoubt: false }
      }
      if (made) making?.made.set(step.id, made)
      if (refused.length > 0) making?.refused.set(step.id, refused)
      const besides = { ...(made ? { made } : {}), ...(refused.length > 0 ? { refused } : {}) }
      await deps.record({ event: words.called, step: step.id, requestId, ...besides })
      return undefined
    } catch (error) {
      // Once in doubt, in doubt until the world has told: AWS may be busy with the very try whose answer was lost.
      doubt ||= isInDoubt(error)
      const isNew = move.usesMade && attempt < 8 && isNotThereYet(error)
      if (!(doubt || isNew || isBusy(error)) || pace.elapsed() > deadline) {
        return { error: reasonOf(error, call), inDoubt: doubt }
      }
      const state = doubt ? undefined : stateRefusal(error)
      const why = state && (await whyHopeless(state))
      if (why) return { error: `${reasonOf(error, call)} (${why})`, inDoubt: false }
      deps.watch({ step, doing: `waiting: AWS answered ${codeOf(error)}` })
      await pace.sleep(pause(attempt))
    }
  }
}

/** The members of an answer that later steps need. */
function madeIn(answer: Json, paths: readonly string[]): Record<string, Json> | undefined {
  if (paths.length === 0) return undefined
  return Object.fromEntries(paths.map((path) => [path, memberAt(answer, path) ?? null]))
}

/**
 * What became of a call whose answer is not known. AWS shows a change some seconds after it took the call, and a busy
 * cluster may be busy with it: it never arrived only when it stays away from a cluster at rest that can be seen.
 */
export async function fateOf(
  goal: readonly Expectation[],
  { world, pace, patience }: StepDeps,
): Promise<'arrived' | 'never arrived' | 'unseen'> {
  const deadline = pace.elapsed() + patience
  let quiet = 0
  let blind = 0
  for (let look = 1; pace.elapsed() < deadline; look++) {
    const sights = await world.look(goal)
    if (unmet(goal, sights).length === 0) return 'arrived'
    if (sights.some((sight) => 'missing' in sight)) blind++
    else if (!sights.some(isUnderWay)) quiet++
    if (quiet === 4) return 'never arrived'
    if (blind === 8) return 'unseen'
    await pace.sleep(pause(look))
  }
  return 'unseen'
}

async function waitFor(move: Move, deps: StepDeps): Promise<StepOutcome> {
  const { step, goal } = move
  const { pace } = deps
  const started = pace.elapsed()
  for (let round = 0; ; round++) {
    const sights = await deps.world.look(goal)
    const open = unmet(goal, sights)
    if (open.length === 0) return prove(move, sights, deps)
    const waited = pace.elapsed() - started
    const refused = sights.find((sight) => 'missing' in sight && sight.refused)
    // Who may not look will not see it by waiting. Refusals of a moment, such as those of a new role, pass sooner.
    if (refused && 'missing' in refused && round >= 4) {
      return fail(
        move,
        { error: `nobody can see whether it is in force: ${refused.missing}`, inDoubt: true },
        deps,
      )
    }
    if (waited > deps.patience) {
      const error = `not in force after ${spoken(waited)}: ${open.join('; ')}`
      return fail(move, { error, inDoubt: true }, deps)
    }
    deps.watch({ step, doing: `waiting: ${open[0]}` })
    await pace.sleep(pause(round))
  }
}

/** From a quarter of a second to 15 seconds: quick for what is quick, gentle on AWS's request limits for what is not. */
function pause(round: number): number {
  return Math.min(250 * 1.6 ** round, 15_000)
}

async function prove({ step, words }: Move, sights: readonly Sight[], deps: StepDeps): Promise<StepOutcome> {
  const facts: Record<string, Json> = {}
  for (const sight of sights) if ('value' in sight) facts[keyOf(sight)] = sight.value
  await deps.record({ event: words.proved, step: step.id, facts })
  deps.watch({ step, doing: words === backwards ? 'undone' : 'in force' })
  const others = unexpectedPending(step, sights)
  if (others === 'unseen' || others.length === 0) return { status: 'inForce' }
  return {
    status: 'inForce',
    note: `others left pending meanwhile, for the next restart: ${others.join(', ')}`,
  }
}

async function fail(
  { step, words }: Move,
  { error, inDoubt }: Failure,
  deps: StepDeps,
): Promise<StepOutcome> {
  await deps.record({ event: words.failed, step: step.id, error, ...(inDoubt ? { inDoubt } : {}) })
  deps.watch({ step, doing: `failed: ${error}` })
  return { status: 'failed', error }
}
