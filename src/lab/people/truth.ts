// What was planted, told apart from the logs: for whoever judges whether a detection found it.

import { type Company, companyOf } from './company.ts'
import type { Incident } from './incidents.ts'
import type { LogType, PeopleSeed, Records, TruthEntry, WarehouseOf } from './types.ts'
import { record } from './visit.ts'

/** The incidents that left a record in [from, to), near misses included, in the order of the seed. */
export function truthOf(people: PeopleSeed, warehouse: WarehouseOf, from: number, to: number): TruthEntry[] {
  const company = companyOf(people, warehouse)
  return company.incidents
    .map((incident) => entryOf(incident, company))
    .filter(({ firstAt, lastAt }) => firstAt < to && lastAt >= from)
}

function entryOf(incident: Incident, { planned, warehouse }: Company): TruthEntry {
  const records: Records = { connections: [], users: [], activities: [] }
  const mine = planned.filter((one) => one.incident === incident)
  const window = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, records }
  for (const { visit, numbers } of mine) record(visit, numbers, warehouse, window)
  const { connections, users, activities } = records
  const times = [...connections, ...users, ...activities].map(({ recordtime }) => recordtime)
  const { account, region, name } = warehouse
  return {
    id: incident.id,
    kind: incident.kind,
    isNearMiss: incident.isNearMiss,
    warehouse: { account, region, name },
    users: distinct(mine.map(({ visit }) => visit.member.name)),
    remotehosts: distinct(connections.map(({ remotehost }) => remotehost)),
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    logs: logsOf(records),
    match: {
      pids: distinct(connections.map(({ pid }) => pid)),
      sessionids: distinct(connections.map(({ sessionid }) => sessionid)),
      xids: distinct([...activities, ...users].map(({ xid }) => xid)),
    },
    sentence: incident.sentence,
  }
}

function logsOf({ users, activities }: Records): LogType[] {
  const logs: LogType[] = ['connectionlog']
  if (users.length > 0) logs.push('userlog')
  if (activities.length > 0) logs.push('useractivitylog')
  return logs
}

function distinct<Item>(items: Item[]): Item[] {
  return [...new Set(items)]
}
