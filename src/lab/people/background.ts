// The everyday of a warehouse: who visits it in one hour and what they do there, looked up from the hour alone.

import { hour, isoDay, minute, second } from '#kit/time.ts'
import { hoursOf, type Member, worksAt } from './members.ts'
import { type Key, type Random, randomOf, under } from './random.ts'
import { statementOf } from './statements.ts'
import type { PeopleSeed, WarehouseOf } from './types.ts'
import type { Deed, Visit } from './visit.ts'

/** No visit that begins in an hour ends more than four hours after its beginning. */
export const longest = 4 * hour

/** A time in which somebody is not seen in everyday life. */
export type Quiet = { user: string; from: number; to: number }

/** What the everyday of a warehouse is made from. */
export type Everyday = {
  key: Key
  members: Member[]
  linesPerHour: number | undefined
  quiets: Quiet[]
  warehouse: WarehouseOf
}

/** The most lines an hour that the numbers of processes have room for. */
const mostLines = 10_000_000

/** How many numbers for visits an hour needs at most. */
export function roomOf({ members }: { members: Member[] }, { linesPerHour }: PeopleSeed): number {
  if (linesPerHour !== undefined && !(linesPerHour >= 0 && linesPerHour <= mostLines))
    throw new RangeError(`linesPerHour must be a number from 0 to ${mostLines}, not ${linesPerHour}`)
  const most = members.map((member) => {
    const rate = member.sessionsPerDay / hoursOf(member)
    return linesPerHour === undefined || !isLoaded(member) ? rate : 0
  })
  const sum = most.reduce((total, rate) => total + mostOf(rate), 0)
  return 2 * (sum + mostOf((linesPerHour ?? 0) / fewestLines))
}

// A share of the rate is chance: between three and five quarters of it, and what is left of a whole visit is drawn.
function mostOf(rate: number): number {
  return Math.floor(rate * 1.25) + 1
}

/** Hands over every visit that begins in an hour and touches the window, each with its number within the hour. */
export function meetVisits(
  everyday: Everyday,
  start: number,
  window: { from: number; to: number },
  meet: (visit: Visit, number: number, key: Key) => void,
): void {
  const active = everyday.members.filter((member) => worksAt(member, start))
  const loaded = active.filter(isLoaded)
  const carriers = loaded.length > 0 ? loaded : everyday.members.filter(isLoaded)
  const key = under(everyday.key, start / hour)
  let number = 0
  for (const member of new Set([...active, ...(everyday.linesPerHour === undefined ? [] : carriers)])) {
    const memberKey = under(key, member.userid)
    const random = randomOf(memberKey)
    const count = countOf(rateOf(member, carriers.length, everyday.linesPerHour), random)
    for (let index = 0; index < count; index++) {
      const visitKey = under(memberKey, index)
      meetOne(everyday, member, start, randomOf(visitKey), window, (visit, second) =>
        meet(visit, number + second, second ? under(visitKey, 9) : visitKey),
      )
      number += 2
    }
  }
}

function isLoaded({ kind }: Member): boolean {
  return kind === 'person' || kind === 'service'
}

function countOf(rate: number, random: Random): number {
  return Math.floor(rate * (0.75 + random.next() / 2) + random.next())
}

function rateOf(member: Member, carriers: number, linesPerHour: number | undefined): number {
  if (linesPerHour === undefined || !isLoaded(member)) return member.sessionsPerDay / hoursOf(member)
  return linesPerHour / carriers / (4 + statementsIn[member.kind] * (isJdbc(member) ? 1 + doubled : 1))
}

const statementsIn = { person: 8, service: 16, admin: 4, rdsdb: 1 }
const fewestLines = 4 + statementsIn.person
const doubled = 0.15

function isJdbc({ driver }: Member): boolean {
  return driver.includes('JDBC')
}

// A visit, and sometimes the mistyped password before it. What lies outside the window is not worked out.
function meetOne(
  { quiets, warehouse }: Everyday,
  member: Member,
  start: number,
  random: Random,
  { from, to }: { from: number; to: number },
  meet: (visit: Visit, second: 0 | 1) => void,
): void {
  const at = start + random.int(hour - minute)
  const lasts = lengthOf(member, random)
  if (at + lasts + minute < from || at >= to || at < warehouse.createdAt + hour) return
  if (quiets.some((quiet) => quiet.user === member.name && at >= quiet.from && at < quiet.to)) return
  const isMistyped =
    member.auth === 'password' && member.kind !== 'rdsdb' && random.chance(mistyped[member.kind])
  const visit = visitOf(
    member,
    at + (isMistyped ? 4 * second + random.int(16_000) : 0),
    lasts,
    random,
    warehouse,
  )
  if (isMistyped) meet({ ...visit, at, lasts: 0, isRefused: true, deeds: [] }, 1)
  meet(visit, 0)
}

const mistyped = { person: 0.04, admin: 0.02, service: 0.0005 }

function lengthOf({ kind }: Member, random: Random): number {
  if (kind === 'rdsdb') return 20 + random.int(380)
  if (kind === 'service') return 5 * second + random.int(4 * minute)
  const isLong = random.chance(0.1)
  return 2 * minute + random.int(isLong ? longest - 5 * minute : 40 * minute)
}

function visitOf(member: Member, at: number, lasts: number, random: Random, warehouse: WarehouseOf): Visit {
  const { tls, application } = member
  const host = random.pick(member.hosts)
  const isRefused = tls === '' && host !== '[local]' && warehouse.requireSsl(at)
  const deeds = isRefused ? [] : deedsOf(member, at, lasts, random)
  return { at, lasts: isRefused ? 0 : lasts, member, host, tls, application, isRefused, deeds }
}

function deedsOf(member: Member, at: number, lasts: number, random: Random): Deed[] {
  if (member.statements.statements.length === 0) return []
  const mean = statementsIn[member.kind]
  const count = mean === 1 ? 1 : Math.floor(mean / 2) + random.int(mean + 1)
  const jdbc = isJdbc(member)
  const day = isoDay(at)
  return Array.from({ length: count }, (_, index) => {
    // Statements stand in their own parts of the visit, so that they are in order.
    const after = 5 + Math.floor(((lasts - 10) * (index + random.next() * 0.9)) / count)
    const sql = statementOf(member.statements, random, day)
    return { after, sql, twice: jdbc && random.chance(doubled), fails: random.chance(0.01) }
  })
}
