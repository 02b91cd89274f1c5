// Events read: of one stream page by page in both directions, and of a group by a pattern.

import type * as client from '@aws-sdk/client-cloudwatch-logs'
import { hexOf } from '#lab/ids.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { type Line, streamsOf } from './contents.ts'
import { invalid, missing, namedGroup } from './errors.ts'
import { readPattern } from './pattern.ts'
import { type Place, readBackward, readForward } from './reading.ts'

export const eventOperations = {
  GetLogEvents(input, context) {
    const { logStreamName, nextToken, startFromHead = false } = input
    const group = namedGroup(input.logGroupName, input.logGroupIdentifier, context.region)
    const stream = streamsOf(group, context).find(({ name }) => name === logStreamName)
    if (!stream) throw missing('stream')
    const token = nextToken === undefined ? undefined : readToken(nextToken, logStreamName)
    const reading = { group, streams: [stream], ...windowOf(input), limit: limitOf(input) }
    const isForward = token ? token.direction === 'f' : startFromHead
    const lines = isForward
      ? readForward({ ...reading, after: token?.place }, context).lines
      : readBackward({ ...reading, before: token?.place }, context)
    // At the end the token stays the one that was given: API Reference, GetLogEvents.
    const [first, last] = [lines[0] ?? token?.place, lines.at(-1) ?? token?.place]
    const start = { timestamp: context.now, stream: logStreamName, nth: -1 }
    return {
      events: lines.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: writeToken('f', last ?? start),
      nextBackwardToken: writeToken('b', first ?? start),
    }
  },

  FilterLogEvents(input, context) {
    const { logStreamNames, logStreamNamePrefix: prefix, nextToken } = input
    const group = namedGroup(input.logGroupName, input.logGroupIdentifier, context.region)
    if (logStreamNames && prefix !== undefined)
      throw invalid('logStreamNames and logStreamNamePrefix cannot be used together.')
    if (input.startFromHead === false) throw invalid('The lab filters events from the oldest on only.')
    const all = streamsOf(group, context)
    if (logStreamNames?.some((name) => !all.some((stream) => stream.name === name))) throw missing('stream')
    const streams = all.filter(
      ({ name }) => name.startsWith(prefix ?? '') && (logStreamNames?.includes(name) ?? true),
    )
    const matches = readPattern(input.filterPattern)
    const after = nextToken === undefined ? undefined : readFilterToken(nextToken)
    const reading = { group, streams, ...windowOf(input), limit: limitOf(input), after }
    const isWanted = ({ message }: Line) => matches(message)
    const { lines, isMore } =
      streams.length === 0 ? { lines: [], isMore: false } : readForward({ ...reading, isWanted }, context)
    const last = lines.at(-1)
    return {
      events: lines.map((line) => ({
        logStreamName: line.stream,
        timestamp: line.timestamp,
        message: line.message,
        ingestionTime: line.ingestionTime,
        eventId: eventIdOf(group.arn, line),
      })),
      searchedLogStreams: [],
      ...(isMore && last && { nextToken: writeFilterToken(last) }),
    }
  },
} satisfies Operations<typeof client>

type Window = { startTime?: number | undefined; endTime?: number | undefined; limit?: number | undefined }

function windowOf({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: Window) {
  if (startTime > endTime) throw invalid('The start time must not be after the end time.')
  return { from: startTime, to: endTime }
}

function limitOf({ limit = 10_000 }: Window): number {
  if (limit >= 1 && limit <= 10_000) return limit
  throw invalid('The limit must be between 1 and 10000.')
}

/** The id of an event: digits, growing with time. */
export function eventIdOf(group: string, { stream, timestamp, nth }: Line): string {
  const rest = BigInt(`0x${hexOf(`${group} ${stream} ${timestamp} ${nth}`, 36)}`).toString()
  return `3${String(timestamp).padStart(13, '0')}${rest.padStart(44, '0').slice(-42)}`
}

function writeToken(direction: 'f' | 'b', { timestamp, nth }: Place): string {
  return `${direction}/${timestamp}.${nth}/s`
}

function readToken(token: string, stream: string): { direction: string; place: Place } {
  const [, direction, timestamp, nth] = /^([fb])\/(-?\d+)\.(-?\d+)\/s$/.exec(token) ?? []
  if (direction === undefined) throw invalid('The specified nextToken is invalid.')
  return { direction, place: { timestamp: Number(timestamp), stream, nth: Number(nth) } }
}

function writeFilterToken({ timestamp, stream, nth }: Place): string {
  return Buffer.from(JSON.stringify([timestamp, stream, nth])).toString('base64url')
}

function readFilterToken(token: string): Place {
  try {
    const [timestamp, stream, nth] = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (typeof timestamp === 'number' && typeof stream === 'string' && typeof nth === 'number')
      return { timestamp, stream, nth }
  } catch {
    // Told below.
  }
  throw invalid('The specified nextToken is invalid.')
}
