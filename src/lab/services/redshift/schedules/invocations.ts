// When the snapshots of a schedule are due.

import { day, hour } from '#kit/time.ts'
import type { SnapshotScheduleRecord } from '../model.ts'
import { nextBy, readDefinition, refuse } from './definitions.ts'

type Plan = Pick<SnapshotScheduleRecord, 'definitions' | 'since'>

/** The first moment after another at which a snapshot is due. */
export function nextInvocation({ definitions, since }: Plan, after: number): number | undefined {
  const moments = definitions
    .map((text) => nextBy(readDefinition(text), since, after))
    .filter((moment) => moment !== undefined)
  return moments.length > 0 ? Math.min(...moments) : undefined
}

/** The next so many moments. */
export function nextInvocations(plan: Plan, after: number, count: number): number[] {
  const moments: number[] = []
  let last = after
  while (moments.length < count) {
    const next = nextInvocation(plan, last)
    if (next === undefined) break
    moments.push(next)
    last = next
  }
  return moments
}

// Four weeks hold every combination of weekdays and hours; more than an hour apart there are 672 at most.
const looked = 28 * day

/**
 * Throws AWS's refusal unless the definitions make a schedule: "if you have overlapping schedules that result in
 * scheduling snapshots within a 1-hour window, a validation error results" (MG, snapshot schedules).
 */
export function checkPlan(plan: Plan): void {
  const texts = plan.definitions
  if (texts.length === 0) refuse('')
  for (const text of texts) readDefinition(text)
  let last = nextInvocation(plan, plan.since)
  if (last === undefined) refuse(texts.join())
  const end = last + looked
  for (;;) {
    const next: number | undefined = nextInvocation(plan, last)
    if (next === undefined || next > end) return
    if (next - last < hour) refuse(texts.join())
    last = next
  }
}
