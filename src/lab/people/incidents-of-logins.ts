// Incidents that the connection log tells: guessing, locked users, strange places and times.

import { day, hour, minute, second } from '#kit/time.ts'
import { dormantOf, type Member, memberOf } from './members.ts'
import {
  away,
  canBeLocked,
  foreignHost,
  hasPassword,
  isPerson,
  isService,
  lockedAfter,
  login,
  moments,
  ownHost,
  type Plot,
  quoted,
  refusal,
  type Scene,
  userOf,
} from './scene.ts'

const look = ['select current_user', 'select count(*) from shop.orders']

/** Names that are tried wherever there is a database. */
const guessed = ['root', 'postgres', 'dbadmin', 'test', 'rdsadmin', 'sa', 'oracle', 'guest'] as const

/** Many failures over many names from one address; near: an office in which four people mistype once each. */
export function passwordGuessing(scene: Scene): Plot {
  const { members, warehouse, isNearMiss, seed } = scene
  const known = members.filter(({ auth, kind }) => auth === 'password' && kind !== 'rdsdb')
  if (isNearMiss) {
    const host = ownHost(scene)
    const some = known.slice(0, 4)
    const visits = some.flatMap((member, index) => {
      const at = scene.at + index * 2 * minute
      return [refusal(member, at, host), login(member, at + 20 * second, look, { host })]
    })
    return {
      visits,
      sentence: `${some.length} users behind one gateway mistyped their password once each and then logged in.`,
    }
  }
  const host = foreignHost(scene)
  const strangers = guessed.map((name) => memberOf({ name, applicationName: '' }, 0, warehouse))
  // Nobody is tried so often that Redshift would lock them: whoever guesses wants to stay unseen.
  const tries = new Map<Member, number>()
  const visits = moments(scene, seed.count ?? 40).map((at, index) => {
    const pool = [...strangers, ...known.filter((member) => (tries.get(member) ?? 0) < lockedAfter - 2)]
    const member = pool[index % pool.length] ?? scene.admin
    tries.set(member, (tries.get(member) ?? 0) + 1)
    return refusal(member, at, host)
  })
  return {
    visits,
    sentence: `${visits.length} failed logins over ${tries.size} names from ${host}, none of which worked.`,
  }
}

/** Guessing one password until it is right; near: a person who mistypes three times. */
export function bruteForceThenLogin(scene: Scene): Plot {
  const { isNearMiss, seed, at, admin } = scene
  const member = isNearMiss
    ? userOf(scene, hasPassword)
    : seed.user === undefined
      ? admin
      : userOf(scene, hasPassword)
  const count = isNearMiss ? 3 : (seed.count ?? 30)
  if (member.auth !== 'password')
    throw new RangeError(`${member.name} logs in with IAM and has no password to guess`)
  if (count >= lockedAfter && canBeLocked(member, at))
    throw new RangeError(
      `${member.name} would be locked after ${lockedAfter} failures: choose ${admin.name}, a count below, or a time before 2026-08-11`,
    )
  const host = isNearMiss ? member.hosts[0] : foreignHost(scene)
  const failures = moments(scene, count).map((moment) => refusal(member, moment, host))
  const after = at + count * 6 * second + 10 * second
  const visits = [
    ...failures,
    login(member, after, [...look, 'select * from shop.customers limit 1000'], { host }),
  ]
  const how = isNearMiss ? 'mistyped the password' : 'had the password guessed'
  return {
    visits,
    quiets: [away(member, at - hour, after)],
    sentence: `${member.name} ${how} ${count} times from ${host} before it was right.`,
  }
}

/** Five failures lock a user until an administrator unlocks them (patch 204); near: four failures, then a login. */
export function lockout(scene: Scene): Plot {
  const { isNearMiss, seed, at, admin } = scene
  const member = userOf(scene, hasPassword)
  if (!canBeLocked(member, at))
    throw new RangeError(
      `${member.name} cannot be locked at ${new Date(at).toISOString()}: only password users are, not ${admin.name}, and since 2026-08-11`,
    )
  const host = seed.remoteHost ?? member.hosts[0]
  // Everyday failures just before would count as well.
  const start = at - hour
  if (isNearMiss) {
    const failures = moments(scene, lockedAfter - 1).map((moment) => refusal(member, moment, host))
    const visits = [...failures, login(member, at + minute, look, { host })]
    return {
      visits,
      quiets: [away(member, start, at + minute)],
      sentence: `${member.name} failed ${lockedAfter - 1} times from ${host}, once less than locks, and then logged in.`,
    }
  }
  const failures = moments(scene, Math.max(seed.count ?? 0, lockedAfter) + 2).map((moment) =>
    refusal(member, moment, host),
  )
  const unlockedAt = at + 40 * minute
  const rights = { superuser: member.superuser }
  const fifth = failures[lockedAfter - 1]
  if (fifth) fifth.effects = [{ is: 'lock', user: member.name, locked: true }]
  const unlock = login(admin, unlockedAt, [
    'SHOW USER LOCKOUT',
    {
      sql: `ALTER USER ${quoted(member.name)} LOGIN`,
      // Unverified: that unlocking is an "alter" in the user log.
      effects: [
        { is: 'lock', user: member.name, locked: false },
        { is: 'user', action: 'alter', userid: member.userid, name: member.name, ...rights },
      ],
    },
  ])
  const visits = [...failures, unlock, login(member, unlockedAt + 5 * minute, look)]
  const sentence = `${member.name} failed ${failures.length} times from ${host}, was locked after ${lockedAfter} and unlocked by ${admin.name}.`
  return { visits, quiets: [away(member, start, unlockedAt + 5 * minute)], sentence }
}

/** A user from an address outside; near: a new address in the company's own network. */
export function loginFromNewHost(scene: Scene): Plot {
  const member = userOf(scene, isPerson)
  const host = scene.isNearMiss ? ownHost(scene) : foreignHost(scene)
  const where = scene.isNearMiss
    ? "a new address of the company's own network"
    : 'an address never seen before'
  return {
    visits: [login(member, scene.at, look, { host })],
    sentence: `${member.name} logged in from ${host}, ${where}.`,
  }
}

/** A session without TLS, or its refusal where TLS is required; near: one that never leaves the machine. */
export function plaintextSession(scene: Scene): Plot {
  const { at, isNearMiss, warehouse, members, admin } = scene
  if (isNearMiss) {
    const member = members.find(({ kind }) => kind === 'rdsdb') ?? admin
    const visit = login(member, at, ['select 1'], { host: '127.0.0.1', tls: '' })
    return {
      visits: [visit],
      sentence: `${member.name} logged in without TLS over the loopback, as Redshift itself does.`,
    }
  }
  const member = userOf(scene, isService)
  const host = scene.seed.remoteHost ?? member.hosts[0]
  const isRefused = warehouse.requireSsl(at)
  const visit = isRefused
    ? { ...refusal(member, at, host), tls: '' }
    : login(member, at, look, { host, tls: '' })
  const ending = isRefused ? 'and was refused, as require_ssl was in force' : 'and was let in'
  return { visits: [visit], sentence: `${member.name} came without TLS from ${host} ${ending}.` }
}

/** The admin user in the night of that day; near: in its morning. */
export function adminAtNight(scene: Scene): Plot {
  const { admin, isNearMiss } = scene
  const at = Math.floor(scene.at / day) * day + (isNearMiss ? 10 : 2) * hour + 17 * minute
  const host = scene.seed.remoteHost ?? admin.hosts[0]
  const visits = [
    login(admin, at, ['select usename, usesuper from pg_user', 'select count(*) from shop.customers'], {
      host,
    }),
  ]
  return {
    visits,
    sentence: `${admin.name} worked interactively at ${new Date(at).toISOString().slice(11, 16)} UTC from ${host}.`,
  }
}

/** Somebody comes back after four months; near: after twelve days of holidays. */
export function dormantUserReturns(scene: Scene): Plot {
  const { at, isNearMiss, warehouse } = scene
  const member = userOf(scene, ({ name }) => name === dormantOf(scene.seed))
  const days = isNearMiss ? 12 : 120
  const last = Math.max(at - days * day, warehouse.createdAt + hour)
  const host = scene.seed.remoteHost ?? member.hosts[0]
  return {
    visits: [login(member, at, [...look, 'select email from shop.customers'], { host })],
    around: [login(member, last, look)],
    quiets: [away(member, last, at)],
    sentence: `${member.name} logged in from ${host} after ${Math.round((at - last) / day)} days without a session.`,
  }
}

/** One name at two far places at once; near: at two places of the company's own network. */
export function sharedAccount(scene: Scene): Plot {
  const { at, isNearMiss } = scene
  const member = userOf(scene, isService)
  const far = isNearMiss ? ownHost(scene) : foreignHost(scene)
  const visits = [login(member, at, look), login(member, at + 3 * second, look, { host: far })]
  return { visits, sentence: `${member.name} was logged in from ${member.hosts[0]} and ${far} at once.` }
}
