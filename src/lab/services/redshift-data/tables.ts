// The system tables: those of connections, users and texts here, with the others. Columns: Database Developer Guide, 2026.

import type { ConnectionRecord, UserRecord } from '#lab/people/types.ts'
import { recordsIn } from '../redshift/logging/database.ts'
import type { Database } from '../redshift/logging/model.ts'
import { endOf, type Part, partsOf, queryTables, statements } from './queries.ts'
import { type Column, type Field, type Table, tableOf, type Value, type Window } from './table.ts'
import { views } from './views.ts'

const connections = (database: Database, { from, to }: Window) => recordsIn(database, from, to).connections
const userChanges = (database: Database, { from, to }: Window) => recordsIn(database, from, to).users

const utilities = new Set(['UTILITY', 'UNLOAD', 'COPY', 'COMMAND'])
const ddl = /^\s*(?:\/\*[\s\S]*?\*\/\s*)*(?:create|drop|alter)\s+(?:schema|table|view)\b/i
const utilityTexts = (database: Database, window: Window) =>
  statements(database, window).filter(
    ({ sql, query_type }) => !ddl.test(sql) && (utilities.has(query_type) || query_type === 'DDL'),
  )

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

/** The system tables that the lab has, by name. */
export const tables: Record<string, Table> = {
  stl_connection_log: tableOf(stlConnection, connections, { ...superusers, time: 'recordtime' }),
  sys_connection_log: tableOf(sysConnection, connections, { ...superusers, time: 'record_time' }),
  stl_userlog: tableOf(stlUser, userChanges, { ...superusers, time: 'recordtime' }),
  sys_userlog: tableOf(sysUser, userChanges, { ...superusers, time: 'record_time' }),
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
  ...queryTables,
  ...views,
}
