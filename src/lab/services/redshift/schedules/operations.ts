// Snapshot schedules: making, changing, listing and deleting them, and who follows them.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidClusterSnapshotScheduleStateFault$,
  type SnapshotSchedule,
  SnapshotScheduleAlreadyExistsFault$,
  SnapshotScheduleUpdateInProgressFault$,
} from '@aws-sdk/client-redshift'
import { newHex } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import type { ClusterRecord, SnapshotScheduleRecord } from '../model.ts'
import { pageOf } from '../page.ts'
import { checkTags, matchesTags } from '../tags.ts'
import { attach, detach, getSchedule } from './attach.ts'
import { isDefinition, refuse } from './definitions.ts'
import { checkPlan, nextInvocations } from './invocations.ts'

export const scheduleOperations = {
  CreateSnapshotSchedule(input, { state, region, now }) {
    const plan: SnapshotScheduleRecord = {
      id: input.ScheduleIdentifier ?? `schedule-${newHex(state, 8)}`,
      description: input.ScheduleDescription ?? '',
      definitions: input.ScheduleDefinitions ?? [],
      tags: (input.Tags ?? []).map(({ Key, Value }) => ({ Key, Value: Value ?? '' })),
      since: now,
    }
    checkName(plan.id)
    checkTags(plan.tags)
    checkPlan(plan)
    if (region.redshift.snapshotSchedules.has(plan.id)) {
      // Wording: the fault's description.
      throw fault(SnapshotScheduleAlreadyExistsFault$, 'The specified snapshot schedule already exists.')
    }
    if (!input.DryRun) region.redshift.snapshotSchedules.set(plan.id, plan)
    const moments = nextInvocations(plan, now, checkedCount(input.NextInvocations))
    return { ...view(region, plan), NextInvocations: moments.map((moment) => new Date(moment)) }
  },

  ModifySnapshotSchedule(input, context) {
    const { region, now } = context
    const plan = getSchedule(region, input.ScheduleIdentifier)
    const followers = followersOf(region, plan)
    const changed = { definitions: input.ScheduleDefinitions, since: now }
    // The operation declares no fault for a definition of another kind.
    for (const text of changed.definitions) if (!isDefinition(text)) refuse(text)
    checkPlan(changed)
    if (followers.some(({ facts }) => facts.SnapshotScheduleState === 'MODIFYING')) {
      // Wording: the fault's description.
      throw fault(
        SnapshotScheduleUpdateInProgressFault$,
        'The specified snapshot schedule is already being updated.',
      )
    }
    Object.assign(plan, changed)
    for (const cluster of followers) attach(context, cluster, plan.id)
    return view(region, plan)
  },

  DeleteSnapshotSchedule(input, { region }) {
    const plan = getSchedule(region, input.ScheduleIdentifier)
    const count = followersOf(region, plan).length
    // "The schedule must not be associated with clusters": Terraform's force_destroy. Unverified: the wording.
    if (count > 0) throw wrongState(`Snapshot schedule ${plan.id} is associated with ${count} clusters.`)
    region.redshift.snapshotSchedules.delete(plan.id)
    return {}
  },

  DescribeSnapshotSchedules(input, { region }) {
    const { ClusterIdentifier: cluster, ScheduleIdentifier: id } = input
    // The operation declares no error of its own: an unknown cluster follows nothing.
    const followed = region.redshift.clusters.get(cluster?.toLowerCase() ?? '')?.facts
      .SnapshotScheduleIdentifier
    const chosen = [...region.redshift.snapshotSchedules.values()].filter(
      (plan) =>
        (id === undefined || plan.id === id) &&
        (cluster === undefined || plan.id === followed) &&
        matchesTags(plan.tags, input),
    )
    const { items, ...marker } = pageOf(chosen, (plan) => [plan.id], input)
    return { SnapshotSchedules: items.map((plan) => view(region, plan)), ...marker }
  },

  ModifyClusterSnapshotSchedule(input, context) {
    const { region } = context
    const cluster = getCluster(region, input.ClusterIdentifier)
    const { ScheduleIdentifier: id, DisassociateSchedule: isOff = false } = input
    const current = cluster.facts.SnapshotScheduleIdentifier
    if (cluster.work || cluster.facts.SnapshotScheduleState === 'MODIFYING') {
      // Terraform issue 47462: a busy cluster is refused so. Unverified: the wording.
      throw wrongState(`The snapshot schedule of cluster ${cluster.id} cannot be changed at the moment.`)
    }
    if (isOff) {
      // Unverified: which error AWS gives for a schedule that the cluster does not follow.
      if (current === undefined || (id !== undefined && id !== current))
        throw wrongState(`Cluster ${cluster.id} is not associated with the snapshot schedule ${id ?? ''}.`)
      detach(context, cluster)
      return {}
    }
    // Unverified: code and wording.
    if (id === undefined) throw common('InvalidParameterCombination', 'ScheduleIdentifier is required.')
    attach(context, cluster, getSchedule(region, id).id)
    return {}
  },
} satisfies Operations<typeof client>

// Unverified: code and wording. Terraform's own names have hyphens, although the API speaks of alphanumeric characters.
function checkName(id: string) {
  if (id.length <= 255 && /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(id)) return
  throw common('InvalidParameterValue', `Invalid snapshot schedule identifier: ${id}.`)
}

function checkedCount(count = 0): number {
  // Unverified: bounds, code and wording.
  if (count >= 0 && count <= 100) return count
  throw common('InvalidParameterValue', `Invalid value ${count} for NextInvocations.`)
}

function wrongState(message: string) {
  return fault(InvalidClusterSnapshotScheduleStateFault$, message)
}

function followersOf({ redshift }: Region, { id }: SnapshotScheduleRecord): ClusterRecord[] {
  return [...redshift.clusters.values()].filter(({ facts }) => facts.SnapshotScheduleIdentifier === id)
}

// "A maximum of 100 clusters is returned" (API, SnapshotSchedule).
function view(region: Region, plan: SnapshotScheduleRecord): SnapshotSchedule {
  const followers = followersOf(region, plan)
  return {
    ScheduleIdentifier: plan.id,
    ScheduleDescription: plan.description,
    ScheduleDefinitions: plan.definitions,
    Tags: plan.tags,
    AssociatedClusterCount: followers.length,
    AssociatedClusters: followers.slice(0, 100).map(({ id, facts }) => ({
      ClusterIdentifier: id,
      ScheduleAssociationState: facts.SnapshotScheduleState ?? 'ACTIVE',
    })),
  }
}
