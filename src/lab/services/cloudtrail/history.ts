// LookupEvents: the event history of one account and region, the last 90 days, newest first.

import type * as client from '@aws-sdk/client-cloudtrail'
import {
  type Event,
  InvalidLookupAttributesException$,
  InvalidMaxResultsException$,
  InvalidNextTokenException$,
  InvalidTimeRangeException$,
  type LookupAttribute,
  ThrottlingException$,
} from '@aws-sdk/client-cloudtrail'
import { day, second } from '#kit/time.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { eventName, sourceOf } from './casing.ts'
import { eventIdOf, eventOf } from './event.ts'
import { firstNotBefore } from './files.ts'
import { resourcesOf } from './lookup-names.ts'
import type { Recorded } from './model.ts'

type Position = { at: number; number: number }

export const historyOperations = {
  LookupEvents({ LookupAttributes, StartTime, EndTime, EventCategory, MaxResults = 50, NextToken }, context) {
    throttle(context)
    // API Reference, LookupEvents: 1 to 50. Unverified: the wordings from here on.
    if (MaxResults < 1 || MaxResults > 50)
      throw fault(InvalidMaxResultsException$, 'MaxResults must be between 1 and 50.')
    if (StartTime && EndTime && StartTime > EndTime)
      throw fault(InvalidTimeRangeException$, 'The start time must not be after the end time.')
    const matches = matcherOf(LookupAttributes ?? [])
    // The lab finds no insights.
    if (EventCategory === 'insight') return { Events: [] }
    const from = Math.max(context.now - 90 * day, StartTime?.getTime() ?? 0)
    const to = Math.min(context.now, EndTime?.getTime() ?? context.now)
    const before = NextToken === undefined ? undefined : readToken(NextToken)
    const { shown, hasMore } = pageOf(context, { from, to, before, matches, size: MaxResults })
    const last = shown.at(-1)
    return {
      Events: shown.map(shownEvent),
      ...(hasMore && last && { NextToken: writeToken(last) }),
    }
  },
} satisfies Operations<typeof client>

/**
 * "two requests per second, per account, per Region": the caller's seconds, of which virtual time has as many as the
 * clock's speed says. While time stands still there are none, and nothing is limited.
 */
function throttle({ region, now, speed }: Context) {
  const { cloudtrail } = region
  if (speed === 0) return
  const recent = cloudtrail.lookups.filter((at) => at > now - second * speed)
  if (recent.length >= 2) {
    cloudtrail.lookups = recent
    throw fault(ThrottlingException$, 'Rate exceeded')
  }
  cloudtrail.lookups = [...recent, now]
}

type Wanted = {
  from: number
  to: number
  before: Position | undefined
  matches: (event: Recorded) => boolean
  size: number
}

function pageOf({ state, account, region }: Context, { from, to, before, matches, size }: Wanted) {
  const { events } = state.cloudtrail
  const shown: Recorded[] = []
  const end = before ? Math.min(to, before.at) : to
  for (let index = firstNotBefore(events, end + 1) - 1; index >= 0; index -= 1) {
    const event = events[index]
    if (!event || event.at < from) break
    if (event.isData || event.region !== region.name || event.account !== account.id) continue
    if (before && event.at === before.at && event.number >= before.number) continue
    if (!matches(event)) continue
    if (shown.length === size) return { shown, hasMore: true }
    shown.push(event)
  }
  return { shown, hasMore: false }
}

function matcherOf(attributes: LookupAttribute[]): (event: Recorded) => boolean {
  const [attribute] = attributes
  if (!attribute) return () => true
  if (attributes.length > 1)
    throw fault(InvalidLookupAttributesException$, 'You can only use one lookup attribute.')
  const { AttributeKey, AttributeValue } = attribute
  if (AttributeValue === undefined || AttributeValue === '')
    throw fault(InvalidLookupAttributesException$, 'The value of a lookup attribute must not be empty.')
  const values = valuesOf[AttributeKey ?? '']
  if (!values)
    throw fault(InvalidLookupAttributesException$, `The lookup attribute ${AttributeKey} is not valid.`)
  return (event) => values(event).includes(AttributeValue)
}

const valuesOf: Record<string, (event: Recorded) => (string | undefined)[]> = {
  EventId: (event) => [eventIdOf(event)],
  EventName: ({ service, action }) => [eventName(service, action)],
  ReadOnly: ({ isRead }) => [String(isRead)],
  Username: (event) => [userName(event)],
  ResourceType: (event) => resourcesOf(event).map(({ ResourceType }) => ResourceType),
  ResourceName: (event) => resourcesOf(event).map(({ ResourceName }) => ResourceName),
  EventSource: ({ service }) => [sourceOf(service)],
  AccessKeyId: ({ who }) => [who.accessKeyId],
}

// The user, or the name of a role's session.
function userName({ who: { type, userName, arn } }: Recorded): string | undefined {
  if (type === 'Root') return 'root'
  return type === 'AssumedRole' ? arn?.slice(arn.lastIndexOf('/') + 1) : userName
}

function shownEvent(event: Recorded): Event {
  const name = userName(event)
  return {
    EventId: eventIdOf(event),
    EventName: eventName(event.service, event.action),
    ReadOnly: String(event.isRead),
    ...(event.who.accessKeyId !== undefined && { AccessKeyId: event.who.accessKeyId }),
    EventTime: new Date(Math.floor(event.at / second) * second),
    EventSource: sourceOf(event.service),
    ...(name !== undefined && { Username: name }),
    Resources: resourcesOf(event),
    CloudTrailEvent: JSON.stringify(eventOf(event)),
  }
}

const sign = 'lookup1:'

function writeToken({ at, number }: Position): string {
  return Buffer.from(`${sign}${at}:${number}`).toString('base64url')
}

function readToken(token: string): Position {
  const [, at, number] = /^lookup1:(-?\d+):(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (at === undefined || number === undefined)
    throw fault(InvalidNextTokenException$, 'The next token is not valid.')
  return { at: Number(at), number: Number(number) }
}
