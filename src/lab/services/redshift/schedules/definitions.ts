// The definitions of a snapshot schedule: `rate(12 hours)`, `cron(30 12 *)`.

import { InvalidScheduleFault$, ScheduleDefinitionTypeUnsupportedFault$ } from '@aws-sdk/client-redshift'
import { day, hour, minute } from '#kit/time.ts'
import { fault } from '#lab/wire/errors.ts'
import { type Cron, nextOf, readCron } from './cron.ts'

/** A definition, read. */
export type Definition = { kind: 'rate'; every: number } | { kind: 'cron'; cron: Cron }

// Read once: a year of snapshots asks for the same few definitions again and again.
const known = new Map<string, Definition>()

/** Reads a definition, or throws AWS's refusal. */
export function readDefinition(text: string): Definition {
  const found = known.get(text) ?? read(text)
  known.set(text, found)
  return found
}

/** The first moment after another that a definition names; rates count from `since`. */
export function nextBy(definition: Definition, since: number, after: number): number | undefined {
  if (definition.kind === 'cron') return nextOf(definition.cron, after)
  const { every } = definition
  return since + (Math.floor(Math.max(0, after - since) / every) + 1) * every
}

/** Whether a text is a rate or a cron expression, good or bad. */
export function isDefinition(text: string): boolean {
  return /^\s*(rate|cron)\(/.test(text)
}

function read(text: string): Definition {
  const [, kind, body = ''] = /^\s*(\w+)\((.*)\)\s*$/.exec(text) ?? []
  if (kind === 'rate') return { kind, every: everyOf(body) ?? refuse(text) }
  // Unverified: that L, W and # are not known. The guide describes them for Serverless only.
  if (kind === 'cron') return { kind, cron: readCron(body) ?? refuse(text) }
  // Wording: the fault's description.
  throw fault(ScheduleDefinitionTypeUnsupportedFault$, 'The definition you submitted is not supported.')
}

const units: Record<string, number> = { minute, hour, day }

// "Backup frequencies less than 1 hour or greater than 24 hours are not supported" (MG, snapshot schedules).
// Unverified: units other than hours.
function everyOf(body: string): number | undefined {
  const [, amount, unit = ''] = /^\s*(\d{1,4})\s+(minute|hour|day)s?\s*$/.exec(body) ?? []
  const every = Number(amount) * (units[unit] ?? Number.NaN)
  return every >= hour && every <= day ? every : undefined
}

/** Throws InvalidSchedule. Wording: the fault's description. Unverified: that AWS adds nothing to it. */
export function refuse(_text: string): never {
  throw fault(InvalidScheduleFault$, "The schedule you submitted isn't valid.")
}
