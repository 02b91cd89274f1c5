// Audit logging as a world says it, and how its deliveries have gone so far.

import { type LogDestinationType, LoggingStatus$, type S3TablePublishStatus } from '@aws-sdk/client-redshift'
import { hour, iso, minute, parseDuration } from '#kit/time.ts'
import { companyOf } from '#lab/people/company.ts'
import type { PeopleSeed } from '#lab/people/types.ts'
import { demandMembers } from '#lab/seed-members.ts'
import { findBucket } from '#lab/services/s3/use.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { ClusterSeed } from '#lab/world.ts'
import type { ClusterRecord } from '../model.ts'
import { databaseOf, warehouseOf } from './database.ts'
import { beginStretch, lastDelivery, notePosture, postureNow } from './deliveries.ts'
import { logTypes } from './destination.ts'
import { makeGroups } from './log-groups.ts'
import type { Database, Destination, LoggingRecord, Posture } from './model.ts'

const peopleMembers = ['seed', 'users', 'linesPerHour', 'incidents']
const userMembers = [
  ...['name', 'kind', 'auth', 'autoCreate', 'remoteHosts', 'applicationName', 'driver', 'osVersion', 'tls'],
  ...['worksFrom', 'worksTo', 'weekdays', 'sessionsPerDay', 'statements'],
]

/** Gives a database its people. Throws one clear sentence when they contradict themselves. */
export function seedPeople(database: Database, people: PeopleSeed | undefined): void {
  if (!people) return
  const where = `${database.kind} ${database.name} in ${database.region}: people`
  demandMembers(people, peopleMembers, where)
  for (const user of people.users ?? []) {
    demandMembers(user, userMembers, `${where}: ${user.name}`)
    for (const statement of user.statements ?? [])
      if (typeof statement !== 'string') demandMembers(statement, ['sql', 'weight'], `${where}: ${user.name}`)
  }
  for (const incident of people.incidents ?? [])
    demandMembers(incident, incidentMembers, `${where}: incidents`)
  database.people = people
  companyOf(people, warehouseOf(database))
}

const incidentMembers = [
  ...['kind', 'at', 'id', 'nearMiss', 'user', 'remoteHost', 'count', 'bucket', 'roleArn', 'table', 'target'],
]

/**
 * Turns the logging of a cluster on as the world says. Deliveries went on hourly to the last one that is told. A success
 * of long ago, or "never", means that they have stopped or not begun, and they do not start by themselves. From now on
 * the bucket decides; one that the world does not have is somebody else's, and goes on as it did.
 */
export function seedLogging(
  region: Region,
  cluster: ClusterRecord,
  seed: ClusterSeed['logging'],
  { state, now }: Seeding,
): void {
  const where = `cluster ${cluster.id} in ${region.name}: logging`
  const { LastSuccessfulDeliveryTime: last, ...rest } = seed ?? {}
  const given = last === undefined || last === 'never' ? rest : { ...rest, LastSuccessfulDeliveryTime: last }
  const read = readPlain<LoggingRecord['settings']>(LoggingStatus$, given, now, where)
  const { S3Tables: tables, LastFailureTime, LastFailureMessage: message, ...others } = read
  const { LastSuccessfulDeliveryTime, ...answered } = others
  const settings = auditLogging(answered)
  cluster.logging.tables = tables && withMoments(tables, now)
  if (!settings.LoggingEnabled) return
  const success = LastSuccessfulDeliveryTime?.getTime()
  const failure = LastFailureTime?.getTime()
  cluster.logging = { ...cluster.logging, settings, told: { success, failure, message } }
  const past = pastOf({ success, failure, message, isNever: last === 'never' }, now)
  const { createdAt } = databaseOf(region, cluster, now)
  const begin = past.slot - Math.max(1, Math.ceil((past.slot - createdAt) / hour)) * hour
  const stretch = beginStretch({ state, region, now }, cluster, destinationOf(settings, region, state), begin)
  stretch.postures = past.postures.map((posture) => ({ ...posture, from: Math.max(posture.from, begin) }))
  // What was delivered before the world began lies in its groups.
  const arrived = lastDelivery(stretch, now, 'arrives')
  if (arrived) makeGroups(region, stretch, begin + hour)
  if (stretch.postures.at(-1)?.outcome === 'stays away') return
  if (stretch.destination.type === 's3' && stretch.destination.owner !== undefined)
    notePosture(state, stretch, postureNow(state, region, stretch, now))
}

/** AWS writes these moments as texts; a world may say how long ago they are. */
function withMoments(tables: S3TablePublishStatus, now: number): S3TablePublishStatus {
  const { LastIngestionTimes: times } = tables
  if (!times) return tables
  const moments = Object.entries(times).map(([table, at]) => {
    const ago = parseDuration(at)
    return [table, ago === undefined ? at : iso(now + ago)]
  })
  return { ...tables, LastIngestionTimes: Object.fromEntries(moments) }
}

/** What an answer says of audit logging alone: it names the publishing of system tables in the same words. */
function auditLogging({ LogDestinationType, ...rest }: LoggingRecord['settings']) {
  const named = LogDestinationType?.split(',') ?? []
  const types = named.filter((type) => type !== 's3table')
  if (named.length > 0 && types.length === 0 && rest.BucketName === undefined)
    return { LoggingEnabled: false }
  return types[0] === undefined ? rest : { ...rest, LogDestinationType: types[0] as LogDestinationType }
}

function destinationOf(
  { BucketName: bucket, S3KeyPrefix: prefix = '', LogExports }: LoggingRecord['settings'],
  { account: { partition } }: Region,
  state: Seeding['state'],
): Destination {
  if (bucket === undefined) return { type: 'cloudwatch', exports: LogExports ?? logTypes }
  return { type: 's3', bucket, prefix, owner: findBucket(state, partition, bucket)?.account }
}

type Told = LoggingRecord['told'] & { isNever: boolean }

/** How deliveries went, and a moment at which one was due. */
function pastOf({ success, failure, message, isNever }: Told, now: number) {
  const always = (outcome: Posture['outcome']): Posture => ({ from: Number.NEGATIVE_INFINITY, outcome })
  const failed: Posture = { ...always('fails'), ...(message !== undefined && { message }) }
  if (isNever) return { slot: now - hour, postures: [always('stays away')] }
  if (failure !== undefined && failure >= (success ?? 0)) {
    const before = success === undefined ? [] : [always('arrives')]
    return {
      slot: failure,
      postures: [...before, { ...failed, from: success ?? failed.from }],
    }
  }
  const slot = success ?? now - 30 * minute - hour
  const after: Posture[] = now - slot < 2 * hour ? [] : [{ from: slot, outcome: 'stays away' }]
  return { slot, postures: [always('arrives'), ...after] }
}
