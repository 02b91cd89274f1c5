// Maintenance windows: weekly half hours and longer, in UTC.

import { day, hour, minute } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import { common } from '#lab/wire/errors.ts'

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const week = 7 * day

/** A window: from the beginning of the week, Sunday at midnight. */
export type Window = { start: number; length: number }

/** Reads `ddd:hh24:mi-ddd:hh24:mi`; undefined when it is not one of at least 30 minutes (API, CreateCluster). */
export function readWindow(text: string): Window | undefined {
  const [from, to] = text.toLowerCase().split('-').map(readPoint)
  if (from === undefined || to === undefined) return undefined
  const length = (to - from + week) % week
  // Unverified: that a window cannot be longer than a day.
  return length >= 30 * minute && length <= day ? { start: from, length } : undefined
}

function readPoint(text: string): number | undefined {
  const [, name = '', hours, minutes] = /^([a-z]{3}):([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  const index = days.indexOf(name)
  return index < 0 ? undefined : index * day + Number(hours) * hour + Number(minutes) * minute
}

/** The window of that text as AWS keeps it, in lower case, or its refusal. Unverified: code and wording. */
export function checkedWindow(text: string): string {
  if (readWindow(text)) return text.toLowerCase()
  throw common(
    'InvalidParameterValue',
    `Invalid maintenance window: ${text}. Must be of the format ddd:hh24:mi-ddd:hh24:mi and at least 30 minutes.`,
  )
}

/** The first moment at or after `from` at which the window opens. */
export function nextOpening({ start }: Window, from: number): number {
  // The epoch was a Thursday.
  const sinceSunday = (from + 4 * day) % week
  return from + ((start - sinceSunday + week) % week)
}

/** When a window ends that is open at a moment; undefined when it is not open then. */
export function closingOf(window: Window, moment: number): number | undefined {
  const opened = nextOpening(window, moment - window.length + 1)
  return opened <= moment ? opened + window.length : undefined
}

/**
 * Throws when a window is open and closes soon: "if the new maintenance window indicates the current time, there must be
 * at least 120 minutes between the current time and end of the window" (API, ModifyCluster). Unverified: code and wording.
 */
export function checkOpenWindow(text: string, now: number): void {
  const window = readWindow(text)
  const closing = window && closingOf(window, now)
  if (closing === undefined || closing - now >= 2 * hour) return
  throw common(
    'InvalidParameterValue',
    'The maintenance window must end at least 120 minutes from now if it includes the current time.',
  )
}

// Blocks of eight hours in which default windows lie: Management Guide, rs-cluster-maintenance. Hours of UTC.
const blocks: Record<string, number> = {
  'us-east-1': 3,
  'us-east-2': 3,
  'us-west-1': 6,
  'us-west-2': 6,
  'af-south-1': 20,
  'ap-east-1': 13,
  'ap-southeast-3': 15,
  'ap-southeast-4': 12,
  'ap-northeast-3': 13,
  'ap-northeast-2': 13,
  'ap-southeast-1': 14,
  'ap-southeast-2': 12,
  'ap-northeast-1': 13,
}

/** "A 30-minute window selected at random from an 8-hour block of time per region" (API): the same for the same name. */
export function defaultWindow(region: string, cluster: string): string {
  const dice = Number.parseInt(hexOf(`window ${region} ${cluster}`, 8), 16)
  // Unverified: the blocks of regions that are not listed above; European ones begin late in the evening.
  const opening = (blocks[region] ?? 22) * hour + (dice % 16) * 30 * minute
  const start = ((dice >>> 8) % 7) * day + opening
  return `${pointText(start)}-${pointText(start + 30 * minute)}`
}

function pointText(point: number): string {
  const inWeek = point % week
  const clock = new Date(inWeek % day).toISOString().slice(11, 16)
  return `${days[Math.floor(inWeek / day)]}:${clock}`
}
