// Audit logs of namespaces: their database as a warehouse whose people leave records, and its stretches of delivery.

import { hour, minute } from '#kit/time.ts'
import type { PeopleSeed } from '#lab/people/types.ts'
import type { Where } from '#lab/services/kms/use.ts'
import { noteNext } from '#lab/services/redshift/logging/database.ts'
import { awaitGroups, lastDelivery, openStretch } from '#lab/services/redshift/logging/deliveries.ts'
import { makeGroups } from '#lab/services/redshift/logging/log-groups.ts'
import type { Condition, Database } from '#lab/services/redshift/logging/model.ts'
import { seedPeople } from '#lab/services/redshift/logging/seed.ts'
import { workgroupOf } from './find.ts'
import type { NamespaceRecord, WorkgroupRecord } from './model.ts'

/** Notes what has changed of a namespace for its logs: its exports, its workgroup, its key, that it is gone. */
export function noteLogs(where: Where, namespace: NamespaceRecord): void {
  const { region, now } = where
  const workgroup = workgroupOf(region, namespace.name)
  const isUp = isRunning(where, namespace, workgroup)
  if (isUp && workgroup) namespace.database ??= databaseFor(where, namespace, workgroup, now)
  const { database, stretch } = namespace
  if (!database) return
  const isOther = noteNext(database, { ...conditionOf(where, workgroup), isUp })
  if (!isExported(where, namespace)) endStretch(namespace, now)
  // What is written from now on may want a group of its own.
  else if (isOther && stretch && namespace.stretch === stretch) awaitGroups(where, stretch)
  if (isThere(where, namespace) && namespace.facts.logExports.length > 0)
    namespace.stretch ??= openStretch(where, stretchOf(namespace, database, now))
}

/** Gives a namespace its people, and what was delivered of them before the world began. */
export function seedLogs(where: Where, namespace: NamespaceRecord, people: PeopleSeed | undefined): void {
  const { region, now } = where
  const workgroup = workgroupOf(region, namespace.name)
  if (!workgroup) return
  const createdAt = Math.max(
    namespace.facts.creationDate.getTime(),
    workgroup.facts.creationDate?.getTime() ?? 0,
  )
  const database = databaseFor(where, namespace, workgroup, createdAt)
  namespace.database = database
  seedPeople(database, people)
  if (namespace.facts.logExports.length === 0) return
  const slot = now - 30 * minute
  const begin = slot - Math.max(1, Math.ceil((slot - createdAt) / hour)) * hour
  namespace.stretch = openStretch(where, stretchOf(namespace, database, begin))
  if (lastDelivery(namespace.stretch, now, 'arrives')) makeGroups(region, namespace.stretch, begin + hour)
}

// An export that is new begins with its own hour, and so does everything that goes on beside it.
function isExported(where: Where, namespace: NamespaceRecord): boolean {
  const destination = namespace.stretch?.destination
  const before = destination?.type === 'cloudwatch' ? destination.exports : []
  const { logExports } = namespace.facts
  const isSame = before.length === logExports.length && logExports.every((log) => before.includes(log))
  return isSame && isThere(where, namespace)
}

function isThere({ region: { serverless } }: Where, namespace: NamespaceRecord): boolean {
  return serverless.namespaces.get(namespace.name) === namespace
}

// Unverified: whether what was not delivered yet still comes; here it does not, as with clusters.
function endStretch(namespace: NamespaceRecord, now: number): void {
  if (namespace.stretch) namespace.stretch.to = now
  namespace.stretch = undefined
}

function stretchOf({ name, facts }: NamespaceRecord, database: Database, from: number) {
  return {
    database,
    source: name,
    destination: { type: 'cloudwatch' as const, exports: facts.logExports },
    from,
  }
}

function databaseFor(
  where: Where,
  namespace: NamespaceRecord,
  workgroup: WorkgroupRecord,
  createdAt: number,
): Database {
  const { region, now } = where
  return {
    account: region.account.id,
    region: region.name,
    name: workgroup.name,
    kind: 'workgroup',
    database: namespace.facts.dbName,
    adminUser: namespace.facts.adminUsername,
    createdAt,
    worldNow: now,
    people: undefined,
    history: [{ ...conditionOf(where, workgroup), isUp: isRunning(where, namespace, workgroup) }],
  }
}

function isRunning(
  where: Where,
  namespace: NamespaceRecord,
  workgroup: WorkgroupRecord | undefined,
): boolean {
  if (!workgroup || workgroup.work?.status === 'CREATING' || isRestarting(workgroup)) return false
  return namespace.lockedSince === undefined && isThere(where, namespace)
}

// "Redshift Serverless will restart your workgroup when you update the require_ssl parameter", and use_fips_ssl
// (serverless-connecting, read 2026-11-27). Unverified: that it does for every parameter, and how long nobody gets in; here
// it is as long as the workgroup is modified.
function isRestarting({ work }: WorkgroupRecord): boolean {
  return work?.status === 'MODIFYING' && work.change.parameters !== undefined
}

function conditionOf({ now }: Where, workgroup: WorkgroupRecord | undefined): Omit<Condition, 'isUp'> {
  const { parameters } = workgroup?.facts ?? { parameters: {} as Record<string, string> }
  return {
    from: now,
    activityLogged: parameters.enable_user_activity_logging === 'true',
    requireSsl: parameters.require_ssl === 'true',
  }
}
