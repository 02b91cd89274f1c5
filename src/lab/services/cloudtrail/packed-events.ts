// Events as a saved state has them: the older ones packed in parts. A lab has up to 200,000 and is saved after every change,
// so that a part, which does not change any more, is packed once.

import { pack, unpack } from '#lab/packed.ts'
import type { Recorded } from './model.ts'

/** Events in order: those in parts, and the latest as they are. */
export type PackedEvents = { older: Buffer[]; latest: Recorded[] }

const partSize = 5_000

// By the first event of a part. One that came late stands in between, and moves the last one out of its part.
const packed = new WeakMap<Recorded, { last: Recorded; part: Buffer }>()

/** Packs events; what comes of it is for saving at once. */
export function packEvents(events: Recorded[]): PackedEvents {
  const older: Buffer[] = []
  let start = 0
  for (; start + partSize <= events.length; start += partSize) older.push(partOf(events, start))
  return { older, latest: events.slice(start) }
}

function partOf(events: Recorded[], start: number): Buffer {
  const [first, last] = [events[start], events[start + partSize - 1]]
  const known = first && packed.get(first)
  if (known && known.last === last) return known.part
  const part = pack(events.slice(start, start + partSize))
  if (first && last) packed.set(first, { last, part })
  return part
}

/** The events again. */
export function unpackEvents({ older, latest }: PackedEvents): Recorded[] {
  return [...older.flatMap(unpackPart), ...latest]
}

function unpackPart(part: Buffer): Recorded[] {
  const events = unpack<Recorded[]>(part)
  const [first, last] = [events[0], events.at(-1)]
  if (first && last) packed.set(first, { last, part })
  return events
}
