// Runs a statement: what it answers with, or what the database says instead.

import { day, hour, minute } from '#kit/time.ts'
import { objectsIn } from '../redshift/logging/database.ts'
import type { Database } from '../redshift/logging/model.ts'
import { meets, narrowed } from './evaluate.ts'
import type { StatementRecord } from './model.ts'
import { readSelect, type Select } from './sql.ts'
import { SqlError } from './sql-tokens.ts'
import { type Column, isIn, type Table, type Value } from './table.ts'
import { tables } from './tables.ts'

/** What a statement brought. */
export type Outcome = { columns: Column[]; rows: Value[][]; error?: undefined } | { error: string }

// STL views hold "seven days of log history" (Database Developer Guide). Unverified: that SYS views do too.
const retention = 7 * day

// Beside the state: what is forgotten here is made again, the same.
const memos = new WeakMap<StatementRecord, Map<number, Outcome>>()

/** What one of the statements of a record brought. */
export function outcomeOf(record: StatementRecord, index: number): Outcome {
  const memo = memos.get(record) ?? new Map<number, Outcome>()
  memos.set(record, memo)
  const known = memo.get(index)
  if (known) return known
  const outcome = attempt(record, record.sqls[index] ?? '')
  memo.set(index, outcome)
  return outcome
}

function attempt(record: StatementRecord, sql: string): Outcome {
  try {
    return run(record, sql)
  } catch (error) {
    if (error instanceof SqlError) return { error: error.message }
    throw error
  }
}

function run(record: StatementRecord, sql: string): Outcome {
  const user = userOf(record)
  const parameters = new Map(record.parameters.map(({ name = '', value = '' }) => [name, value]))
  const select = readSelect(sql, parameters)
  const table = findTable(select.table, record)
  const isSuper = user?.superuser === true
  if (table.visible === 'superusers' && !isSuper)
    throw new SqlError(`ERROR: permission denied for relation ${select.table}`)
  return chosen(select, table, record, isSuper ? undefined : [user?.userid ?? -1, record.dbUser])
}

// Unverified: how the Data API tells of a login that fails.
function userOf({ database, dbUser, startsAt }: StatementRecord) {
  const name = dbUser.replace(/^IAMA?:/, '')
  const user = objectsIn(database, startsAt).users.find((one) => one.name === name)
  if (!user && !dbUser.startsWith('IAM')) throw new SqlError(`FATAL: user "${dbUser}" does not exist`)
  return user
}

function findTable(name: string, { database, startsAt }: StatementRecord): Table {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined
  // Unverified: what a workgroup says of a table for clusters only.
  if (table && !isIn(name, database))
    throw new SqlError(`ERROR: permission denied for relation ${name}. Only provisioned clusters show it.`)
  if (table) return table
  if (objectsIn(database, startsAt).relations.some((relation) => relation.name === name))
    throw new SqlError(
      `ERROR: permission denied for relation ${name}. The lab has no rows of ordinary tables.`,
    )
  throw new SqlError(`ERROR: relation "${name}" does not exist`)
}

// `self` is how rows of one's own name the user; undefined for a superuser, who sees all.
function chosen(select: Select, table: Table, record: StatementRecord, self: Value[] | undefined): Outcome {
  const { database, startsAt: now } = record
  const columns = new Map(table.columns.map((column, index) => [column.name, { column, index }]))
  const place = (name: string) => {
    const found = columns.get(name)
    if (!found) throw new SqlError(`ERROR: column "${name}" does not exist`)
    return found
  }
  const asked = { columns, now }
  const picked = (
    select.columns.length > 0 ? select.columns : table.columns.map(({ name }) => ({ name, label: name }))
  ).map(({ name, label }) => ({ ...place(name), label }))
  const whole = { from: now - retention, to: now }
  const { from, to } = table.time ? narrowed(select.where, table.time, whole, asked) : whole
  const own = typeof table.visible === 'object' && self ? place(table.visible.own).index : undefined
  const isAsked = (row: Value[]) =>
    (own === undefined || self?.includes(row[own] ?? null)) &&
    (!select.where || meets(select.where, row, asked))
  const isCount = select.isCount !== undefined
  const enough = isCount || select.orderBy.length > 0 ? undefined : select.limit
  const rows: Value[][] = []
  let count = 0
  for (const part of table.time ? partsOf(database, { from, to }) : [{ from, to }]) {
    for (const row of table.rows(database, { ...part, at: now }).filter(isAsked)) {
      count += 1
      if (!isCount) rows.push(row)
    }
    if (enough !== undefined && count >= enough) break
  }
  if (select.isCount !== undefined)
    return { columns: [{ name: select.isCount, type: 'int8' }], rows: [[count]] }
  const keys = select.orderBy.map(({ name, isDown }) => ({ index: place(name).index, sign: isDown ? -1 : 1 }))
  rows.sort((one, other) => {
    for (const { index, sign } of keys) {
      const order = compareValues(one[index] ?? null, other[index] ?? null)
      if (order !== 0) return order * sign
    }
    return 0
  })
  return {
    columns: picked.map(({ column: { type }, label }) => ({ name: label, type })),
    rows: rows.slice(0, select.limit).map((row) => picked.map(({ index }) => row[index] ?? null)),
  }
}

// Seven days of a loud warehouse are millions of records: they are made in parts of about so many, and only the rows that
// are asked for stay.
const mostRecords = 100_000

function* partsOf({ people }: Database, { from, to }: { from: number; to: number }) {
  const width = Math.max(minute, Math.floor((hour * mostRecords) / (people?.linesPerHour ?? 1)))
  for (let start = from; start < to; start += width) yield { from: start, to: Math.min(to, start + width) }
}

// "NULL values are considered higher than all other values" (Database Developer Guide, ORDER BY).
function compareValues(one: Value, other: Value): number {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? 1 : -1
  return one < other ? -1 : 1
}
