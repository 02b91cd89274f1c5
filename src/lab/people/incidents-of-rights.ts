// Incidents about rights: superusers, grants too wide, passwords in SQL and the attempt to blind the log.

import { type Effect, everyone } from './effects.ts'
import { isPerson, login, type Plot, quoted, type Scene, userOf } from './scene.ts'
import type { Deed } from './visit.ts'

// Who may change rights, unless the incident names somebody.
const administrator = (scene: Scene) =>
  scene.seed.user === undefined ? scene.admin : userOf(scene, isPerson)

function created(scene: Scene, name: string, superuser: boolean): Effect {
  return { is: 'user', action: 'create', userid: scene.nextUserid, name, superuser }
}

/** A user made with every right; near: one without. */
export function createSuperuser(scene: Scene): Plot {
  const { isNearMiss, seed, at } = scene
  const member = administrator(scene)
  const name = seed.target ?? `${isNearMiss ? 'report_reader' : 'svc_backup'}_${scene.number}`
  const sql = `CREATE USER ${quoted(name)} PASSWORD DISABLE${isNearMiss ? '' : ' CREATEUSER'}`
  const deed = { sql, effects: [created(scene, name, !isNearMiss)] }
  return {
    visits: [login(member, at, [deed])],
    sentence: `${member.name} created the ${isNearMiss ? 'ordinary user' : 'superuser'} ${name}.`,
  }
}

/** A table opened to everybody; near: to one role. */
export function grantToPublic(scene: Scene): Plot {
  const { isNearMiss, at, seed } = scene
  const member = administrator(scene)
  const name = seed.table ?? 'shop.customers'
  const to = isNearMiss ? ({ type: 'role', name: 'analyst' } as const) : everyone
  const sql = `GRANT SELECT ON ${name} TO ${isNearMiss ? 'ROLE analyst' : 'PUBLIC'}`
  const deed: Omit<Deed, 'after'> = {
    sql,
    effects: [{ is: 'grant', on: 'relation', name, privilege: 'SELECT', to }],
  }
  return {
    visits: [login(member, at, [deed])],
    sentence: `${member.name} let ${isNearMiss ? 'the role analyst' : 'everybody'} read ${name}.`,
  }
}

/** Somebody given a system role with every right; near: the ordinary role of analysts. */
export function grantRoleEscalation(scene: Scene): Plot {
  const { isNearMiss, at, seed, admin } = scene
  const member = userOf(scene, isPerson)
  const role = isNearMiss ? 'analyst' : (seed.target ?? 'sys:superuser')
  const sql = `GRANT ROLE ${role} TO ${quoted(member.name)}`
  const deed: Omit<Deed, 'after'> = {
    sql,
    effects: [{ is: 'role-grant', role, to: { type: 'user', name: member.name } }],
  }
  // Redshift lets only those grant a system role who may: it is done as the admin user, from the user's own machine.
  const visit = login(
    admin,
    at,
    [deed],
    isNearMiss ? {} : { host: member.hosts[0], application: member.application },
  )
  return {
    visits: [visit],
    sentence: `${admin.name} granted ${role} to ${member.name}${isNearMiss ? '' : `, from the machine of ${member.name}`}.`,
  }
}

/** Statements that would blind the log, all of which fail: no SQL can; near: asking how it is set. */
export function disableLoggingAttempt(scene: Scene): Plot {
  const { isNearMiss, at } = scene
  const member = userOf(scene, isPerson)
  const sqls = isNearMiss
    ? [{ sql: 'SHOW enable_user_activity_logging' }]
    : [
        // Unverified: how Redshift words its refusal; the log holds the attempt either way (MG db-auditing).
        { sql: 'SET enable_user_activity_logging TO off', fails: true },
        { sql: 'ALTER SYSTEM SET enable_user_activity_logging = false', fails: true },
        { sql: 'ALTER USER rdsdb SET enable_user_activity_logging TO off', fails: true },
      ]
  const what = isNearMiss ? 'asked how activity logging is set' : 'tried to turn activity logging off'
  return { visits: [login(member, at, sqls)], sentence: `${member.name} ${what}.` }
}

/** A password in clear text in a statement; near: a user made without one. */
export function passwordInSql(scene: Scene): Plot {
  const { isNearMiss, seed, at } = scene
  const member = administrator(scene)
  const name = seed.target ?? `new_colleague_${scene.number}`
  // A password that never was one. Unverified: whether Redshift masks it in the log.
  const password = isNearMiss ? 'DISABLE' : "'Not-a-Secret-1'"
  const deed = {
    sql: `CREATE USER ${quoted(name)} PASSWORD ${password}`,
    effects: [created(scene, name, false)],
  }
  return {
    visits: [login(member, at, [deed])],
    sentence: `${member.name} created ${name} ${isNearMiss ? 'without a password' : 'with a password in the statement (sensitive)'}.`,
  }
}
