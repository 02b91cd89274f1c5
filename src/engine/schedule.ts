// When each step of a plan may be taken, or taken back: after those that stand before it, and never while another one
// changes the same thing.

import type { Json } from '#model/plain.ts'
import type { Step } from '#model/plan.ts'
import { resourceOf } from '#model/resource.ts'
import { neededBy } from './order.ts'

/** How many steps are under way at once when nobody says otherwise. */
export const usualConcurrency = 4

/** The members of an input that name what a call changes. */
const naming = [
  'ClusterIdentifier',
  'ParameterGroupName',
  'workgroupName',
  'namespaceName',
  'KeyId',
  'Bucket',
]

/** Everything that a step changes, there and back, so that no other step changes it at the same time. */
function subjectsOf({ account, region, call, effects, undo }: Step): Set<string> {
  const subjects = new Set(effects.map(({ resource }) => subjectOf(resource)))
  for (const { input } of 'call' in undo ? [call, undo.call] : [call])
    for (const name of naming) {
      const value = (input as Record<string, Json | undefined>)[name]
      if (typeof value === 'string') subjects.add(`${name} ${account} ${region} ${value}`)
    }
  return subjects
}

/** A cluster is the same by its ARN as by the name that calls give it. */
function subjectOf(arn: string): string {
  const named = resourceOf(arn)
  return named?.type === 'redshift:cluster'
    ? `ClusterIdentifier ${named.account} ${named.region} ${named.name}`
    : arn
}

/**
 * For each step the earlier ones that must be over first: those it needs or that need it, by whatever way, and the last
 * that changes the same thing.
 */
function waitsOf(steps: readonly Step[]): Map<Step, Set<Step>> {
  const waits = new Map<Step, Set<Step>>(steps.map((step) => [step, new Set()]))
  const byId = new Map(steps.map((step) => [step.id, step]))
  const place = new Map(steps.map((step, index) => [step, index]))
  const last = new Map<string, Step>()
  const wait = (one: Step, other: Step) => {
    const [first, second] = (place.get(one) ?? 0) < (place.get(other) ?? 0) ? [one, other] : [other, one]
    waits.get(second)?.add(first)
  }
  for (const step of steps) {
    for (const needed of neededBy(step, byId)) wait(step, needed)
    for (const subject of subjectsOf(step)) {
      const earlier = last.get(subject)
      if (earlier) wait(step, earlier)
      last.set(subject, step)
    }
  }
  return waits
}

/**
 * Takes steps in the order they are given in, at most `width` at once. Each waits for every earlier one that it needs,
 * that needs it, as when they are taken back, or that changes something it changes as well: what is done to one thing is
 * done in order. The first error stops what has not begun, and is thrown when what has begun is over.
 */
export async function inSchedule(
  steps: readonly Step[],
  width: number,
  take: (step: Step) => Promise<void>,
): Promise<void> {
  const waits = waitsOf(steps)
  const followers = new Map<Step, Step[]>()
  for (const [step, earlier] of waits)
    for (const other of earlier) followers.set(other, [...(followers.get(other) ?? []), step])
  const ready = steps.filter((step) => waits.get(step)?.size === 0)
  const running = new Set<Promise<void>>()
  const errors: unknown[] = []
  const run = async (step: Step): Promise<void> => {
    try {
      await take(step)
    } catch (error) {
      errors.push(error)
    }
    for (const follower of followers.get(step) ?? []) {
      const open = waits.get(follower)
      open?.delete(step)
      if (open?.size === 0) ready.push(follower)
    }
  }
  while ((ready.length > 0 && errors.length === 0) || running.size > 0) {
    while (running.size < width && ready.length > 0 && errors.length === 0) {
      const step = ready.shift() as Step
      const work: Promise<void> = run(step).finally(() => running.delete(work))
      running.add(work)
    }
    await Promise.race(running)
  }
  if (errors.length > 0) throw errors[0]
}
