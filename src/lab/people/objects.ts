// What stands in the database at a moment, for the svv_* views: everything that statements have made until then.

import { type Company, companyOf } from './company.ts'
import type { Effect, Grantee, Privilege, UserEffect } from './effects.ts'
import type { PeopleSeed, WarehouseOf } from './types.ts'

export type DatabaseUser = {
  userid: number
  name: string
  createdAt: number
  createdb: boolean
  superuser: boolean
  catupd: boolean
  validUntil: number | undefined
  /** Since when the user is locked: SHOW USER LOCKOUT. */
  lockedAt: number | undefined
}

export type DatabaseObjects = {
  users: DatabaseUser[]
  roles: string[]
  roleGrants: { role: string; to: Grantee }[]
  schemas: { name: string; owner: string }[]
  relations: { schema: string; name: string; owner: string; columns: { name: string; type: string }[] }[]
  schemaPrivileges: { schema: string; privilege: Privilege; to: Grantee }[]
  relationPrivileges: { schema: string; relation: string; privilege: Privilege; to: Grantee }[]
  datashares: {
    name: string
    owner: string
    createdAt: number
    objects: { object: string; type: 'schema' | 'table' }[]
    consumers: string[]
  }[]
}

/** Users, roles, schemas, relations, grants and datashares as of a moment. */
export function databaseObjects(people: PeopleSeed, warehouse: WarehouseOf, at: number): DatabaseObjects {
  const objects: DatabaseObjects = {
    users: [],
    roles: [],
    roleGrants: [],
    schemas: [],
    relations: [],
    schemaPrivileges: [],
    relationPrivileges: [],
    datashares: [],
  }
  for (const change of changesOf(companyOf(people, warehouse))) {
    if (change.at <= at) apply(objects, change.effect, change.at)
  }
  return objects
}

function changesOf({ planned }: Company): { at: number; effect: Effect }[] {
  const changes = planned.flatMap(({ visit }) => [
    ...(visit.effects ?? []).map((effect) => ({ at: visit.at, effect })),
    ...visit.deeds
      .filter(({ fails }) => !fails)
      .flatMap(({ after, effects = [] }) => effects.map((effect) => ({ at: visit.at + after, effect }))),
  ])
  return changes.sort((one, other) => one.at - other.at)
}

function apply(objects: DatabaseObjects, effect: Effect, at: number): void {
  switch (effect.is) {
    case 'user':
      applyUser(objects, effect, at)
      return
    case 'lock': {
      const user = objects.users.find(({ name }) => name === effect.user)
      if (user) user.lockedAt = effect.locked ? at : undefined
      return
    }
    case 'role':
      objects.roles.push(effect.role)
      return
    case 'role-grant':
      objects.roleGrants.push({ role: effect.role, to: effect.to })
      return
    case 'schema':
      objects.schemas.push({ name: effect.schema, owner: effect.owner })
      return
    case 'relation': {
      const [schema = '', name = ''] = effect.relation.split('.')
      const columns = effect.columns.map(([column, type]) => ({ name: column, type }))
      objects.relations.push({ schema, name, owner: effect.owner, columns })
      return
    }
    case 'grant':
      applyGrant(objects, effect)
      return
    default:
      applyDatashare(objects, effect, at)
  }
}

function applyUser({ users }: DatabaseObjects, effect: UserEffect, at: number): void {
  const { userid, name, createdb = false, superuser = false, catupd = false, validUntil, action } = effect
  const index = users.findIndex((user) => user.userid === userid)
  const old = users[index]
  if (action === 'drop') users.splice(index, index < 0 ? 0 : 1)
  else if (old) Object.assign(old, { name, createdb, superuser, catupd, validUntil })
  else
    users.push({ userid, name, createdAt: at, createdb, superuser, catupd, validUntil, lockedAt: undefined })
}

function applyGrant(
  objects: DatabaseObjects,
  { on, name, privilege, to }: Extract<Effect, { is: 'grant' }>,
): void {
  if (on === 'schema') {
    objects.schemaPrivileges.push({ schema: name, privilege, to })
    return
  }
  const [schema = '', relation = ''] = name.split('.')
  objects.relationPrivileges.push({ schema, relation, privilege, to })
}

type DatashareEffect = Extract<Effect, { datashare: string }>

function applyDatashare({ datashares }: DatabaseObjects, effect: DatashareEffect, at: number): void {
  if (effect.is === 'datashare') {
    datashares.push({
      name: effect.datashare,
      owner: effect.owner,
      createdAt: at,
      objects: [],
      consumers: [],
    })
    return
  }
  const share = datashares.find(({ name }) => name === effect.datashare)
  if (effect.is === 'datashare-object') share?.objects.push({ object: effect.object, type: effect.type })
  else share?.consumers.push(effect.account)
}
