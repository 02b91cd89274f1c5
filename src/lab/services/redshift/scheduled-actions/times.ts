// When a scheduled action runs: `at(…)` once, `cron(…)` again and again, within its start and its end.

import { InvalidScheduleFault$ } from '@aws-sdk/client-redshift'
import { hour } from '#kit/time.ts'
import { fault } from '#lab/wire/errors.ts'
import { nextOf, readCron } from '../schedules/cron.ts'
import type { ScheduledActionRecord } from './model.ts'

type Plan = Pick<ScheduledActionRecord, 'schedule' | 'from' | 'to'>

/** The first moment after another at which it runs. */
export function nextRun({ schedule, from = Number.NEGATIVE_INFINITY, to }: Plan, after: number) {
  const next = nextBy(schedule, Math.max(after, from - 1))
  return next === undefined || (to !== undefined && next > to) ? undefined : next
}

/** The next so many moments. */
export function nextRuns(plan: Plan, after: number, count: number): number[] {
  const moments: number[] = []
  for (let last = after; moments.length < count; ) {
    const next = nextRun(plan, last)
    if (next === undefined) break
    moments.push(next)
    last = next
  }
  return moments
}

/** Throws InvalidSchedule unless it is a schedule whose runs are an hour apart. Wording: the fault's description. */
export function checkSchedule(schedule: string, now: number): void {
  const refuse = () => fault(InvalidScheduleFault$, "The schedule you submitted isn't valid.")
  const isAt = momentOf(schedule) !== undefined
  if (!isAt && !cronOf(schedule)) throw refuse()
  // "Schedule invocations must be separated by at least one hour" (API, ScheduledAction). A week and more is looked at.
  const runs = nextRuns({ schedule, from: undefined, to: undefined }, now, 200)
  if (runs.some((run, index) => index > 0 && run - (runs[index - 1] ?? 0) < hour)) throw refuse()
}

function nextBy(schedule: string, after: number): number | undefined {
  const moment = momentOf(schedule)
  if (moment !== undefined) return moment > after ? moment : undefined
  const cron = cronOf(schedule)
  return cron && nextOf(cron, after)
}

function momentOf(schedule: string): number | undefined {
  const [, text] = /^\s*at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)\s*$/.exec(schedule) ?? []
  const moment = Date.parse(`${text}Z`)
  return Number.isNaN(moment) ? undefined : moment
}

// "cron(Minutes Hours Day-of-month Month Day-of-week Year)": always six fields, unlike those of snapshot schedules.
function cronOf(schedule: string) {
  const [, body = ''] = /^\s*cron\((.*)\)\s*$/.exec(schedule) ?? []
  return body.trim().split(/\s+/).length === 6 ? readCron(body) : undefined
}
