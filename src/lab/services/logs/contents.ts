// The events of a group's streams in order of time: those that were put, and those that sources make when they are read.

import { day } from '#kit/time.ts'
import type { State } from '#lab/state.ts'
import type { LogGroup, StreamSourceName } from './model.ts'

/** When and in which lab a group is looked at. */
export type Where = { state: State; now: number }

/** An event a source makes. */
export type MadeLine = { timestamp: number; message: string; ingestionTime?: number }

/** A stream a source makes; the moments of its events as far as they are known without making them. */
export type MadeStream = { name: string; createdAt: number; firstEvent?: number; lastEvent?: number }

/**
 * Makes streams when they are read: audit logs. `read` gives the events from one moment up to, not including, another
 * that have been delivered at `where.now`, in order of time; the same moments always give the same events. It is asked
 * for an hour or so at a time.
 */
export type StreamSource = {
  streams(source: StreamSourceName, group: LogGroup, where: Where): MadeStream[]
  read(
    source: StreamSourceName,
    group: LogGroup,
    stream: string,
    from: number,
    to: number,
    where: Where,
  ): Iterable<MadeLine>
}

/** A stream as it is described. */
export type Stream = {
  name: string
  createdAt: number
  firstEvent: number | undefined
  lastEvent: number | undefined
  lastIngestion: number | undefined
}

/** An event with its place: how many of its stream have the same moment and stand before it. */
export type Line = {
  stream: string
  timestamp: number
  nth: number
  message: string
  ingestionTime: number
}

const sources = new Map<string, StreamSource>()

/** Makes the code behind a kind of source known: `addStreamSource('redshift-audit', …)` when the service is loaded. */
export function addStreamSource(kind: string, source: StreamSource): void {
  sources.set(kind, source)
}

function codeOf({ kind }: StreamSourceName): StreamSource {
  const source = sources.get(kind)
  if (!source) throw new Error(`nothing in the lab makes log streams of the kind ${kind}`)
  return source
}

/** The streams of a group, in order of name. */
export function streamsOf(group: LogGroup, where: Where): Stream[] {
  const all = new Map<string, Stream>()
  for (const source of group.sources)
    for (const made of codeOf(source).streams(source, group, where)) {
      const { name, createdAt, firstEvent, lastEvent } = made
      all.set(name, { name, createdAt, firstEvent, lastEvent, lastIngestion: lastEvent })
    }
  for (const { name, createdAt, lines } of group.streams.values()) {
    const made = all.get(name)
    const times = lines.map(({ timestamp }) => timestamp)
    all.set(name, {
      name,
      createdAt: Math.min(createdAt, made?.createdAt ?? createdAt),
      firstEvent: least(times[0], made?.firstEvent),
      lastEvent: most(times.at(-1), made?.lastEvent),
      lastIngestion: most(lines.at(-1)?.ingestionTime, made?.lastIngestion),
    })
  }
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

/** The moment before which events have expired. */
export function expiredBefore({ retentionInDays }: LogGroup, now: number): number {
  return retentionInDays === undefined ? Number.NEGATIVE_INFINITY : now - retentionInDays * day
}

/** The events of a stream from one moment up to, not including, another, in order of time. What has expired is gone. */
export function linesOf(group: LogGroup, stream: string, from: number, to: number, where: Where): Line[] {
  const first = Math.max(from, expiredBefore(group, where.now))
  if (first >= to) return []
  const found: Omit<Line, 'nth'>[] = []
  for (const line of group.streams.get(stream)?.lines ?? [])
    if (line.timestamp >= first && line.timestamp < to) found.push({ stream, ...line })
  for (const source of group.sources)
    for (const { timestamp, message, ingestionTime = timestamp } of codeOf(source).read(
      source,
      group,
      stream,
      first,
      to,
      where,
    ))
      found.push({ stream, timestamp, message, ingestionTime })
  found.sort((a, b) => a.timestamp - b.timestamp)
  let nth = 0
  return found.map((line, index) => {
    nth = found[index - 1]?.timestamp === line.timestamp ? nth + 1 : 0
    return { ...line, nth }
  })
}
