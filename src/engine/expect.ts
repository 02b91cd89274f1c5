// What a plan expects of the world: before it begins, before each step, and when a step is in force.

import type { Json } from '#model/plain.ts'
import type { Effect, Plan, Step } from '#model/plan.ts'
import { resourceOf } from '#model/resource.ts'
import { type Look, type Sight, same } from './world.ts'

/** A fact and the value it must have. */
export type Expectation = Look & { value: Json }

/** Names a fact of a resource, among many. */
export const keyOf = ({ resource, fact }: Look): string => `${resource} ${fact}`

/** The facts that some effects begin from, and those that they lead to. */
export const befores = (effects: readonly Effect[]): Expectation[] =>
  effects.map(({ resource, fact, before }) => ({ resource, fact, value: before }))
export const afters = (effects: readonly Effect[]): Expectation[] =>
  effects.map(({ resource, fact, after }) => ({ resource, fact, value: after }))

/**
 * What must hold before the first of the open steps is taken: all that they assume, and of each fact they move, the
 * value it has before the first of them. `done` are the steps of an earlier run.
 */
export function beforeAll(open: readonly Step[], done: readonly Step[] = []): Expectation[] {
  // What waits for a restart changes with the steps that are done; each restart looks again right before it.
  const moved = new Set(done.flatMap(({ effects }) => effects.map(keyOf)))
  const assumed = open
    .flatMap(({ assumes }) => assumes)
    .filter((assumption) => !moved.has(keyOf(assumption)))
    .filter(({ fact }) => fact !== 'pendingAtReboot' || done.length === 0)
  const created = createdBy(done)
  const first = new Map<string, Expectation>()
  for (const step of open.filter(({ reboot }) => !reboot)) {
    for (const expectation of befores(step.effects)) {
      const key = keyOf(expectation)
      // What a step of an earlier run moved, or may have moved, is looked at right before the next one that moves it.
      if (!created.has(expectation.resource) && !moved.has(key) && !first.has(key))
        first.set(key, expectation)
    }
  }
  return [...assumed, ...first.values()]
}

/**
 * What must hold right before one step. Left out: facts of a resource that an earlier step created, whose defaults are
 * AWS's to choose, and what a restart is to bring in force, which `unexpectedPending` looks at.
 */
export function beforeStep(plan: Plan, step: Step): Expectation[] {
  if (step.reboot) return []
  const created = createdBy(plan.steps.slice(0, plan.steps.indexOf(step)))
  return befores(step.effects.filter(({ resource }) => !created.has(resource)))
}

/** The resources that these steps create. */
function createdBy(steps: readonly Step[]): Set<string> {
  const creating = ({ fact, before }: Effect) => fact === 'exists' && before === false
  return new Set(steps.flatMap(({ effects }) => effects.filter(creating).map(({ resource }) => resource)))
}

/** What proves a step: all its facts have arrived, and every cluster it touches is available again. */
export function inForce({ effects }: Step): Expectation[] {
  return [...afters(effects), ...settled(effects)]
}

/** The clusters that some effects touch must be available. */
export function settled(effects: readonly Effect[]): Expectation[] {
  const resources = effects.map(({ resource }) => resource)
  const clusters = resources.filter((arn) => resourceOf(arn)?.type === 'redshift:cluster')
  return [...new Set(clusters)].map((resource) => ({ resource, fact: 'ClusterStatus', value: 'available' }))
}

/** The expectations that a look did not meet, each in a sentence. */
export function unmet(expectations: readonly Expectation[], sights: readonly Sight[]): string[] {
  const seen = new Map(sights.map((sight) => [keyOf(sight), sight]))
  return expectations.flatMap((expectation) => {
    const sight = seen.get(keyOf(expectation))
    const what = `${expectation.fact} of ${resourceOf(expectation.resource)?.name ?? expectation.resource}`
    if (!sight) return [`${what} was not read`]
    if ('missing' in sight) return [`${what} could not be read: ${sight.missing}`]
    if (same(sight.value, expectation.value)) return []
    return [`${what} is ${shown(sight.value)}, not ${shown(expectation.value)}`]
  })
}

/** What a restart would apply that the plan does not say: names, or that it cannot be seen. Nothing for other steps. */
export function unexpectedPending({ reboot, effects }: Step, sights: readonly Sight[]): string[] | 'unseen' {
  if (!reboot) return []
  const [effect] = effects
  const sight = sights.find(
    ({ resource, fact }) => resource === effect?.resource && fact === 'pendingAtReboot',
  )
  if (!sight || !('value' in sight)) return 'unseen'
  const allowed = new Set([...reboot.brings, ...reboot.alsoPending, ...reboot.alsoApplies])
  return (sight.value as string[]).filter((item) => !allowed.has(item))
}

/** A value in a sentence: lists without brackets, nothing as "nothing". */
export function shown(value: Json): string {
  if (value === null) return 'not set'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(shown).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
