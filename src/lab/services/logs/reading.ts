// Reads events of one or several streams in pieces of time, so that a page of a long log costs only itself.

import { day, minute, second } from '#kit/time.ts'
import { type Line, linesOf, type Stream, type Where } from './contents.ts'
import type { LogGroup } from './model.ts'

/** A place between events. */
export type Place = { timestamp: number; stream: string; nth: number }

/** What to read: streams and moments, a place to go on from, and how much. */
export type Reading = {
  group: LogGroup
  streams: Stream[]
  from: number
  /** Not included. */
  to: number
  after?: Place | undefined
  before?: Place | undefined
  limit: number
  isWanted?: (line: Line) => boolean
}

/** Orders events by time, and those of one moment by stream. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1
  return a.nth - b.nth
}

// "as many log events as can fit in a response size of 1 MB": API Reference, GetLogEvents.
const mostBytes = 1_048_576

function fits(line: Line, taken: Line[], bytes: number, limit: number): boolean {
  return taken.length < limit && (taken.length === 0 || bytes + Buffer.byteLength(line.message) <= mostBytes)
}

/** The first events, oldest first; `isMore` says that the page is full rather than the log at its end. */
export function readForward(reading: Reading, where: Where): { lines: Line[]; isMore: boolean } {
  const { limit, isWanted = () => true, after } = reading
  const { from, to } = boundsOf(reading, where)
  const taken: Line[] = []
  let bytes = 0
  let width = minute
  for (let start = Math.max(from, after?.timestamp ?? from); start < to; ) {
    const end = Math.min(to, start + width)
    const lines = linesIn(reading, start, end, where)
    for (const line of lines) {
      if ((after && comparePlaces(line, after) <= 0) || !isWanted(line)) continue
      if (!fits(line, taken, bytes, limit)) return { lines: taken, isMore: true }
      taken.push(line)
      bytes += Buffer.byteLength(line.message)
    }
    width = nextWidth(width, lines.length)
    start = end
  }
  return { lines: taken, isMore: false }
}

/** The last events, oldest first. */
export function readBackward(reading: Reading, where: Where): Line[] {
  const { limit, before } = reading
  const { from, to } = boundsOf(reading, where)
  const taken: Line[] = []
  let bytes = 0
  let width = minute
  for (let end = before ? Math.min(to, before.timestamp + 1) : to; end > from; ) {
    const start = Math.max(from, end - width)
    const lines = linesIn(reading, start, end, where)
    for (const line of lines.toReversed()) {
      if (before && comparePlaces(line, before) >= 0) continue
      if (!fits(line, taken, bytes, limit)) return taken.reverse()
      taken.push(line)
      bytes += Buffer.byteLength(line.message)
    }
    width = nextWidth(width, lines.length)
    end = start
  }
  return taken.reverse()
}

// Nothing lies before a stream's first event, and nothing more than two hours ahead can be put.
function boundsOf({ from, to, streams }: Reading, { now }: Where) {
  const first = Math.min(...streams.map(({ firstEvent, createdAt }) => firstEvent ?? createdAt))
  const last = Math.max(...streams.map(({ lastEvent }) => lastEvent ?? now), now)
  return { from: Math.max(from, first), to: Math.min(to, last + 1) }
}

function linesIn({ group, streams }: Reading, from: number, to: number, where: Where): Line[] {
  const lines = streams.flatMap(({ name }) => linesOf(group, name, from, to, where))
  return streams.length > 1 ? lines.sort(comparePlaces) : lines
}

// From a minute on, until a piece has some thousand events: quiet logs and loud ones are both read in few steps.
function nextWidth(width: number, found: number): number {
  if (found < 1_000) return Math.min(width * 2, 32 * day)
  return found > 5_000 ? Math.max(width / 2, second) : width
}
