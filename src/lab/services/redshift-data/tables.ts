// The system tables: their columns, and their rows in a window of time. Columns: Database Developer Guide, 2026.

import type { ActivityRecord, ConnectionRecord, UserRecord } from '#lab/people/types.ts'
import { objectsIn, recordsIn } from '../redshift/logging/database.ts'
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
  /** Whose rows only a superuser sees; `own` is the column of the user who sees his own. */
  visible: 'superusers' | 'everyone' | { own: string }
  rows(database: Database, window: Window): Value[][]
}

// "SYS monitoring views … of provisioned clusters and serverless workgroups"; STL and SVL are of clusters (Database
// Developer Guide, cm_chap_system-tables).
/** Whether a database has a system table. */
export function isIn(name: string, { kind }: Database): boolean {
  return kind === 'cluster' || !/^(stl|svl)_/.test(name)
}

type Field<Record> = [name: string, type: Column['type'], value: (record: Record) => Value]

function tableOf<Record>(
  fields: Field<Record>[],
  records: (database: Database, window: Window) => Record[],
  rest: Pick<Table, 'visible' | 'time'>,
): Table {
  return {
    columns: fields.map(([name, type]) => ({ name, type })),
    rows: (database, window) =>
      records(database, window).map((record) => fields.map(([, , value]) => value(record))),
    ...rest,
  }
}

const connections = (database: Database, { from, to }: Window) => recordsIn(database, from, to).connections
const userChanges = (database: Database, { from, to }: Window) => recordsIn(database, from, to).users

// Whether or not the activity log is on.
const statements = (database: Database, { from, to }: Window) =>
  recordsIn(database, from, to, true).activities

const utilities = new Set(['UTILITY', 'UNLOAD', 'COPY', 'COMMAND'])
const ddl = /^\s*(?:\/\*[\s\S]*?\*\/\s*)*(?:create|drop|alter)\s+(?:schema|table|view)\b/i
const utilityTexts = (database: Database, window: Window) =>
  statements(database, window).filter(
    ({ sql, query_type }) => !ddl.test(sql) && (utilities.has(query_type) || query_type === 'DDL'),
  )

/** A part of a statement, of at most 200 characters. */
type Part = { statement: ActivityRecord; sequence: number; text: string }

function partsOf(list: ActivityRecord[], size: number): Part[] {
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

const endOf = ({ recordtime, elapsed_time }: ActivityRecord) => recordtime + Math.round(elapsed_time / 1000)

const connectionColumns = (names: [string, string][]): Field<ConnectionRecord>[] => {
  const known: { [name: string]: [Column['type'], (record: ConnectionRecord) => Value] } = {
    event: ['bpchar', (r) => r.event],
    recordtime: ['timestamp', (r) => r.recordtime],
    remotehost: ['bpchar', (r) => r.remotehost],
    remoteport: ['bpchar', (r) => r.remoteport],
    pid: ['int4', (r) => r.pid],
    dbname: ['bpchar', (r) => r.dbname],
    username: ['bpchar', (r) => r.username],
    authmethod: ['bpchar', (r) => r.authmethod],
    duration: ['int4', (r) => r.duration],
    sslversion: ['bpchar', (r) => r.sslversion],
    sslcipher: ['bpchar', (r) => r.sslcipher],
    mtu: ['int4', (r) => r.mtu],
    sslcompression: ['bpchar', (r) => r.sslcompression],
    sslexpansion: ['bpchar', (r) => r.sslexpansion],
    iamauthguid: ['bpchar', (r) => r.iamauthguid],
    application_name: ['bpchar', (r) => r.application_name],
    os_version: ['bpchar', (r) => r.os_version],
    driver_version: ['bpchar', (r) => r.driver_version],
    plugin_name: ['bpchar', (r) => r.plugin_name],
    protocol_version: ['int4', (r) => r.protocol_version],
    sessionid: ['bpchar', (r) => r.sessionid],
    compression: ['bpchar', (r) => r.compression],
  }
  return names.flatMap(([name, member]) => {
    const [type, value] = known[member] ?? []
    return type && value ? [[name, type, value] as const] : []
  }) as Field<ConnectionRecord>[]
}

const same = (names: string[]): [string, string][] => names.map((name) => [name, name])

const stlConnection = connectionColumns([
  ...same(['event', 'recordtime', 'remotehost', 'remoteport', 'pid', 'dbname', 'username', 'authmethod']),
  ...same(['duration', 'sslversion', 'sslcipher', 'mtu', 'sslcompression', 'sslexpansion', 'iamauthguid']),
  ...same([
    'application_name',
    'os_version',
    'driver_version',
    'plugin_name',
    'protocol_version',
    'sessionid',
  ]),
  ...same(['compression']),
])

const sysConnection = connectionColumns([
  ...([
    ['event', 'event'],
    ['record_time', 'recordtime'],
    ['remote_host', 'remotehost'],
  ] as [string, string][]),
  ...([
    ['remote_port', 'remoteport'],
    ['session_id', 'pid'],
    ['database_name', 'dbname'],
  ] as [string, string][]),
  ...([
    ['user_name', 'username'],
    ['auth_method', 'authmethod'],
    ['duration', 'duration'],
  ] as [string, string][]),
  ...([
    ['ssl_version', 'sslversion'],
    ['ssl_cipher', 'sslcipher'],
    ['mtu', 'mtu'],
  ] as [string, string][]),
  ...([
    ['ssl_compression', 'sslcompression'],
    ['ssl_expansion', 'sslexpansion'],
  ] as [string, string][]),
  ...([['iam_auth_guid', 'iamauthguid']] as [string, string][]),
  ...same(['application_name', 'driver_version', 'os_version', 'plugin_name', 'protocol_version']),
  ['global_session_id', 'sessionid'],
])

const stlUser: Field<UserRecord>[] = [
  ['userid', 'int4', (r) => r.userid],
  ['username', 'bpchar', (r) => r.username],
  ['oldusername', 'bpchar', (r) => r.oldusername],
  ['action', 'bpchar', (r) => r.action],
  ['usecreatedb', 'int4', (r) => r.usecreatedb],
  ['usesuper', 'int4', (r) => r.usesuper],
  ['usecatupd', 'int4', (r) => r.usecatupd],
  ['valuntil', 'timestamp', (r) => r.valuntil ?? null],
  ['pid', 'int4', (r) => r.pid],
  ['xid', 'int8', (r) => r.xid],
  ['recordtime', 'timestamp', (r) => r.recordtime],
]

const sysUserNames = [
  ...['user_id', 'user_name', 'original_user_name', 'action', 'has_create_db_privs', 'is_superuser'],
  ...['has_update_catalog_privs', 'password_expiration', 'session_id', 'transaction_id', 'record_time'],
]
const sysUser = stlUser.map(
  ([, type, value], index): Field<UserRecord> => [sysUserNames[index] ?? '', type, value],
)

const history: Field<ActivityRecord>[] = [
  ['user_id', 'int4', (r) => r.userid],
  ['query_id', 'int8', (r) => r.query_id],
  ['transaction_id', 'int8', (r) => r.xid],
  ['session_id', 'int4', (r) => r.pid],
  ['database_name', 'bpchar', (r) => r.dbname],
  ['query_type', 'varchar', (r) => r.query_type],
  ['status', 'bpchar', (r) => r.status],
  ['start_time', 'timestamp', (r) => r.recordtime],
  ['end_time', 'timestamp', endOf],
  ['elapsed_time', 'int8', (r) => r.elapsed_time],
  ['returned_rows', 'int8', (r) => r.returned_rows],
  ['returned_bytes', 'int8', (r) => r.returned_bytes],
  ['query_text', 'bpchar', (r) => r.sql.slice(0, 4000)],
  ['username', 'varchar', (r) => r.username],
]

const textColumns = (rest: Field<Part>[]): Field<Part>[] => [
  ['userid', 'int4', ({ statement }) => statement.userid],
  ['xid', 'int8', ({ statement }) => statement.xid],
  ['pid', 'int4', ({ statement }) => statement.pid],
  ['label', 'varchar', () => 'default'],
  ['starttime', 'timestamp', ({ statement }) => statement.recordtime],
  ['endtime', 'timestamp', ({ statement }) => endOf(statement)],
  ['sequence', 'int4', ({ sequence }) => sequence],
  ...rest,
  ['text', 'bpchar', ({ text }) => text],
]

const superusers = { visible: 'superusers' as const }

type User = ReturnType<typeof objectsIn>['users'][number]
const users: Field<User>[] = [
  ['user_name', 'varchar', ({ name }) => name],
  ['user_id', 'int4', ({ userid }) => userid],
  ['createdb', 'bool', ({ createdb }) => createdb],
  ['superuser', 'bool', ({ superuser }) => superuser],
  ['catalog_update', 'bool', ({ catupd }) => catupd],
  ['is_locked', 'bool', ({ lockedAt }) => lockedAt !== undefined],
]

type Objects = ReturnType<typeof objectsIn>
const grantee = <Grant extends { to: { type: string; name: string } }>(): Field<Grant>[] => [
  ['identity_name', 'varchar', ({ to }) => to.name],
  ['identity_type', 'varchar', ({ to }) => to.type],
]

/** The system tables that the lab has, by name. */
export const tables: Record<string, Table> = {
  stl_connection_log: tableOf(stlConnection, connections, { ...superusers, time: 'recordtime' }),
  sys_connection_log: tableOf(sysConnection, connections, { ...superusers, time: 'record_time' }),
  stl_userlog: tableOf(stlUser, userChanges, { ...superusers, time: 'recordtime' }),
  sys_userlog: tableOf(sysUser, userChanges, { ...superusers, time: 'record_time' }),
  sys_query_history: tableOf(history, statements, { visible: { own: 'username' }, time: 'start_time' }),
  stl_ddltext: tableOf(
    textColumns([]),
    (database, window) =>
      partsOf(
        statements(database, window).filter(({ sql }) => ddl.test(sql)),
        200,
      ),
    { ...superusers, time: 'starttime' },
  ),
  stl_utilitytext: tableOf(
    textColumns([]),
    (database, window) => partsOf(utilityTexts(database, window), 200),
    { ...superusers, time: 'starttime' },
  ),
  svl_statementtext: tableOf(
    textColumns([
      [
        'type',
        'varchar',
        ({ statement: { sql, query_type } }) =>
          ddl.test(sql) ? 'DDL' : utilities.has(query_type) || query_type === 'DDL' ? 'UTILITY' : 'QUERY',
      ],
    ]),
    (database, window) => partsOf(statements(database, window), 200),
    { ...superusers, time: 'starttime' },
  ),
  svv_user_info: tableOf(users, (database, { at }) => objectsIn(database, at).users, superusers),
  pg_user: tableOf<User>(
    [
      ['usename', 'varchar', ({ name }) => name],
      ['usesysid', 'int4', ({ userid }) => userid],
      ['usecreatedb', 'bool', ({ createdb }) => createdb],
      ['usesuper', 'bool', ({ superuser }) => superuser],
      ['usecatupd', 'bool', ({ catupd }) => catupd],
      ['valuntil', 'timestamp', ({ validUntil }) => validUntil ?? null],
    ],
    (database, { at }) => objectsIn(database, at).users,
    { visible: 'everyone' },
  ),
  svv_relation_privileges: tableOf<Objects['relationPrivileges'][number]>(
    [
      ['namespace_name', 'varchar', ({ schema }) => schema],
      ['relation_name', 'varchar', ({ relation }) => relation],
      ['privilege_type', 'varchar', ({ privilege }) => privilege],
      ...grantee<Objects['relationPrivileges'][number]>(),
    ],
    (database, { at }) => objectsIn(database, at).relationPrivileges,
    superusers,
  ),
  svv_schema_privileges: tableOf<Objects['schemaPrivileges'][number]>(
    [
      ['namespace_name', 'varchar', ({ schema }) => schema],
      ['privilege_type', 'varchar', ({ privilege }) => privilege],
      ...grantee<Objects['schemaPrivileges'][number]>(),
    ],
    (database, { at }) => objectsIn(database, at).schemaPrivileges,
    superusers,
  ),
  svv_user_grants: tableOf<Objects['roleGrants'][number]>(
    [
      ['user_name', 'varchar', ({ to }) => to.name],
      ['role_name', 'varchar', ({ role }) => role],
    ],
    (database, { at }) => objectsIn(database, at).roleGrants.filter(({ to }) => to.type === 'user'),
    superusers,
  ),
  svv_role_grants: tableOf<Objects['roleGrants'][number]>(
    [
      ['role_name', 'varchar', ({ to }) => to.name],
      ['granted_role_name', 'varchar', ({ role }) => role],
    ],
    (database, { at }) => objectsIn(database, at).roleGrants.filter(({ to }) => to.type === 'role'),
    superusers,
  ),
  svv_datashares: tableOf<Objects['datashares'][number]>(
    [
      ['share_name', 'varchar', ({ name }) => name],
      ['share_type', 'varchar', () => 'OUTBOUND'],
      ['createdate', 'timestamp', ({ createdAt }) => createdAt],
    ],
    (database, { at }) => objectsIn(database, at).datashares,
    superusers,
  ),
}
