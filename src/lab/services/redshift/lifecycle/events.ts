// Redshift's events: what happened in a region during the last two weeks.

import type * as client from '@aws-sdk/client-redshift'
import type { DescribeEventsMessage, Event, SourceType } from '@aws-sdk/client-redshift'
import { day, minute } from '#kit/time.ts'
import type { Region } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { EventRecord } from '../model.ts'
import { pageOf } from '../page.ts'
import { type EventText, eventTexts } from './event-texts.ts'

/** The number in an event's id. */
export type EventNumber = keyof typeof eventTexts

/** Something to remember: `source` is the identifier of the cluster, snapshot or group, `words` fill the text's gaps. */
export type Noted = {
  number: EventNumber
  at: number
  source: string
  words?: Record<string, string>
}

// "Returns events … for the past 14 days" (API, DescribeEvents).
const kept = 14 * day
// The lab's own bound, so that a busy year costs no memory.
const mostEvents = 5_000

/** Remembers an event. The identifier of its source and its time need not be among the words. */
export function note({ redshift }: Region, { number, at, source, words }: Noted): void {
  const text: EventText = eventTexts[number]
  const usual = { cluster: source, group: source, snapshot: source, action: source, time: timeText(at) }
  const order = (redshift.events.at(-1)?.order ?? 0) + 1
  redshift.events.push({ order, at, number, source, message: filled(text.text, { ...usual, ...words }) })
  if (redshift.events.length > mostEvents) {
    redshift.events = redshift.events.slice(mostEvents / 2).filter((event) => event.at > at - kept)
  }
}

/** A moment as events name it. Unverified: the form, which is that of AWS's notification mails. */
export function timeText(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export const eventOperations = {
  DescribeEvents(input, { region, now }) {
    const { from, to } = periodOf(input, now)
    const { SourceIdentifier: source, SourceType: type } = input
    // "If SourceIdentifier is supplied, SourceType must also be provided" (API). Unverified: code and wording.
    if (source !== undefined && type === undefined) {
      throw common('InvalidParameterCombination', 'SourceType must be specified with SourceIdentifier.')
    }
    const chosen = region.redshift.events.filter(
      (event) =>
        event.at >= from &&
        event.at <= to &&
        (source === undefined || event.source === source) &&
        (type === undefined || textOf(event).source === type),
    )
    const { items, ...marker } = pageOf(chosen, ({ order }) => [order], input)
    return { Events: items.map(viewEvent), ...marker }
  },

  DescribeEventCategories({ SourceType: type }) {
    const sources = [...new Set(Object.values(eventTexts).map(({ source }) => source))]
    const chosen = sources.filter((source) => type === undefined || source === type)
    return { EventCategoriesMapList: chosen.map(viewCategories) }
  },
} satisfies Operations<typeof client>

// "By default, the past hour of events are returned"; Duration is in minutes (API, DescribeEvents).
function periodOf({ StartTime, EndTime, Duration }: DescribeEventsMessage, now: number) {
  if (Duration !== undefined && (StartTime || EndTime)) {
    // Unverified: code and wording.
    throw common('InvalidParameterCombination', 'Specify either Duration or StartTime and EndTime.')
  }
  const to = EndTime?.getTime() ?? now
  const from = StartTime?.getTime() ?? to - (Duration ?? 60) * minute
  // Unverified: code and wording.
  if (from > to) throw common('InvalidParameterValue', 'StartTime must be before EndTime.')
  return { from: Math.max(from, now - kept), to }
}

function viewEvent(event: EventRecord): Event {
  const { source, category, severity } = textOf(event)
  return {
    SourceIdentifier: event.source,
    SourceType: source,
    Message: event.message,
    // Lower case as AWS's CLI examples and Terraform's event subscriptions have them; the guide writes capitals.
    EventCategories: [category.toLowerCase()],
    Severity: severity,
    Date: new Date(event.at),
    EventId: `REDSHIFT-EVENT-${event.number}`,
  }
}

function viewCategories(source: SourceType) {
  const ofSource = Object.entries(eventTexts).filter(([, text]) => text.source === source)
  return {
    SourceType: source,
    Events: ofSource.map(([number, { category, severity, text }]) => ({
      EventId: `REDSHIFT-EVENT-${number}`,
      EventCategories: [category.toLowerCase()],
      EventDescription: text.replace(/\{(\w+)\}/g, '<$1>'),
      Severity: severity,
    })),
  }
}

function textOf({ number }: EventRecord): EventText {
  const known: Record<string, EventText> = eventTexts
  const text = known[number]
  if (!text) throw new Error(`there is no event ${number}`)
  return text
}

function filled(text: string, words: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => words[name] ?? gap)
}
