// The database of a warehouse: what held of it when, and what its people left in the logs.

import { handOver, inOrder } from '#lab/people/generate.ts'
import { type DatabaseObjects, databaseObjects } from '#lab/people/objects.ts'
import { truthOf } from '#lab/people/truth.ts'
import type { PeopleSeed, Records, TruthEntry, WarehouseOf } from '#lab/people/types.ts'
import type { Sink, Window } from '#lab/people/visit.ts'
import type { Region } from '#lab/state.ts'
import type { ClusterRecord } from '../model.ts'
import { valueIn } from '../parameters.ts'
import type { Condition, Database } from './model.ts'

/** The database of a cluster; it is made when it is first needed. */
export function databaseOf(region: Region, cluster: ClusterRecord, now: number): Database {
  cluster.database ??= {
    account: region.account.id,
    region: region.name,
    name: cluster.id,
    kind: 'cluster',
    database: cluster.facts.DBName ?? 'dev',
    adminUser: cluster.facts.MasterUsername ?? 'awsuser',
    createdAt: cluster.facts.ClusterCreateTime?.getTime() ?? now,
    worldNow: now,
    people: undefined,
    history: [conditionOf(region, cluster, now)],
  }
  return cluster.database
}

/** Notes what holds of a cluster's database now, and tells whether it is another thing than before. */
export function noteCondition(region: Region, cluster: ClusterRecord, now: number): boolean {
  return noteNext(databaseOf(region, cluster, now), conditionOf(region, cluster, now))
}

/** Notes what holds of a database from a moment on, and tells whether it is another thing than before. */
export function noteNext({ history }: Database, next: Condition): boolean {
  const last = history.at(-1)
  if (last && isSame(last, next)) return false
  history.push(next)
  return true
}

function isSame(one: Condition, other: Condition): boolean {
  return (
    one.isUp === other.isUp &&
    one.activityLogged === other.activityLogged &&
    one.requireSsl === other.requireSsl
  )
}

function conditionOf({ redshift }: Region, cluster: ClusterRecord, from: number): Condition {
  const isThere = redshift.clusters.get(cluster.id) === cluster
  return {
    from,
    isUp: isThere && cluster.facts.ClusterStatus === 'available',
    activityLogged: inForce(cluster, 'enable_user_activity_logging') === 'true',
    requireSsl: inForce(cluster, 'require_ssl') === 'true',
  }
}

/** The value of a parameter that the database runs. */
export function inForce({ troubles, pending, group }: ClusterRecord, name: string): string | undefined {
  return troubles?.get(name)?.running ?? pending.get(name) ?? valueIn(group, name)
}

/** What held at a moment; before the first note, what it says. */
export function conditionAt({ history }: Database, at: number): Condition | undefined {
  return history.findLast(({ from }) => from <= at) ?? history[0]
}

/** Whether something held at any time in [from, to). */
export function heldWithin(
  { history }: Database,
  from: number,
  to: number,
  holds: (condition: Condition) => boolean,
): boolean {
  return history.some((condition, index) => {
    const begins = index === 0 ? Number.NEGATIVE_INFINITY : condition.from
    const ends = history[index + 1]?.from ?? Number.POSITIVE_INFINITY
    return begins < to && ends > from && holds(condition)
  })
}

/**
 * What its people left in the three logs in [from, to). A database that is not up has no records. System tables have all
 * statements, also those that the activity log leaves out.
 */
export function recordsIn(database: Database, from: number, to: number, hasAllStatements = false): Records {
  const kept = memoOf(database)
  const name = `${from} ${to} ${hasAllStatements}`
  const known = kept.get(name)
  if (known) return known
  const records = made(database, from, to, hasAllStatements)
  makeRoom(kept, sizeOf(records))
  kept.set(name, records)
  return records
}

// A few hours only: system tables of one time are often read together.
const mostRecords = 200_000
const mostWindows = 25

function makeRoom(kept: Map<string, Records>, wanted: number): void {
  let total = wanted
  for (const records of kept.values()) total += sizeOf(records)
  for (const [oldest, records] of kept) {
    if (total <= mostRecords && kept.size < mostWindows) return
    kept.delete(oldest)
    total -= sizeOf(records)
  }
}

function sizeOf({ connections, users, activities }: Records): number {
  return connections.length + users.length + activities.length
}

// Beside the state, not in it. What was noted later does not change what was already over, but a window that reaches into
// the future would change, so the number of notes is part of what is remembered.
const memos = new WeakMap<Database, { notes: number; kept: Map<string, Records> }>()

function memoOf(database: Database): Map<string, Records> {
  const notes = database.history.length
  const known = memos.get(database)
  if (known?.notes === notes) return known.kept
  const memo = { notes, kept: new Map<string, Records>() }
  memos.set(database, memo)
  return memo.kept
}

function made(database: Database, from: number, to: number, hasAllStatements: boolean): Records {
  const records: Records = { connections: [], users: [], activities: [] }
  handRecords(database, { from, to, records }, hasAllStatements)
  return inOrder(records)
}

/** Hands over the records of a window one by one, in an order that is always the same and not that of their times. */
export function handRecords(database: Database, window: Window, hasAllStatements = false): void {
  const { from, to, records } = window
  const warehouse = warehouseOf(database)
  const asked = hasAllStatements ? { ...warehouse, activityLogged: () => true } : warehouse
  const isWhole = !heldWithin(database, from, to, ({ isUp }) => !isUp)
  const isQuiet = database.people === undefined
  const isUp = ({ recordtime }: { recordtime: number }) =>
    isWhole || conditionAt(database, recordtime)?.isUp === true
  const isShown = (record: { recordtime: number; username: string }) =>
    isUp(record) && (!isQuiet || record.username === 'rdsdb')
  const sink: Sink = {
    connections: { push: (record) => isShown(record) && records.connections.push(record) },
    users: { push: (record) => (isQuiet ? isShown(record) : isUp(record)) && records.users.push(record) },
    activities: { push: (record) => isShown(record) && records.activities.push(record) },
  }
  handOver(peopleOf(database), asked, { from, to, records: sink })
}

/** What stands in it at a moment; where the world names no people, only its two users. */
export function objectsIn(database: Database, at: number): DatabaseObjects {
  const objects = databaseObjects(peopleOf(database), warehouseOf(database), at)
  if (database.people) return objects
  const nothing = { roles: [], roleGrants: [], schemas: [], relations: [], datashares: [] }
  return { ...objects, ...nothing, schemaPrivileges: [], relationPrivileges: [] }
}

/** What was planted in its logs. */
export function truthIn(database: Database, from: number, to: number): TruthEntry[] {
  return database.people ? truthOf(database.people, warehouseOf(database), from, to) : []
}

function peopleOf({ people, adminUser }: Database): PeopleSeed {
  return people ?? { users: [{ name: adminUser, kind: 'admin', sessionsPerDay: 0 }] }
}

/** The database as its people are made for. */
export function warehouseOf(database: Database): WarehouseOf {
  const { account, region, name, kind, adminUser, createdAt, worldNow } = database
  return {
    ...{ account, region, name, kind, database: database.database, adminUser, createdAt, worldNow },
    activityLogged: (at) => conditionAt(database, at)?.activityLogged === true,
    requireSsl: (at) => conditionAt(database, at)?.requireSsl === true,
  }
}
