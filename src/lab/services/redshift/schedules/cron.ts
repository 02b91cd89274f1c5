// Cron expressions as Redshift's snapshot schedules know them, in UTC.
// https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshot-scheduling.html says the same of Serverless.

import { day, hour, minute } from '#kit/time.ts'

/** A cron expression, read: which minutes and hours, and on which days. */
export type Cron = { minutes: number[]; hours: number[]; isDay(moment: Date): boolean }

type Bounds = { from: number; to: number; names?: readonly string[] }

const minutesOf: Bounds = { from: 0, to: 59 }
const hoursOf: Bounds = { from: 0, to: 23 }
const daysOfMonth: Bounds = { from: 1, to: 31 }
const months: Bounds = {
  from: 1,
  to: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
}
// 1 is Sunday.
const daysOfWeek: Bounds = { from: 1, to: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] }
const years: Bounds = { from: 1970, to: 2199 }

/** Reads `30 12 *` (minutes, hours, day of week) or six fields with a year; undefined when it is neither. */
export function readCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/)
  const [minutes, hours] = [valuesOf(fields[0], minutesOf), valuesOf(fields[1], hoursOf)]
  const isDay =
    fields.length === 3 ? weekdays(fields) : fields.length === 6 ? calendarDays(fields) : undefined
  if (!minutes || !hours || !isDay) return undefined
  return { minutes: [...minutes].sort(ascending), hours: [...hours].sort(ascending), isDay }
}

/** The first moment after another, or undefined when none comes within eight years. */
export function nextOf({ minutes, hours, isDay }: Cron, after: number): number | undefined {
  const first = Math.floor(after / day)
  // Eight years hold a 29 February, also around a century's end.
  for (let count = 0; count < 8 * 366; count += 1) {
    const midnight = (first + count) * day
    if (!isDay(new Date(midnight))) continue
    for (const hourOfDay of hours) {
      for (const minuteOfHour of minutes) {
        const moment = midnight + hourOfDay * hour + minuteOfHour * minute
        if (moment > after) return moment
      }
    }
  }
  return undefined
}

function weekdays(fields: string[]): Cron['isDay'] | undefined {
  const days = valuesOf(fields[2], daysOfWeek)
  return days && ((moment) => days.has(moment.getUTCDay() + 1))
}

// "You can't specify the Day-of-month and Day-of-week values in the same cron expression. If you specify a value in one
// of the fields, you must use a ? in the other."
function calendarDays(fields: string[]): Cron['isDay'] | undefined {
  if ((fields[2] === '?') === (fields[4] === '?')) return undefined
  const dates = valuesOf(fields[2], daysOfMonth)
  const inMonths = valuesOf(fields[3], months)
  const days = valuesOf(fields[4], daysOfWeek)
  const inYears = valuesOf(fields[5], years)
  if (!dates || !inMonths || !days || !inYears) return undefined
  return (moment) =>
    dates.has(moment.getUTCDate()) &&
    inMonths.has(moment.getUTCMonth() + 1) &&
    days.has(moment.getUTCDay() + 1) &&
    inYears.has(moment.getUTCFullYear())
}

function valuesOf(field: string | undefined, bounds: Bounds): Set<number> | undefined {
  const values = new Set<number>()
  for (const part of (field ?? '').split(',')) {
    const some = partOf(part, bounds)
    if (!some) return undefined
    for (const value of some) values.add(value)
  }
  return values
}

// `*`, `?`, `5`, `2-6`, `*/4`, `1/10`, `14-20/2`
function partOf(part: string, bounds: Bounds): number[] | undefined {
  const [, body = '', step] = /^(\*|\?|[^/]+)(?:\/(\d+))?$/.exec(part) ?? []
  const range = rangeOf(body, step !== undefined, bounds)
  if (!range || step === '0') return undefined
  const { from, to } = range
  // A range of weekdays may pass the end of the week: SAT-SUN.
  const span = to < from ? (bounds === daysOfWeek ? to + 7 - from : -1) : to - from
  if (span < 0) return undefined
  const all = Array.from({ length: span + 1 }, (_, index) => ({ index, value: from + index }))
  const kept = all.filter(({ index }) => index % Number(step ?? 1) === 0)
  return kept.map(({ value }) => (value > bounds.to ? value - 7 : value))
}

function rangeOf(body: string, isStepped: boolean, bounds: Bounds): { from: number; to: number } | undefined {
  if (body === '*' || body === '?') return bounds
  const [first, last, ...more] = body.split('-').map((word) => numberOf(word, bounds))
  if (first === undefined || more.length > 0) return undefined
  if (!body.includes('-')) return { from: first, to: isStepped ? bounds.to : first }
  return last === undefined ? undefined : { from: first, to: last }
}

function numberOf(word: string, { from, to, names = [] }: Bounds): number | undefined {
  const name = names.indexOf(word.toUpperCase())
  const value = name >= 0 ? name + from : /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN
  return value >= from && value <= to ? value : undefined
}

function ascending(a: number, b: number): number {
  return a - b
}
