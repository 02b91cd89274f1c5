// Makes a region's snapshot schedules from its seed.

import { type SnapshotSchedule, SnapshotSchedule$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { ClusterRecord, SnapshotScheduleRecord } from '../model.ts'
import { checkPlan } from './invocations.ts'
import type { SnapshotSchedulesSeed } from './seed-types.ts'

// What follows from the clusters, and from the definitions.
const workedOut = ['NextInvocations', 'AssociatedClusterCount', 'AssociatedClusters']

/** Fills a region with the schedules of its seed. */
export function seedSchedules(
  region: Region,
  { snapshotSchedules = [] }: SnapshotSchedulesSeed,
  now: number,
): void {
  for (const seed of snapshotSchedules) {
    const id = seed.ScheduleIdentifier
    const where = `the snapshot schedule ${id} in ${region.name}`
    if (id === undefined) throw new Error(`a snapshot schedule in ${region.name} has no ScheduleIdentifier`)
    const extra = workedOut.find((member) => Object.hasOwn(seed, member))
    if (extra !== undefined) throw new Error(`${where} cannot say ${extra}: it is worked out`)
    const given = readPlain<SnapshotSchedule>(SnapshotSchedule$, seed, now, where)
    const plan: SnapshotScheduleRecord = {
      id,
      description: given.ScheduleDescription ?? '',
      definitions: given.ScheduleDefinitions ?? [],
      tags: given.Tags ?? [],
      since: now,
    }
    checkDefinitions(plan, where)
    region.redshift.snapshotSchedules.set(id, plan)
  }
}

function checkDefinitions(plan: SnapshotScheduleRecord, where: string) {
  try {
    checkPlan(plan)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new Error(`${where} has definitions that AWS refuses: ${error.message}`)
  }
}

/** A seeded cluster follows the schedule it names. */
export function seedFollower({ redshift, name }: Region, cluster: ClusterRecord): void {
  const id = cluster.facts.SnapshotScheduleIdentifier
  if (id === undefined) return
  if (!redshift.snapshotSchedules.has(id))
    throw new Error(`cluster ${cluster.id} in ${name} follows the unknown snapshot schedule ${id}`)
  cluster.facts = { SnapshotScheduleState: 'ACTIVE', ...cluster.facts }
}
