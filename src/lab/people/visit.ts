// One visit to the database, from the login to the end, and the records that it leaves in the three logs.

import type { Effect } from './effects.ts'
import type { Member } from './members.ts'
import { guidOf, type Key, type Random, randomOf, under } from './random.ts'
import { queryTypeOf } from './statements.ts'
import type { ConnectionRecord, Records, Session, WarehouseOf } from './types.ts'

/** A statement in a visit, so many ms after its beginning, and what it changes in the database. */
export type Deed = { after: number; sql: string; effects?: Effect[]; fails?: boolean; twice?: boolean }

/** A login, what is done after it and when it ends; a refused login does and lasts nothing. */
export type Visit = {
  at: number
  lasts: number
  member: Member
  host: string
  tls: string
  application: string
  isRefused: boolean
  deeds: Deed[]
  /** What the visit changes without a statement: a refused login can lock its user. */
  effects?: Effect[]
}

/** What tells a visit from all others: its process, its first transaction, and the key of its random numbers. */
export type Numbers = { pid: number; xid: number; key: Key }

/** Everything the logs say about the session of a visit. */
export function sessionOf(visit: Visit, { pid, key }: Numbers, warehouse: WarehouseOf): Session {
  const { member, host, tls, at } = visit
  const isLocal = host === '[local]'
  const isIam = member.auth === 'iam'
  return {
    startedAt: at,
    endedAt: at + visit.lasts,
    outcome: visit.isRefused ? 'authentication failure' : 'authenticated',
    pid,
    userid: member.userid,
    sessionid: guidOf(under(key, 1)),
    // An IPv4 client is seen through an IPv6 socket: real lines of 2018.
    remotehost: /^\d+\.\d+\.\d+\.\d+$/.test(host) ? `::ffff:${host}` : host,
    remoteport: isLocal ? '' : String(32_768 + (key.a % 28_000)),
    dbname: warehouse.database,
    username: member.shownAs,
    authmethod: isLocal ? 'Ident' : isIam ? 'IAM AssumeUser' : 'password',
    sslversion: tls,
    sslcipher: ciphers[tls] ?? '',
    iamauthguid: isIam ? guidOf(under(key, 2)) : '',
    application_name: visit.application,
    os_version: member.os,
    driver_version: member.driver,
    plugin_name: member.driver ? 'none' : '',
  }
}

const ciphers: Record<string, string> = {
  'TLSv1.3': 'TLS_AES_256_GCM_SHA384',
  'TLSv1.2': 'ECDHE-RSA-AES256-GCM-SHA384',
}

/** Where records go, one by one: into lists, or to whoever makes something of them and forgets them. */
export type Sink = { [Log in keyof Records]: { push(record: Records[Log][number]): unknown } }

/** A window of time, its end outside, and where the records go that fall into it. */
export type Window = { from: number; to: number; records: Sink }

/** Adds what a visit leaves in the logs within a window. */
export function record(visit: Visit, numbers: Numbers, warehouse: WarehouseOf, window: Window): void {
  const session = sessionOf(visit, numbers, warehouse)
  recordConnection(session, randomOf(numbers.key), window)
  if (!visit.isRefused) recordDeeds(visit, session, numbers, warehouse, window)
}

/**
 * Login, session, name of the client and end come in the order of the example of DG r_STL_CONNECTION_LOG, where a failed
 * login is a single record. Unverified: what Redshift records of a plaintext login that require_ssl refuses; here it is
 * a failed login without a TLS version.
 */
function recordConnection(session: Session, random: Random, { from, to, records }: Window): void {
  const add = (event: ConnectionRecord['event'], at: number, named: boolean, duration = 0) => {
    if (at >= from && at < to) records.connections.push(connectionOf(session, event, at, named, duration))
  }
  const { startedAt, endedAt, outcome } = session
  const fraction = random.int(1000)
  add(outcome, startedAt, false)
  if (outcome === 'authentication failure') return
  add('initiating session', startedAt + 1, false)
  if (session.application_name !== '') add('set application_name', startedAt + 3, true)
  add('disconnecting session', endedAt, true, (endedAt - startedAt - 1) * 1000 + fraction)
}

function connectionOf(
  session: Session,
  event: ConnectionRecord['event'],
  recordtime: number,
  named: boolean,
  duration: number,
): ConnectionRecord {
  return {
    event,
    recordtime,
    remotehost: session.remotehost,
    remoteport: session.remoteport,
    pid: session.pid,
    dbname: session.dbname,
    username: session.username,
    authmethod: session.authmethod,
    duration,
    sslversion: session.sslversion,
    sslcipher: session.sslcipher,
    mtu: 0,
    sslcompression: '',
    sslexpansion: '',
    iamauthguid: session.iamauthguid,
    application_name: named ? session.application_name : '',
    os_version: session.os_version,
    driver_version: session.driver_version,
    plugin_name: session.plugin_name,
    protocol_version: session.driver_version ? 2 : 0,
    sessionid: session.sessionid,
    // Unverified: what stands here when the connection is not compressed.
    compression: '',
  }
}

function recordDeeds(
  visit: Visit,
  session: Session,
  numbers: Numbers,
  warehouse: WarehouseOf,
  window: Window,
) {
  const random = randomOf(under(numbers.key, 3))
  for (const [index, deed] of visit.deeds.entries()) {
    const xid = numbers.xid + index
    const at = visit.at + deed.after
    const draw = random.next()
    if (at >= window.to) return
    if (at < window.from) {
      // Its second record may lie in the window although the first one does not.
      if (deed.twice) recordStatement(deed, true, { xid, at: at + 1, draw }, session, warehouse, window)
      continue
    }
    recordStatement(deed, false, { xid, at, draw }, session, warehouse, window)
    if (deed.twice) recordStatement(deed, true, { xid, at: at + 1, draw }, session, warehouse, window)
    recordUsers(deed, { xid, at, pid: numbers.pid }, window)
  }
}

type Moment = { xid: number; at: number; draw: number }

// JDBC drivers log a statement twice, with and without its semicolon: aws/redshift-test-drive takes the second one out.
function recordStatement(
  { sql, fails }: Deed,
  isSecond: boolean,
  { xid, at, draw }: Moment,
  { dbname, username, pid, userid }: Session,
  warehouse: WarehouseOf,
  { from, to, records }: Window,
): void {
  if (at < from || at >= to || !warehouse.activityLogged(at)) return
  const query_type = queryTypeOf(sql)
  const isRead = query_type === 'SELECT' || query_type === 'UNLOAD'
  records.activities.push({
    recordtime: at,
    dbname,
    username,
    pid,
    userid,
    xid,
    sql: isSecond ? (sql.endsWith(';') ? sql.slice(0, -1) : `${sql};`) : sql,
    query_id: xid * 2 + (isSecond ? 1 : 0),
    query_type,
    status: fails ? 'failed' : 'success',
    elapsed_time: 800 + Math.floor(draw * draw * 4_000_000),
    returned_rows: isRead && !fails ? Math.floor(draw * 500) : 0,
    returned_bytes: isRead && !fails ? Math.floor(draw * 500) * 96 : 0,
  })
}

function recordUsers(
  { effects, fails }: Deed,
  { xid, at, pid }: Omit<Moment, 'draw'> & { pid: number },
  window: Window,
) {
  if (fails || effects === undefined || at < window.from || at >= window.to) return
  for (const effect of effects) {
    if (effect.is !== 'user') continue
    const { userid, name: username, oldName: oldusername = '', action, createdb, superuser, catupd } = effect
    const rights = { usecreatedb: bit(createdb), usesuper: bit(superuser), usecatupd: bit(catupd) }
    const user = { userid, username, oldusername, action, ...rights, valuntil: effect.validUntil }
    window.records.users.push({ ...user, pid, xid, recordtime: at })
  }
}

function bit(value: boolean | undefined): 0 | 1 {
  return value ? 1 : 0
}
