// What a plan expects of the world: before it begins, before each step, and when a step is in force.

import { groupBy } from '#kit/group.ts'
import { counted } from '#kit/text.ts'
import type { Json } from '#model/plain.ts'
import type { Effect, Plan, Step } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { referencesIn } from '#model/reference.ts'
import { nounOf, type ResourceType, resourceOf } from '#model/resource.ts'
import { isRestartedByAws } from './order.ts'
import { isLasting } from './statuses.ts'
import { type Look, type Sight, same } from './world.ts'

/**
 * A fact and the value it must have. Where `among` is given, a list has to be so as far as these are concerned, and where
 * `except` is, but for these.
 */
export type Expectation = Look & { value: Json; among?: readonly string[]; except?: readonly string[] }

/** Names a fact of a resource, among many. */
export const keyOf = ({ resource, fact }: Look): string => `${resource} ${fact}`

/** The facts that a step's effects begin from, and those that they lead to. */
export const befores = (step: Step, effects: readonly Effect[] = step.effects): Expectation[] =>
  effects.map(({ resource, fact, before }) => ({ resource, fact, value: before, near: nearOf(step) }))
export const afters = (step: Step, effects: readonly Effect[] = step.effects): Expectation[] =>
  effects.map(({ resource, fact, after }) => ({ resource, fact, value: after, near: nearOf(step) }))

/** Where a step's resources are looked for when their ARNs do not say. */
export const nearOf = ({ account, region, seenFrom }: Step): NonNullable<Look['near']> =>
  seenFrom ?? { account, region }

/** True when what is expected lies in what an earlier call has yet to make: until then there is nothing to look at. */
export const isOpen = (expectation: Expectation): boolean => referencesIn(expectation).length > 0

/**
 * What must hold before the first of the open steps is taken: all that they assume, and of each fact they move, the
 * value it has before the first of them; of what they make, that it is not there. `done` are the steps of an earlier run.
 */
export function beforeAll(open: readonly Step[], done: readonly Step[] = []): Expectation[] {
  // What waits for a restart changes with the steps that are done; each restart looks again right before it.
  const moved = new Set(done.flatMap(({ effects }) => effects.map(keyOf)))
  const assumed = open
    .flatMap((step) => step.assumes.map((assumption) => ({ ...assumption, near: nearOf(step) })))
    .filter((assumption) => !moved.has(keyOf(assumption)))
    .filter(({ fact }) => fact !== 'pendingAtReboot' || done.length === 0)
  const created = createdBy(done)
  const toCreate = createdBy(open)
  const first = new Map<string, Expectation>()
  for (const step of open.filter(({ reboot }) => !reboot)) {
    for (const expectation of befores(step)) {
      const key = keyOf(expectation)
      if (toCreate.has(expectation.resource) && expectation.fact !== 'exists') continue
      // What a step of an earlier run moved, or may have moved, is looked at right before the next one that moves it.
      if (!created.has(expectation.resource) && !moved.has(key) && !first.has(key))
        first.set(key, expectation)
    }
  }
  return [...assumed, ...first.values()].filter((expectation) => !isOpen(expectation))
}

/**
 * What must hold right before one step. Left out: facts of a resource that an earlier step created, whose defaults are
 * AWS's to choose; what a restart is to bring in force, which `unexpectedPending` looks at; and that nothing waits for
 * one yet, where an earlier step leaves something waiting.
 */
export function beforeStep(plan: Plan, step: Step): Expectation[] {
  if (step.reboot) return []
  const earlier = plan.steps.slice(0, plan.steps.indexOf(step))
  const created = createdBy(earlier)
  const waiting = new Set(
    earlier.flatMap(({ effects }) =>
      effects.filter(({ fact }) => fact === 'parameterApplyStatus').map(keyOf),
    ),
  )
  const effects = step.effects.filter(
    (effect) => !created.has(effect.resource) && !waiting.has(keyOf(effect)),
  )
  return [...befores(step, effects), ...nothingElseWaiting(plan, step)].filter(
    (expectation) => !isOpen(expectation),
  )
}

/**
 * A restart that AWS makes by itself brings what waits for one, as one that is asked for does: nothing may wait but what
 * did when the plan was made, and what the plan leaves waiting.
 */
export function nothingElseWaiting({ steps }: Plan, step: Step): Expectation[] {
  const [resource] = step.effects.map((effect) => effect.resource)
  if (!isRestartedByAws(step.call) || !resource) return []
  const waited = step.assumes.flatMap(({ fact, value }) => (fact === 'pendingAtReboot' ? value : []))
  const applied = steps.flatMap(({ reboot, effects: [effect] }) =>
    reboot && effect?.resource === resource ? saidOf(reboot) : [],
  )
  const set = steps.flatMap(({ effects }) =>
    effects.flatMap(({ fact }) => /^parameters\.(.+)$/.exec(fact)?.[1] ?? []),
  )
  const except = [...(waited as string[]), ...applied, ...set]
  return [{ resource, fact: 'pendingAtReboot', value: [], except, near: nearOf(step) }]
}

/** The resources that these steps create. */
function createdBy(steps: readonly Step[]): Set<string> {
  const creating = ({ fact, before }: Effect) => fact === 'exists' && before === false
  return new Set(steps.flatMap(({ effects }) => effects.filter(creating).map(({ resource }) => resource)))
}

/** What proves a step: all its facts have arrived, and everything it touches is at rest again. */
export function inForce(step: Step): Expectation[] {
  return [...(step.reboot ? appliedBy(step, step.reboot) : afters(step)), ...settled(step)]
}

/** What proves a restart: what it was made for is applied. What others left to the next one meanwhile is theirs. */
function appliedBy(step: Step, reboot: NonNullable<Step['reboot']>): Expectation[] {
  const resource = step.effects[0]?.resource ?? ''
  const near = nearOf(step)
  return [
    ...reboot.brings.map((name) => ({
      resource,
      fact: `parameterApplyStatus.${name}`,
      value: 'in-sync',
      near,
    })),
    { resource, fact: 'pendingAtReboot', value: [], among: saidOf(reboot), near },
  ]
}

/** All that a plan says of what a restart applies. */
const saidOf = ({ brings, alsoPending, alsoApplies }: NonNullable<Step['reboot']>): string[] => [
  ...brings,
  ...alsoPending,
  ...alsoApplies,
]

/** The fact by which a resource says that nothing is under way on it, and the value that means so. Others have none. */
const atRest: Partial<Record<ResourceType, { fact: string; value: string }>> = {
  'redshift:cluster': { fact: 'ClusterStatus', value: 'available' },
  'redshift-serverless:workgroup': { fact: 'status', value: 'AVAILABLE' },
  'redshift-serverless:namespace': { fact: 'status', value: 'AVAILABLE' },
}

const restOf = (arn: string) => {
  const type = resourceOf(arn)?.type
  return type && atRest[type]
}

/** What a step touches must be at rest. */
export function settled(step: Step): Expectation[] {
  const resources = [...new Set(step.effects.map(({ resource }) => resource))]
  return resources.flatMap((resource) => {
    const rest = restOf(resource)
    return rest ? [{ resource, ...rest, near: nearOf(step) }] : []
  })
}

/** True for a sight of something under way: "available, prep-for-resize" is at rest as well, and so is what lasts. */
export function isUnderWay(sight: Sight): boolean {
  if (sight.fact !== restOf(sight.resource)?.fact) return false
  if (!('value' in sight) || typeof sight.value !== 'string') return false
  return !sight.value.toLowerCase().startsWith('available') && !isLasting(sight.value)
}

/** The expectations that a look did not meet, each in a sentence. */
export function unmet(expectations: readonly Expectation[], sights: readonly Sight[]): string[] {
  const seen = new Map(sights.map((sight) => [keyOf(sight), sight]))
  return expectations.flatMap((expectation) => {
    const sight = seen.get(keyOf(expectation))
    const what = `${expectation.fact} of ${resourceOf(expectation.resource)?.name ?? expectation.resource}`
    if (!sight) return [`${what} was not read`]
    if ('missing' in sight) return [`${what} could not be read: ${sight.missing}`]
    const value = counting(sight.value, expectation)
    if (same(value, expectation.value)) return []
    if (expectation.except)
      return [`the restart would also apply ${shown(value)}, which the plan does not say`]
    const [name] = taken([expectation], [sight])
    return [name ?? `${what} is ${shown(value)}, not ${shown(expectation.value)}`]
  })
}

/** What of a value counts for an expectation. */
function counting(value: Json, { among, except }: Expectation): Json {
  if (!Array.isArray(value)) return value
  return value.filter(
    (item) => (among?.includes(String(item)) ?? true) && !(except?.includes(String(item)) ?? false),
  )
}

/** What stands already under a name that the steps are to give, each in a sentence. */
export function taken(expectations: readonly Expectation[], sights: readonly Sight[]): string[] {
  const there = new Set(sights.filter((sight) => 'value' in sight && sight.value === true).map(keyOf))
  return expectations
    .filter((expectation) => expectation.fact === 'exists' && expectation.value === false)
    .filter((expectation) => there.has(keyOf(expectation)))
    .map(({ resource }) => `${calledAs(resource)} exists already`)
}

function calledAs(arn: string): string {
  const { type, name } = resourceOf(arn) ?? {}
  return type ? `${nounOf(type)} ${name}` : arn
}

/** What a look could not see of the expectations: for each cause one sentence, with the first fact that it hides. */
export function unseen(expectations: readonly Expectation[], sights: readonly Sight[]): string[] {
  const wanted = new Set(expectations.map(keyOf))
  const hidden = sights.flatMap((sight) => ('missing' in sight && wanted.has(keyOf(sight)) ? [sight] : []))
  return [...groupBy(hidden, ({ missing }) => missing)].map(([why, [first, ...more]]) => {
    const what = `${first?.fact} of ${resourceOf(first?.resource ?? '')?.name ?? first?.resource}`
    const others = more.length > 0 ? ` and ${counted(more.length, 'other fact')}` : ''
    return `${what}${others} could not be read: ${why}`
  })
}

/** A world that could not be looked at has not moved: what hid it must go first, and the plan is as good as before. */
export function refuseIfUnseen(
  { id }: Plan,
  expectations: readonly Expectation[],
  sights: readonly Sight[],
  verb: 'apply' | 'undo',
): void {
  const hidden = unseen(expectations, sights)
  if (hidden.length === 0) return
  const what = `Plan ${id} cannot be compared with the world: ${hidden.join('; ')}.`
  const todo = sights.some((sight) => 'missing' in sight && sight.refused) ? 'Grant that' : 'Mend that'
  throw new Problem('stale', what, `${todo} and ${verb} again; nothing was changed.`)
}

/** What a restart would apply that the plan does not say: names, or that it cannot be seen. Nothing for other steps. */
export function unexpectedPending({ reboot, effects }: Step, sights: readonly Sight[]): string[] | 'unseen' {
  if (!reboot) return []
  const [effect] = effects
  const sight = sights.find(
    ({ resource, fact }) => resource === effect?.resource && fact === 'pendingAtReboot',
  )
  if (!sight || !('value' in sight)) return 'unseen'
  const allowed = new Set(saidOf(reboot))
  return (sight.value as string[]).filter((item) => !allowed.has(item))
}

/** A value in a sentence: lists without brackets, nothing as "nothing". */
export function shown(value: Json): string {
  if (value === null) return 'not set'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(shown).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
