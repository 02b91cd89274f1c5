// The records of any window of time, made when they are asked for: the same window, the same records.

import { companyOf, eachVisit } from './company.ts'
import type { PeopleSeed, Records, Session, WarehouseOf } from './types.ts'
import { record, sessionOf, type Window } from './visit.ts'

/** The records of the three logs whose time lies in [from, to), each log in the order of its times. */
export function recordsOf(people: PeopleSeed, warehouse: WarehouseOf, from: number, to: number): Records {
  const records: Records = { connections: [], users: [], activities: [] }
  handOver(people, warehouse, { from, to, records })
  return inOrder(records)
}

/** Sorts the records of each log by their times. Those of one time stay as they are: visits always come in the same order. */
export function inOrder(records: Records): Records {
  for (const list of Object.values(records)) list.sort((one, other) => one.recordtime - other.recordtime)
  return records
}

/** Hands over the records of a window, always in the same order, which is that of visits and not of times. */
export function handOver(people: PeopleSeed, warehouse: WarehouseOf, window: Window): void {
  eachVisit(companyOf(people, warehouse), window.from, window.to, (visit, numbers) =>
    record(visit, numbers, warehouse, window),
  )
}

/** The sessions that were open at some time in [from, to), and the attempts at one, in the order of their beginnings. */
export function sessionsOf(people: PeopleSeed, warehouse: WarehouseOf, from: number, to: number): Session[] {
  const sessions: Session[] = []
  eachVisit(companyOf(people, warehouse), from, to, (visit, numbers) => {
    const session = sessionOf(visit, numbers, warehouse)
    if (session.startedAt < to && session.endedAt >= from) sessions.push(session)
  })
  return sessions.sort((one, other) => one.startedAt - other.startedAt)
}
