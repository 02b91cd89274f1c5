// Who works in a warehouse, with every default filled in: the users of the seed, the admin user and Redshift's own rdsdb.

import { dictionaryOf, type Weighted } from './statements.ts'
import type { DatabaseUserSeed, IncidentSeed, PeopleSeed, WarehouseOf } from './types.ts'
import { jdbc, usualUsers } from './usual.ts'

/** A database user with nothing left open. */
export type Member = {
  name: string
  userid: number
  kind: 'person' | 'service' | 'admin' | 'rdsdb'
  auth: 'password' | 'iam'
  /** The name as the logs show it. */
  shownAs: string
  hosts: readonly [string, ...string[]]
  application: string
  driver: string
  os: string
  tls: string
  from: number
  to: number
  weekdays: readonly number[]
  sessionsPerDay: number
  statements: Weighted
  superuser: boolean
}

const everyDay = [1, 2, 3, 4, 5, 6, 7]

/** The members of a warehouse; the same seed always gives them the same user ids. */
export function membersOf(people: PeopleSeed, warehouse: WarehouseOf): Member[] {
  const seeds = people.users ?? usualUsers
  const names = new Set<string>()
  for (const { name } of seeds) {
    if (names.has(name)) throw new RangeError(`the database user ${name} is given twice`)
    names.add(name)
  }
  const missing: DatabaseUserSeed[] = []
  if (!seeds.some(({ kind }) => kind === 'rdsdb')) missing.push({ name: 'rdsdb', kind: 'rdsdb' })
  if (!names.has(warehouse.adminUser)) missing.push({ name: warehouse.adminUser, kind: 'admin' })
  const rest = (people.incidents ?? []).map((incident) => incident.user ?? dormantOf(incident))
  const known = new Set([...missing, ...seeds].map(({ name }) => name))
  const others = [...new Set(rest)].filter((name) => name !== undefined && !known.has(name))
  const all = [...missing, ...seeds, ...others.map((name) => ({ name: name ?? '', sessionsPerDay: 0 }))]
  return all.map((seed, index) =>
    memberOf(seed, useridOf(seed, index - missing.length, warehouse), warehouse),
  )
}

/** Who returns where an incident names nobody; like everyone whom only an incident names, they do nothing else. */
export function dormantOf({ kind, nearMiss }: IncidentSeed): string | undefined {
  if (kind !== 'dormant-user-returns') return undefined
  return nearMiss ? 'back_from_leave' : 'former_analyst'
}

// rdsdb is 1, the admin user 100, and the users it makes follow: real user logs (SignalFx 2020).
function useridOf({ name, kind }: DatabaseUserSeed, index: number, { adminUser }: WarehouseOf): number {
  if (kind === 'rdsdb') return 1
  return name === adminUser ? 100 : 101 + index
}

/** One user with every default filled in. */
export function memberOf(seed: DatabaseUserSeed, userid: number, warehouse: WarehouseOf): Member {
  const kind = seed.name === warehouse.adminUser ? 'admin' : (seed.kind ?? 'person')
  const auth = seed.auth ?? 'password'
  const usualHost = kind === 'rdsdb' ? '[local]' : `10.0.40.${50 + (userid % 200)}`
  const [host = usualHost, ...others] = seed.remoteHosts ?? []
  const isAlways = kind === 'service' || kind === 'rdsdb'
  return {
    name: seed.name,
    userid,
    kind,
    auth,
    shownAs: auth === 'iam' ? `${seed.autoCreate ? 'IAMA' : 'IAM'}:${seed.name}` : seed.name,
    hosts: [host, ...others],
    application: seed.applicationName ?? (kind === 'rdsdb' ? '' : 'DBeaver 26.1'),
    driver: seed.driver ?? (kind === 'rdsdb' ? '' : jdbc),
    os: seed.osVersion ?? (kind === 'rdsdb' ? '' : 'Linux 6.1.0-28-amd64 amd64'),
    tls: seed.tls ?? (kind === 'rdsdb' ? '' : 'TLSv1.3'),
    from: seed.worksFrom ?? (isAlways ? 0 : 8),
    to: seed.worksTo ?? (isAlways ? 24 : 17),
    weekdays: seed.weekdays ?? (isAlways ? everyDay : [1, 2, 3, 4, 5]),
    sessionsPerDay: seed.sessionsPerDay ?? { rdsdb: 288, service: 48, person: 5, admin: 0.5 }[kind],
    statements: dictionaryOf(kind, seed, warehouse),
    superuser: kind === 'admin' || kind === 'rdsdb',
  }
}

/** Hours of a working day. */
export function hoursOf({ from, to }: Member): number {
  return from < to ? to - from : to + 24 - from
}

/** Whether a member works in the hour that begins then. */
export function worksAt({ from, to, weekdays }: Member, at: number): boolean {
  const date = new Date(at)
  const hour = date.getUTCHours()
  const works = from < to ? hour >= from && hour < to : hour >= from || hour < to
  return works && weekdays.includes(date.getUTCDay() || 7)
}
