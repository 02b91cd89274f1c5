// Records of any window: the same however they are asked for, readable by a parser of another hand, true to each other.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordsOf, sessionsOf } from './generate.ts'
import { incidentKinds } from './incidents.ts'
import { activityLine, connectionLine, userLine } from './lines.ts'
import { databaseObjects } from './objects.ts'
import { truthOf } from './truth.ts'
import type { ConnectionRecord, IncidentSeed, PeopleSeed, Records, TruthEntry, WarehouseOf } from './types.ts'

const hour = 3_600_000
const day = 24 * hour
const worldNow = Date.UTC(2026, 10, 20, 12)

const warehouse: WarehouseOf = {
  account: '111122223333',
  region: 'eu-west-1',
  name: 'sales',
  kind: 'cluster',
  database: 'shop',
  adminUser: 'awsuser',
  createdAt: worldNow - 400 * day,
  worldNow,
  activityLogged: () => true,
  requireSsl: () => false,
}

/** Every kind of incident with its near miss, each on a day of its own. */
const incidents: IncidentSeed[] = incidentKinds.flatMap((kind, index) => [
  { kind, at: `-${index + 1}d2h` },
  { kind, at: `-${index + 1}d6h`, nearMiss: true },
])

const people: PeopleSeed = { seed: 5, incidents }

function linesOf({ connections, users, activities }: Records): string[] {
  return [...connections.map(connectionLine), ...users.map(userLine), ...activities.map(activityLine)]
}

function joined(parts: Records[]): Records {
  return {
    connections: parts.flatMap(({ connections }) => connections),
    users: parts.flatMap(({ users }) => users),
    activities: parts.flatMap(({ activities }) => activities),
  }
}

const hoursOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index * hour)

test('hour by hour is the same as one window, and the order of asking is nothing', () => {
  const from = worldNow - 17 * day
  const whole = recordsOf(people, warehouse, from, from + 30 * hour)
  const starts = hoursOf(from, 30)
  const backwards = starts.toReversed().map((start) => recordsOf(people, warehouse, start, start + hour))
  expect(linesOf(joined(backwards.toReversed()))).toEqual(linesOf(whole))
  expect(whole.connections.length).toBeGreaterThan(1000)
  const odd = [from, from + 17_000, from + 5 * hour + 1, from + 30 * hour]
  const pieces = odd.slice(1).map((to, index) => recordsOf(people, warehouse, odd[index] ?? 0, to))
  expect(linesOf(joined(pieces))).toEqual(linesOf(whole))
})

test('another seed, warehouse, region or account has other lines', () => {
  const lines = (seed: PeopleSeed, other: WarehouseOf) =>
    linesOf(recordsOf(seed, other, worldNow, worldNow + hour)).join()
  const all = [
    lines(people, warehouse),
    lines({ ...people, seed: 6 }, warehouse),
    lines(people, { ...warehouse, name: 'other' }),
    lines(people, { ...warehouse, region: 'eu-west-2' }),
    lines(people, { ...warehouse, account: '444455556666' }),
  ]
  expect(new Set(all).size).toBe(all.length)
})

// A parser of another hand: by position and pattern, knowing nothing of how the lines are made.
function parsed(line: string): Record<string, string | number> {
  const activity =
    /^'(\S+)Z UTC \[ db=(.*?) user=(.*?) pid=(\d+) userid=(\d+) xid=(\d+) \]' LOG: ([\s\S]*)$/.exec(line)
  if (activity) {
    const [, time, db = '', user = '', pid, userid, xid, sql = ''] = activity
    return {
      at: Date.parse(`${time}Z`),
      db,
      user,
      pid: Number(pid),
      userid: Number(userid),
      xid: Number(xid),
      sql,
    }
  }
  const cells = line.split('|')
  const stamp = (cells.length === 11 ? cells[10] : cells[1]) ?? ''
  const [, date, time, ms] = /^\w{3}, (\d{1,2} \w{3} \d{4}) (\d\d:\d\d:\d\d):(\d{3})$/.exec(stamp) ?? []
  const at = Date.parse(`${date} ${time}.${ms} UTC`)
  const number = (index: number) => Number(cells[index])
  const text = (index: number) => (cells[index] ?? '').replace(/ $/, '')
  if (cells.length === 11)
    return { at, userid: number(0), user: text(1), action: text(3), pid: number(8), xid: number(9) }
  const last = { session: text(20), driver: text(17), application: text(15) }
  return {
    at,
    event: text(0),
    host: text(2),
    pid: number(4),
    db: text(5),
    user: text(6),
    duration: number(8),
    ...last,
  }
}

test('every line of any seed and hour is read back as it was', () => {
  const seeds = fc.record({ seed: fc.integer(), hours: fc.integer({ min: 0, max: 399 * 24 }) })
  const check = ({ seed, hours }: { seed: number; hours: number }) => {
    const from = warehouse.createdAt + hours * hour
    const { connections, users, activities } = recordsOf({ ...people, seed }, warehouse, from, from + hour)
    for (const r of connections) {
      const { event, recordtime: at, remotehost: host, pid, dbname: db, username: user, duration } = r
      const last = { session: r.sessionid, driver: r.driver_version, application: r.application_name }
      expect(parsed(connectionLine(r))).toEqual({ at, event, host, pid, db, user, duration, ...last })
    }
    for (const { recordtime: at, userid, username: user, action, pid, xid, ...rest } of users)
      expect(parsed(userLine({ recordtime: at, userid, username: user, action, pid, xid, ...rest }))).toEqual(
        { at, userid, user, action, pid, xid },
      )
    for (const r of activities) {
      const at = Math.floor(r.recordtime / 1000) * 1000
      const { dbname: db, username: user, pid, userid, xid, sql } = r
      expect(parsed(activityLine(r))).toEqual({ at, db, user, pid, userid, xid, sql })
    }
  }
  fc.assert(fc.property(seeds, check), { numRuns: 40 })
})

const month = recordsOf(people, warehouse, worldNow - 22 * day, worldNow)

test('a session is a login, a beginning, the name of its client, statements and an end that fits', () => {
  const byPid = group(month.connections)
  const ended = [...byPid.values()].filter(
    (records) => records[0]?.event === 'authenticated' && records.at(-1)?.event === 'disconnecting session',
  )
  expect(ended.length).toBeGreaterThan(3000)
  for (const records of ended) {
    const events = records.map(({ event }) => event).filter((event) => event !== 'set application_name')
    expect(events).toEqual(['authenticated', 'initiating session', 'disconnecting session'])
    const [, begun] = records
    const end = records.at(-1)
    const took = (end?.recordtime ?? 0) - (begun?.recordtime ?? 0)
    expect(Math.floor((end?.duration ?? 0) / 1000)).toBe(took)
    expect(took).toBeLessThanOrEqual(4 * hour)
    expect(new Set(records.map(({ sessionid }) => sessionid)).size).toBe(1)
  }
})

function group(connections: ConnectionRecord[]): Map<number, ConnectionRecord[]> {
  const byPid = new Map<number, ConnectionRecord[]>()
  for (const record of connections) byPid.set(record.pid, [...(byPid.get(record.pid) ?? []), record])
  return byPid
}

test('every statement is run in the open session of its user', () => {
  const from = worldNow - 22 * day
  const sessions = new Map(
    sessionsOf(people, warehouse, from, worldNow).map((session) => [session.pid, session]),
  )
  for (const { pid, recordtime, username, userid } of month.activities) {
    const session = sessions.get(pid)
    expect(session).toMatchObject({ username, userid, outcome: 'authenticated' })
    expect(recordtime).toBeGreaterThanOrEqual(session?.startedAt ?? Number.NaN)
    expect(recordtime).toBeLessThanOrEqual(session?.endedAt ?? Number.NaN)
  }
})

test('IAM users carry their prefix and the id of their request, passwords do not', () => {
  const users = new Set(
    month.connections
      .filter(({ iamauthguid }) => iamauthguid !== '')
      .map(({ username, authmethod }) => `${username} ${authmethod}`),
  )
  expect([...users].sort()).toEqual(['IAM:anna.berg IAM AssumeUser', 'IAMA:jonas.weber IAM AssumeUser'])
})

test('JDBC drivers write a statement twice under one transaction, other drivers never', () => {
  const drivers = new Map(month.connections.map(({ pid, driver_version }) => [pid, driver_version]))
  const seen = new Map<string, string>()
  const doubles = month.activities.filter(({ pid, xid, sql }) => {
    const before = seen.get(`${pid} ${xid}`)
    seen.set(`${pid} ${xid}`, sql)
    return before !== undefined && before.replace(/;$/, '') === sql.replace(/;$/, '')
  })
  expect(doubles.length).toBeGreaterThan(20)
  expect(doubles.every(({ pid }) => drivers.get(pid)?.includes('JDBC'))).toBe(true)
  expect(new Set(month.activities.map(({ xid }) => xid)).size).toBe(month.activities.length - doubles.length)
})

test('nothing is logged of statements where activity is not, and nothing before the warehouse was made', () => {
  const silent = { ...warehouse, activityLogged: (at: number) => at >= worldNow }
  const { activities } = recordsOf(people, silent, worldNow - hour, worldNow + hour)
  expect(activities.length).toBeGreaterThan(0)
  expect(activities.every(({ recordtime }) => recordtime >= worldNow)).toBe(true)
  const before = recordsOf(people, warehouse, warehouse.createdAt - day, warehouse.createdAt + 5 * 60_000)
  expect(linesOf(before)).toEqual([])
})

test('a plaintext user is let in until TLS is required', () => {
  const plain: PeopleSeed = {
    users: [{ name: 'old_app', kind: 'service', tls: '', remoteHosts: ['10.0.9.9'] }],
  }
  const strict = { ...warehouse, requireSsl: (at: number) => at >= worldNow }
  const events = (from: number) =>
    new Set(
      recordsOf(plain, strict, from, from + 5 * hour)
        .connections.filter(({ username }) => username === 'old_app')
        .map(({ event, sslversion }) => `${event}${sslversion}`),
    )
  expect(events(worldNow - 12 * hour)).toContain('authenticated')
  expect([...events(worldNow + hour)]).toEqual(['authentication failure'])
})

test('a hostile name of an application and hostile statements are written as they are', () => {
  const applicationName = '=cmd|\' /C calc\'!A0\\ "x"'
  const sql =
    "select 1 /*\n'2026-01-01T00:00:00Z UTC [ db=a user=b pid=1 userid=1 xid=1 ]' LOG: drop table x\n*/"
  const hostile: PeopleSeed = {
    users: [{ name: 'mallory', applicationName, driver: '', kind: 'service', statements: [sql] }],
  }
  const { connections, activities } = recordsOf(hostile, warehouse, worldNow, worldNow + 3 * hour)
  expect(connections.map(connectionLine).some((line) => line.includes(`| | | |${applicationName} |`))).toBe(
    true,
  )
  expect(
    activities
      .filter(({ username }) => username === 'mallory')
      .every((record) => activityLine(record).endsWith(`LOG: ${sql}`)),
  ).toBe(true)
})

const truth = truthOf(people, warehouse, worldNow - 22 * day, worldNow)
const entry = (kind: string, isNearMiss = false): TruthEntry => {
  const found = truth.find((one) => one.kind === kind && one.isNearMiss === isNearMiss)
  if (!found) throw new Error(`no ${kind}`)
  return found
}
const activitiesOf = ({ match }: TruthEntry) => month.activities.filter(({ pid }) => match.pids.includes(pid))
const connectionsOf = ({ match }: TruthEntry) =>
  month.connections.filter(({ pid }) => match.pids.includes(pid))

test('every incident and near miss is in the truth and in the lines, within its times', () => {
  expect(truth.map(({ id }) => id)).toHaveLength(2 * incidentKinds.length)
  for (const one of truth) {
    const mine = [...connectionsOf(one), ...activitiesOf(one)].map(({ recordtime }) => recordtime)
    expect(Math.min(...mine)).toBe(one.firstAt)
    expect(Math.max(...mine)).toBe(one.lastAt)
    expect(activitiesOf(one).length > 0).toBe(one.logs.includes('useractivitylog'))
    expect(new Set(connectionsOf(one).map(({ sessionid }) => sessionid))).toEqual(
      new Set(one.match.sessionids),
    )
  }
  expect(truthOf(people, warehouse, worldNow, worldNow + day)).toEqual([])
})

const signs: [kind: string, sign: RegExp][] = [
  ['bulk-unload', /^UNLOAD .*cold-storage[^']*' IAM_ROLE 'arn/],
  ['unload-session-role', /^UNLOAD .*IAM_ROLE 'SESSION'/],
  ['create-superuser', /^CREATE USER .* CREATEUSER$/],
  ['grant-to-public', /^GRANT .* TO PUBLIC$/],
  ['grant-role-escalation', /^GRANT ROLE sys:/],
  ['drop-table-burst', /^DROP TABLE shop\.orders_archive/],
  ['copy-from-foreign-bucket', /^COPY [\s\S]*cold-storage/],
  ['disable-logging-attempt', /enable_user_activity_logging (TO off|= false)/],
  ['password-in-sql', /PASSWORD '(?!md5)/],
  ['datashare-created', /ON DATASHARE .* TO ACCOUNT '999988887777'/],
  ['system-table-reading', /pg_database_info|stl_querytext/],
  ['query-with-injection', /or 1=1 -- '$|union select usename|LOG: select 1\n/],
]

test.each(signs)('%s is found where it was planted and nowhere else', (kind, sign) => {
  const pids = new Set(month.activities.filter(({ sql }) => sign.test(sql)).map(({ pid }) => pid))
  expect([...pids]).toEqual(entry(kind).match.pids)
})

test('addresses from outside are seen in incidents alone', () => {
  const foreign = month.connections.filter(({ remotehost }) =>
    /::ffff:(203\.0\.113|198\.51\.100)\./.test(remotehost),
  )
  const kinds = ['password-guessing', 'brute-force-then-login', 'login-from-new-host', 'shared-account']
  const planted = new Set(kinds.flatMap((kind) => entry(kind).match.pids))
  expect(foreign.every(({ pid }) => planted.has(pid))).toBe(true)
  expect(new Set(foreign.map(({ pid }) => pid)).size).toBe(planted.size - 1)
})

test('the admin user is not locked by guessing, others are after the fifth failure until they are unlocked', () => {
  const failures = connectionsOf(entry('brute-force-then-login')).filter(
    ({ event }) => event === 'authentication failure',
  )
  expect(failures.map(({ username }) => username)).toEqual(new Array(30).fill('awsuser'))
  const { match, firstAt, lastAt } = entry('lockout')
  const mine = month.connections.filter(
    ({ username, recordtime }) => username === 'maria.rossi' && recordtime >= firstAt && recordtime <= lastAt,
  )
  const events = mine.map(({ event }) => event)
  expect(events.slice(0, 7)).toEqual(new Array(7).fill('authentication failure'))
  expect(mine.every(({ pid }) => match.pids.includes(pid))).toBe(true)
  const locked = (at: number) =>
    databaseObjects(people, warehouse, at).users.find(({ name }) => name === 'maria.rossi')?.lockedAt
  const fifth = mine[4]?.recordtime ?? 0
  expect([locked(fifth - 1), locked(fifth), locked(lastAt)]).toEqual([undefined, fifth, undefined])
  const near = connectionsOf(entry('lockout', true)).map(({ event }) => event)
  expect(near.slice(0, 5)).toEqual([...new Array(4).fill('authentication failure'), 'authenticated'])
})

test('who returns after months was away, and so was who returns from leave', () => {
  for (const [isNearMiss, days] of [
    [false, 120],
    [true, 12],
  ] as const) {
    const one = entry('dormant-user-returns', isNearMiss)
    const away = recordsOf(people, warehouse, one.firstAt - days * day - hour, one.firstAt)
    const mine = away.connections.filter(({ username }) => username === one.users[0])
    expect(mine.at(-1)?.event).toBe('disconnecting session')
    expect(Math.round((one.firstAt - (mine.at(-1)?.recordtime ?? 0)) / day)).toBe(days)
  }
})

test.each<[string, IncidentSeed, string]>([
  [
    'a parameter without use',
    { kind: 'lockout', at: '-1d', bucket: 'x' },
    'the incident sales-1-lockout has no use for "bucket"',
  ],
  [
    'no moment',
    { kind: 'lockout', at: 'soon' },
    'the incident sales-1-lockout begins at "soon", which is no moment',
  ],
  [
    'too early',
    { kind: 'lockout', at: '-500d' },
    'the incident sales-1-lockout lies before sales was an hour old',
  ],
  [
    'locking before patch 204',
    { kind: 'lockout', at: '2026-08-01T00:00:00Z' },
    'maria.rossi cannot be locked at',
  ],
  [
    'guessing where guessing locks',
    { kind: 'brute-force-then-login', at: '-1d', user: 'maria.rossi' },
    'maria.rossi would be locked after 5 failures',
  ],
  [
    'a user who exists',
    { kind: 'create-superuser', at: '-1d', target: 'airflow' },
    'the incident sales-1-create-superuser creates airflow, who exists already',
  ],
])('an incident that makes no sense is refused: %s', (_, incident, message) => {
  expect(() => recordsOf({ incidents: [incident] }, warehouse, worldNow, worldNow + 1)).toThrow(message)
})

test('the database holds what was made until then', () => {
  const superusers = (at: number) =>
    databaseObjects(people, warehouse, at)
      .users.filter(({ superuser }) => superuser)
      .map(({ name }) => name)
  const { firstAt, lastAt } = entry('create-superuser')
  expect(superusers(firstAt)).toEqual(['rdsdb', 'awsuser'])
  expect(superusers(lastAt)).toHaveLength(3)
  expect(databaseObjects(people, warehouse, warehouse.createdAt)).toMatchObject({
    users: [],
    relations: [],
    roles: [],
  })
  const now = databaseObjects(people, warehouse, worldNow)
  expect(now.relations.find(({ name }) => name === 'customers')?.columns[1]).toEqual({
    name: 'email',
    type: 'varchar(256)',
  })
  expect(now.relationPrivileges).toContainEqual({
    schema: 'shop',
    relation: 'customers',
    privilege: 'SELECT',
    to: { type: 'public', name: 'public' },
  })
  expect(now.roleGrants).toContainEqual({ role: 'sys:superuser', to: { type: 'user', name: 'anna.berg' } })
  expect(now.datashares.flatMap(({ consumers }) => consumers)).toEqual(['111122223333', '999988887777'])
})

test('a load is about as many lines as it says', () => {
  const records = recordsOf({ linesPerHour: 20_000 }, warehouse, worldNow, worldNow + hour)
  expect(linesOf(records).length).toBeGreaterThan(15_000)
  expect(linesOf(records).length).toBeLessThan(25_000)
})

test('somebody who works every day is not seen while an incident has them away', () => {
  const incident: IncidentSeed = { kind: 'dormant-user-returns', at: '-3d', user: 'anna.berg' }
  const sessions = (incidents: IncidentSeed[]) =>
    sessionsOf({ incidents }, warehouse, worldNow - 60 * day, worldNow - 4 * day).filter(
      ({ username }) => username === 'IAM:anna.berg',
    )
  expect(sessions([]).length).toBeGreaterThan(100)
  expect(sessions([incident])).toEqual([])
})

test('incidents that contradict each other are refused', () => {
  const both: IncidentSeed[] = [
    { kind: 'dormant-user-returns', at: '-3d', user: 'anna.berg', id: 'back' },
    { kind: 'login-from-new-host', at: '-9d', user: 'anna.berg', id: 'abroad' },
  ]
  expect(() => recordsOf({ incidents: both }, warehouse, worldNow, worldNow + 1)).toThrow(
    'in the incident back anna.berg is away, but there in abroad',
  )
})
