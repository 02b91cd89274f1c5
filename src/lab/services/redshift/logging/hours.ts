// The hours of a database's logs that are over, as text: made once for files and log events alike, kept packed, and
// forgotten when they are too many.

import { hour } from '#kit/time.ts'
import { activityLine, connectionLine, userLine } from '#lab/people/lines.ts'
import type { LogType } from '#lab/people/types.ts'
import { handRecords } from './database.ts'
import type { Database } from './model.ts'
import { type Piece, sizeOf, Unsorted } from './pieces.ts'
import { Room } from './room.ts'

/** The logs of an hour, each in pieces in order of time. */
export type Hour = Record<LogType, Piece[]>

// Beside the state, not in it: what is forgotten here is made again, the same. One room for all databases.
const mostBytes = 64_000_000
const room = new Room(mostBytes, bytesOf)

// A database is told from one that had its name before.
const numbers = new WeakMap<Database, number>()
let numbered = 0

function numberOf(database: Database): number {
  const known = numbers.get(database)
  if (known !== undefined) return known
  numbered += 1
  numbers.set(database, numbered)
  return numbered
}

/** The logs of the hour that ends at a moment, which must be over: nothing changes them any more. */
export function hourOf(database: Database, due: number): Hour {
  const name = `${numberOf(database)} ${due}`
  return room.get(name, () => makeHour(database, due - hour, due))
}

/** What an hour holds. */
function bytesOf(made: Hour): number {
  return Object.values(made)
    .flat()
    .reduce((sum, piece) => sum + sizeOf(piece), 0)
}

// About so many lines are held unpacked while an hour is made, however many it has.
const mostLines = 100_000

function makeHour(database: Database, from: number, to: number): Hour {
  const made: Hour = { connectionlog: [], useractivitylog: [], userlog: [] }
  const windows = Math.max(1, Math.ceil((database.people?.linesPerHour ?? 0) / mostLines))
  const boundOf = (index: number) => from + Math.round((index * (to - from)) / windows)
  for (let index = 0; index < windows; index++) {
    const part = makeWindow(database, boundOf(index), boundOf(index + 1))
    made.connectionlog.push(...part.connectionlog)
    made.useractivitylog.push(...part.useractivitylog)
    made.userlog.push(...part.userlog)
  }
  return made
}

function makeWindow(database: Database, from: number, to: number): Hour {
  const [connections, users, activities] = [new Unsorted(from), new Unsorted(from), new Unsorted(from)]
  const records = {
    connections: { push: asLine(connections, connectionLine) },
    users: { push: asLine(users, userLine) },
    activities: { push: asLine(activities, activityLine) },
  }
  handRecords(database, { from, to, records })
  return {
    connectionlog: connections.pieces(),
    useractivitylog: activities.pieces(),
    userlog: users.pieces(),
  }
}

function asLine<Item extends { recordtime: number }>(lines: Unsorted, lineOf: (record: Item) => string) {
  return (record: Item) => lines.add(record.recordtime, lineOf(record))
}
