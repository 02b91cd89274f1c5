// The incidents of a seed, staged: when, by whom, in which visits, and whether the seed makes sense.

import { parseDuration } from '#kit/time.ts'
import * as data from './incidents-of-data.ts'
import * as logins from './incidents-of-logins.ts'
import * as rights from './incidents-of-rights.ts'
import type { Member } from './members.ts'
import { type Key, randomOf, under } from './random.ts'
import type { Plot, Scene } from './scene.ts'
import type { IncidentKind, IncidentSeed, WarehouseOf } from './types.ts'
import type { Visit } from './visit.ts'

type Parameter = 'user' | 'remoteHost' | 'count' | 'bucket' | 'roleArn' | 'table' | 'target'

/** How each kind is staged, and which members of a seed it has a use for. */
const kinds: Record<IncidentKind, [stage: (scene: Scene) => Plot, ...uses: Parameter[]]> = {
  'password-guessing': [logins.passwordGuessing, 'remoteHost', 'count'],
  'brute-force-then-login': [logins.bruteForceThenLogin, 'user', 'remoteHost', 'count'],
  lockout: [logins.lockout, 'user', 'remoteHost', 'count'],
  'login-from-new-host': [logins.loginFromNewHost, 'user', 'remoteHost'],
  'plaintext-session': [logins.plaintextSession, 'user', 'remoteHost'],
  'admin-at-night': [logins.adminAtNight, 'remoteHost'],
  'bulk-unload': [data.bulkUnload, 'user', 'remoteHost', 'count', 'bucket', 'roleArn', 'table'],
  'unload-session-role': [data.unloadSessionRole, 'user', 'bucket', 'table'],
  'create-superuser': [rights.createSuperuser, 'user', 'target'],
  'grant-to-public': [rights.grantToPublic, 'user', 'table'],
  'grant-role-escalation': [rights.grantRoleEscalation, 'user', 'target'],
  'drop-table-burst': [data.dropTableBurst, 'user', 'count'],
  'copy-from-foreign-bucket': [data.copyFromForeignBucket, 'user', 'bucket', 'roleArn', 'table'],
  'disable-logging-attempt': [rights.disableLoggingAttempt, 'user'],
  'password-in-sql': [rights.passwordInSql, 'user', 'target'],
  'dormant-user-returns': [logins.dormantUserReturns, 'user', 'remoteHost'],
  'shared-account': [logins.sharedAccount, 'user', 'remoteHost'],
  'datashare-created': [data.datashareCreated, 'user', 'target'],
  'system-table-reading': [data.systemTableReading, 'user', 'count'],
  'query-with-injection': [data.queryWithInjection, 'user', 'remoteHost'],
}

/** Every kind of incident that can be planted. */
export const incidentKinds = Object.keys(kinds) as IncidentKind[]

/** An incident with its plot. */
export type Incident = Plot & { id: string; kind: IncidentKind; isNearMiss: boolean }

/** Stages the incidents of a seed. Throws one clear sentence when one makes no sense. */
export function stage(
  seeds: IncidentSeed[],
  members: Member[],
  key: Key,
  warehouse: WarehouseOf,
): Incident[] {
  const ids = new Set<string>()
  const incidents = seeds.map((seed, index) => {
    const id = seed.id ?? `${warehouse.name}-${index + 1}-${seed.kind}${seed.nearMiss ? '-near' : ''}`
    if (ids.has(id)) throw new RangeError(`the incident ${id} is given twice`)
    ids.add(id)
    const [plot, ...uses] = kinds[seed.kind] ?? []
    if (!plot) throw new RangeError(`there is no incident of the kind ${seed.kind}`)
    checkMembers(seed, uses, id)
    const scene = {
      ...sceneOf(members, warehouse),
      seed,
      at: momentOf(seed, id, warehouse),
      isNearMiss: !!seed.nearMiss,
    }
    const random = randomOf(under(key, 'incident', id))
    const nextUserid = 101 + members.length + index
    return {
      id,
      kind: seed.kind,
      isNearMiss: scene.isNearMiss,
      ...plot({ ...scene, random, nextUserid, number: index + 1 }),
    }
  })
  checkTogether(incidents, members)
  return incidents
}

/** Refuses incidents that contradict each other: a name made twice, or somebody who is away and there. */
function checkTogether(incidents: Incident[], members: Member[]): void {
  const names = new Set(members.map(({ name }) => name))
  for (const { id, visits } of incidents) {
    for (const effect of visits.flatMap(({ deeds }) => deeds.flatMap(({ effects = [] }) => effects))) {
      if (effect.is !== 'user' || effect.action !== 'create') continue
      if (names.has(effect.name))
        throw new RangeError(`the incident ${id} creates ${effect.name}, who exists already`)
      names.add(effect.name)
    }
  }
  for (const one of incidents) {
    for (const { user, from, to } of one.quiets ?? []) {
      const isThere = ({ at, member, isRefused }: Visit) =>
        !isRefused && member.name === user && at >= from && at < to
      const other = incidents.find((incident) => incident !== one && incident.visits.some(isThere))
      if (other) throw new RangeError(`in the incident ${one.id} ${user} is away, but there in ${other.id}`)
    }
  }
}

function sceneOf(members: Member[], warehouse: WarehouseOf) {
  const admin = members.find(({ name }) => name === warehouse.adminUser)
  if (!admin) throw new RangeError(`the warehouse ${warehouse.name} has no admin user`)
  return { members, warehouse, admin }
}

const always = ['kind', 'at', 'id', 'nearMiss']

function checkMembers(seed: IncidentSeed, uses: string[], id: string): void {
  const useless = Object.keys(seed).find((name) => !always.includes(name) && !uses.includes(name))
  if (useless !== undefined) throw new RangeError(`the incident ${id} has no use for "${useless}"`)
  if (seed.count !== undefined && !(Number.isInteger(seed.count) && seed.count > 0 && seed.count <= 1000))
    throw new RangeError(`the incident ${id} needs a count from 1 to 1000, not ${seed.count}`)
}

function momentOf({ at }: IncidentSeed, id: string, { worldNow, createdAt, name }: WarehouseOf): number {
  const relative = parseDuration(at)
  const moment = relative === undefined ? Date.parse(at) : worldNow + relative
  if (Number.isNaN(moment)) throw new RangeError(`the incident ${id} begins at "${at}", which is no moment`)
  // The first hour belongs to the making of the users.
  if (moment < createdAt + 3_600_000)
    throw new RangeError(`the incident ${id} lies before ${name} was an hour old`)
  return moment
}
