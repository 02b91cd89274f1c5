// Events of Redshift that a world says happened before.

import { type Event, Event$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Seed } from '#lab/world.ts'
import { type EventText, eventTexts } from './event-texts.ts'
import { type EventNumber, note } from './events.ts'

/** An event, as DescribeEvents shows it; what follows from its id may be left out. */
export type RedshiftEventSeed = Seed<Event> & { EventId: string; SourceIdentifier: string }

// What follows from the id.
const workedOut = ['SourceType', 'EventCategories', 'Severity'] as const

/** Remembers the events of a seed, oldest first. Throws one clear sentence when one is none of AWS's. */
export function seedEvents(region: Region, seeds: RedshiftEventSeed[], now: number): void {
  const read = seeds.map((seed) => {
    const where = `the event ${seed.EventId} in ${region.name}`
    return { where, event: readPlain<Event>(Event$, seed, now, where) }
  })
  const timeOf = ({ Date: date }: Event) => date?.getTime() ?? now
  for (const { where, event } of read.sort((one, other) => timeOf(one.event) - timeOf(other.event))) {
    const extra = workedOut.find((member) => event[member] !== undefined)
    if (extra !== undefined) throw new Error(`${where} cannot say ${extra}: it follows from EventId`)
    const number = numberOf(event, where)
    note(region, { number, at: timeOf(event), source: event.SourceIdentifier ?? '' })
    const noted = region.redshift.events.at(-1)
    if (noted && event.Message !== undefined) noted.message = event.Message
    if (noted && /\{\w+\}/.test(noted.message)) throw new Error(`${where} needs a Message`)
  }
}

function numberOf({ EventId = '' }: Event, where: string): EventNumber {
  const known: Record<string, EventText> = eventTexts
  const number = EventId.replace(/^REDSHIFT-EVENT-/, '')
  if (Object.hasOwn(known, number)) return number as EventNumber
  throw new Error(`${where} is not one that the lab knows`)
}
