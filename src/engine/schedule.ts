// When each step of a plan may be taken: after those it needs, and never while another one changes the same thing.

import type { Json } from '#model/plain.ts'
import type { Step } from '#model/plan.ts'
import { resourceOf } from '#model/resource.ts'

/** The members of an input that name what a call changes. */
const naming = [
  'ClusterIdentifier',
  'ParameterGroupName',
  'workgroupName',
  'namespaceName',
  'KeyId',
  'Bucket',
]

/** Everything that a step changes, so that no other step changes it at the same time. */
function subjectsOf({ account, region, call, effects }: Step): Set<string> {
  const subjects = new Set(effects.map(({ resource }) => subjectOf(resource)))
  for (const name of naming) {
    const value = (call.input as Record<string, Json | undefined>)[name]
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

/** For each step the earlier ones that must be over first: those it needs, and the last that changes the same thing. */
function waitsOf(steps: readonly Step[]): Map<Step, Set<Step>> {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const last = new Map<string, Step>()
  const waits = new Map<Step, Set<Step>>()
  for (const step of steps) {
    const subjects = subjectsOf(step)
    const earlier = [
      ...step.after.map((id) => byId.get(id)),
      ...[...subjects].map((subject) => last.get(subject)),
    ]
    waits.set(step, new Set(earlier.filter((other) => other !== undefined)))
    for (const subject of subjects) last.set(subject, step)
  }
  return waits
}

/**
 * Takes steps, at most `width` at once. Each waits for the steps it needs, and for every earlier one that changes
 * something it changes as well: what is done to one thing is done in the order of the plan. The first error stops what
 * has not begun, and is thrown when what has begun is over.
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
