// What a system table is: its columns, who sees it, and its rows in a window of time.

import type { Database } from '../redshift/logging/model.ts'

/** A value of a column; moments are milliseconds. */
export type Value = string | number | boolean | null

/** A column and its type in the database. */
export type Column = { name: string; type: 'int4' | 'int8' | 'varchar' | 'bpchar' | 'timestamp' | 'bool' }

/** A window of time whose end is outside; `at` is the moment of the statement. */
export type Window = { from: number; to: number; at: number }

/** A system table. */
export type Table = {
  columns: Column[]
  /** The column that says when, where rows belong to moments. */
  time?: string
  /** Who sees the rows; `own` is the column of the user, by name or number, who sees his own besides superusers. */
  visible: 'superusers' | 'everyone' | { own: string }
  rows(database: Database, window: Window): Value[][]
}

// "SYS monitoring views … of provisioned clusters and serverless workgroups"; STL and SVL are of clusters (Database
// Developer Guide, cm_chap_system-tables).
/** Whether a database has a system table. */
export function isIn(name: string, { kind }: Database): boolean {
  return kind === 'cluster' || !/^(stl|svl)_/.test(name)
}

/** A column and how a record fills it. */
export type Field<Record> = [
  name: string,
  type: Column['type'],
  value: (record: Record, database: Database) => Value,
]

/** A table whose rows are made of records. */
export function tableOf<Record>(
  fields: Field<Record>[],
  records: (database: Database, window: Window) => Record[],
  rest: Pick<Table, 'visible' | 'time'>,
): Table {
  return {
    columns: fields.map(([name, type]) => ({ name, type })),
    rows: (database, window) =>
      records(database, window).map((record) => fields.map(([, , value]) => value(record, database))),
    ...rest,
  }
}
