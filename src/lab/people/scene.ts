// The stage of an incident: who is there, and the few things from which every incident is put together.

import { minute, second } from '#kit/time.ts'
import type { Quiet } from './background.ts'
import type { Member } from './members.ts'
import type { Random } from './random.ts'
import type { IncidentSeed, WarehouseOf } from './types.ts'
import type { Deed, Visit } from './visit.ts'

/** Where an incident takes place. `at` is when it begins, `nextUserid` what a user made in it is numbered. */
export type Scene = {
  seed: IncidentSeed
  at: number
  isNearMiss: boolean
  random: Random
  members: Member[]
  admin: Member
  nextUserid: number
  /** Keeps the names of what it makes apart from those of other incidents. */
  number: number
  warehouse: WarehouseOf
}

/** What happens: the visits that are the incident, those that only belong to its story, and who is away meanwhile. */
export type Plot = { visits: Visit[]; around?: Visit[]; quiets?: Quiet[]; sentence: string }

/** The user of an incident: the one it names, or the first who fits. */
export function userOf({ seed, members, admin }: Scene, fits: (member: Member) => boolean): Member {
  const named = members.find(({ name }) => name === seed.user)
  return (
    named ??
    members.find((member) => member.kind !== 'rdsdb' && member.kind !== 'admin' && fits(member)) ??
    admin
  )
}

export const isPerson = ({ kind }: Member) => kind === 'person'
export const isService = ({ kind }: Member) => kind === 'service'
export const hasPassword = ({ auth, kind }: Member) => auth === 'password' && kind === 'person'

/** A login that works, and its statements every few seconds. */
export function login(
  member: Member,
  at: number,
  deeds: (string | Omit<Deed, 'after'>)[],
  more: Partial<Pick<Visit, 'host' | 'tls' | 'application'>> = {},
): Visit {
  const done = deeds.map((deed, index) => ({
    ...(typeof deed === 'string' ? { sql: deed } : deed),
    after: (2 + 7 * index) * second,
  }))
  const { tls, application, hosts } = member
  const lasts = (10 + 7 * deeds.length) * second
  return { at, lasts, member, host: hosts[0], tls, application, isRefused: false, deeds: done, ...more }
}

/** A login that is refused. */
export function refusal(member: Member, at: number, host: string = member.hosts[0]): Visit {
  return { ...login(member, at, []), host, lasts: 0, isRefused: true }
}

/** Addresses that nobody in the company has: RFC 5737 keeps them for examples. */
export function foreignHost({ seed, random }: Scene): string {
  return seed.remoteHost ?? `${random.pick(['203.0.113', '198.51.100'])}.${2 + random.int(250)}`
}

/** A fresh address in the company's own network. */
export function ownHost({ seed, random }: Scene): string {
  return seed.remoteHost ?? `10.0.42.${2 + random.int(250)}`
}

/** So many moments from the beginning on, a few seconds between them. */
export function moments({ at, random }: Scene, count: number, gap = 6 * second): number[] {
  return Array.from({ length: count }, (_, index) => at + index * gap + random.int(2 * second))
}

/** Whether a password user is locked after five failures: patch 204 (2026-08-11); the admin user never is (DG). */
export function canBeLocked(member: Member, at: number): boolean {
  return at >= Date.UTC(2026, 7, 11) && member.auth === 'password' && member.kind !== 'admin'
}

/** Failures in a row until a user is locked: max_failed_login_attempts, whose default is 5 (DG). */
export const lockedAfter = 5

/** A user who stays away from `before` until after the incident. */
export function away({ name }: Member, from: number, to: number): Quiet {
  return { user: name, from: from - minute, to: to + minute }
}

/** A name as it stands in SQL: in quotes when it needs them. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
