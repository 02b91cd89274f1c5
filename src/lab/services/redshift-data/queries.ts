// What was run: statements, their texts, and what was unloaded. Columns: Database Developer Guide, 2026.

import { createHash } from 'node:crypto'
import { hexOf } from '#lab/ids.ts'
import type { ActivityRecord } from '#lab/people/types.ts'
import { recordsIn } from '../redshift/logging/database.ts'
import type { Database } from '../redshift/logging/model.ts'
import { type Field, type Table, tableOf, type Window } from './table.ts'

/** The statements of a window, whether or not the activity log is on. */
export const statements = (database: Database, { from, to }: Window) =>
  recordsIn(database, from, to, true).activities

/** A part of a statement's text. */
export type Part = { statement: ActivityRecord; sequence: number; text: string }

/** The texts of statements in parts of so many characters. */
export function partsOf(list: ActivityRecord[], size: number): Part[] {
  return list.flatMap((statement) => {
    const text = statement.sql.replaceAll('\n', '\\n')
    const count = Math.max(1, Math.ceil(text.length / size))
    return Array.from({ length: count }, (_, sequence) => ({
      statement,
      sequence,
      text: text.slice(sequence * size, (sequence + 1) * size),
    }))
  })
}

/** When a statement was over. */
export const endOf = ({ recordtime, elapsed_time }: ActivityRecord) =>
  recordtime + Math.round(elapsed_time / 1000)

const isCluster = ({ kind }: Database) => kind === 'cluster'

// What the lab does not know of a statement: why it failed, limits that it reached. What no statement of it ever does:
// wait, be compiled for long, come from the cache. Unverified: the version of a release, and the name of a queue.
const history: Field<ActivityRecord>[] = [
  ['user_id', 'int4', (r) => r.userid],
  ['query_id', 'int8', (r) => r.query_id],
  ['query_label', 'bpchar', () => 'default'],
  ['transaction_id', 'int8', (r) => r.xid],
  ['session_id', 'int4', (r) => r.pid],
  ['database_name', 'bpchar', (r) => r.dbname],
  ['query_type', 'bpchar', (r) => r.query_type],
  ['status', 'bpchar', (r) => r.status],
  ['result_cache_hit', 'bool', () => false],
  ['start_time', 'timestamp', (r) => r.recordtime],
  ['end_time', 'timestamp', endOf],
  ['elapsed_time', 'int8', (r) => r.elapsed_time],
  ['queue_time', 'int8', () => 0],
  ['execution_time', 'int8', (r) => r.elapsed_time],
  ['error_message', 'bpchar', () => null],
  ['returned_rows', 'int8', (r) => r.returned_rows],
  ['returned_bytes', 'int8', (r) => r.returned_bytes],
  ['query_text', 'bpchar', (r) => r.sql.slice(0, 4000)],
  ['redshift_version', 'bpchar', () => '1.0'],
  ['usage_limit', 'bpchar', () => null],
  ['compute_type', 'varchar', (_, database) => (isCluster(database) ? 'primary' : null)],
  ['compile_time', 'int8', () => 0],
  ['planning_time', 'int8', () => 0],
  ['lock_wait_time', 'int8', () => 0],
  ['service_class_id', 'int4', (_, database) => (isCluster(database) ? 100 : -1)],
  ['service_class_name', 'bpchar', (_, database) => (isCluster(database) ? 'Default queue' : '')],
  ['query_priority', 'bpchar', (_, database) => (isCluster(database) ? 'normal' : '')],
  ['short_query_accelerated', 'bpchar', (_, database) => (isCluster(database) ? 'false' : '')],
  ['user_query_hash', 'bpchar', (r) => hashOf(r.sql)],
  ['generic_query_hash', 'bpchar', (r) => hashOf(r.sql.replace(/'[^']*'|\b\d+(\.\d+)?\b/g, '?'))],
  ['query_hash_version', 'int4', () => 1],
  ['result_cache_query_id', 'int4', () => 0],
  ['username', 'bpchar', (r) => r.username],
  ['query_uuid', 'bpchar', uuidOf],
]

// Eight bytes in Base64, as the page's samples are.
function hashOf(sql: string): string {
  const plain = sql.replace(/;\s*$/, '').replace(/\s+/g, ' ').trim().toLowerCase()
  return createHash('sha256').update(plain).digest().subarray(0, 8).toString('base64')
}

function uuidOf({ query_id }: ActivityRecord, { account, region, name }: Database): string {
  const hex = hexOf(`query ${account} ${region} ${name} ${query_id}`, 32)
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

const texts: Field<Part>[] = [
  ['user_id', 'int4', ({ statement }) => statement.userid],
  ['query_id', 'int8', ({ statement }) => statement.query_id],
  ['transaction_id', 'int8', ({ statement }) => statement.xid],
  ['session_id', 'int4', ({ statement }) => statement.pid],
  ['start_time', 'timestamp', ({ statement }) => statement.recordtime],
  ['sequence', 'int4', ({ sequence }) => sequence],
  ['text', 'bpchar', ({ text }) => text],
  ['query_uuid', 'bpchar', ({ statement }, database) => uuidOf(statement, database)],
]

// UNLOAD writes files of at most 6.2 GB (UNLOAD, MAXFILESIZE). Unverified: spelling of formats but Text.
const unloads: Field<ActivityRecord>[] = [
  ['user_id', 'int4', (r) => r.userid],
  ['query_id', 'int8', (r) => r.query_id],
  ['transaction_id', 'int8', (r) => r.xid],
  ['session_id', 'int4', (r) => r.pid],
  ['database_name', 'varchar', (r) => r.dbname],
  ['status', 'varchar', (r) => (r.status === 'success' ? 'completed' : 'aborted')],
  ['start_time', 'timestamp', (r) => r.recordtime],
  ['end_time', 'timestamp', endOf],
  ['duration', 'int8', (r) => r.elapsed_time],
  ['file_format', 'varchar', (r) => formatOf(r.sql)],
  ['compression_type', 'varchar', (r) => /\b(gzip|bzip2|zstd)\b/i.exec(r.sql)?.[1]?.toLowerCase() ?? ''],
  ['unloaded_location', 'varchar', (r) => /\bto\s+'(s3:[^']*)'/i.exec(r.sql)?.[1] ?? null],
  ['unloaded_rows', 'int8', (r) => r.returned_rows],
  ['unloaded_files_count', 'int8', (r) => (r.returned_rows > 0 ? 1 : 0)],
  ['unloaded_files_size', 'int8', (r) => r.returned_bytes],
  ['error_message', 'varchar', () => null],
]

function formatOf(sql: string): string {
  const format = /\bformat\s+(?:as\s+)?(parquet|json|csv)\b/i.exec(sql)?.[1] ?? 'text'
  return format.charAt(0).toUpperCase() + format.slice(1).toLowerCase()
}

/** The tables of what was run, by name. */
export const queryTables: Record<string, Table> = {
  sys_query_history: tableOf(history, statements, { visible: { own: 'user_id' }, time: 'start_time' }),
  sys_query_text: tableOf(texts, (database, window) => partsOf(statements(database, window), 4000), {
    visible: { own: 'user_id' },
    time: 'start_time',
  }),
  sys_unload_history: tableOf(
    unloads,
    (database, window) => statements(database, window).filter(({ query_type }) => query_type === 'UNLOAD'),
    { visible: { own: 'user_id' }, time: 'start_time' },
  ),
}
