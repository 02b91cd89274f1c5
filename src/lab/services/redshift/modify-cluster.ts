// ModifyCluster: all is checked, then what changes at once is changed and what takes time is begun.

import type { ModifyClusterMessage } from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'
import { note } from './lifecycle/events.ts'
import { beginMaintenance } from './lifecycle/maintenance-plan.ts'
import { checkChange } from './lifecycle/modify-checks.ts'
import { type Change, changeWanted, courseOf, isNothing, takesTime } from './lifecycle/modify-plan.ts'
import { modifyAlone } from './lifecycle/modify-zones.ts'
import { checkNodeQuota } from './lifecycle/node-types.ts'
import { classicResize } from './lifecycle/resize.ts'
import { checkOpenWindow } from './lifecycle/windows.ts'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { getGroup } from './parameter-groups.ts'
import { families, valueIn } from './parameters.ts'
import { beginSnapshots } from './snapshots/automated.ts'
import { retentionChanged } from './snapshots/expiry.ts'
import { demandRest, startWork } from './work.ts'

/** Changes a cluster as ModifyCluster asks. Everything is checked before anything changes. */
export function modifyCluster(cluster: ClusterRecord, input: ModifyClusterMessage, context: Context): void {
  if (modifyAlone(cluster, input, context)) return
  checkChange(cluster, input, context)
  const change = changeWanted(cluster, input, context)
  const group = newGroup(cluster, input, context)
  if (!group && isNothing(change)) {
    // terraform-provider-aws issue 30160. Unverified: for a call that asks for the values there are.
    throw common('InvalidParameterCombination', 'No modifications were requested')
  }
  if (change.size) checkNodeQuota(context.region, change.size.nodes - (cluster.facts.NumberOfNodes ?? 1))
  if (change.atOnce.PreferredMaintenanceWindow !== undefined)
    checkOpenWindow(change.atOnce.PreferredMaintenanceWindow, context.now)
  demandRest(cluster, 'modify')

  changeAtOnce(cluster, change, context)
  if (group) changeGroup(cluster, group, context)
  if (group || takesTime(change)) beginChange(cluster, change, context)
}

function changeAtOnce(cluster: ClusterRecord, { atOnce, track }: Change, { state, region, now }: Context) {
  const wasOff = cluster.facts.AutomatedSnapshotRetentionPeriod === 0
  const others = cluster.facts.PendingModifiedValues ?? {}
  const PendingModifiedValues = track === undefined ? others : { ...others, MaintenanceTrackName: track }
  cluster.facts = { ...cluster.facts, ...atOnce, PendingModifiedValues }
  if (atOnce.AutomatedSnapshotRetentionPeriod !== undefined) {
    retentionChanged(state, region, cluster.id, now)
    if (wasOff) beginSnapshots(state, region, cluster, now)
  }
  const isPlanned = atOnce.PreferredMaintenanceWindow ?? atOnce.AllowVersionUpgrade ?? track
  if (isPlanned !== undefined) beginMaintenance(state, region, cluster, now)
}

function beginChange(cluster: ClusterRecord, change: Change, context: Context) {
  const { state, region, now } = context
  const { pending, during, later, size, encryption } = change
  const { status, lasts } = courseOf(cluster, change)
  const others = cluster.facts.PendingModifiedValues ?? {}
  cluster.facts = { ...cluster.facts, ...during, PendingModifiedValues: { ...others, ...pending } }
  // "No backup is created until the cluster is fully encrypted" (changing-cluster-encryption).
  if (encryption) cluster.nextSnapshot = undefined
  const ending = {
    kind: 'modified' as const,
    values: pending,
    facts: later,
    ...(encryption && { encryption }),
  }
  const resized = size && classicResize(cluster, size, context)
  const work = { status, availability: 'Modifying', until: now + lasts, ending }
  startWork(state, region, cluster, resized ? { ...work, next: [{ ...resized, lasts: 0 }] } : work)
}

function newGroup(
  { group }: ClusterRecord,
  { ClusterParameterGroupName: name }: ModifyClusterMessage,
  { region }: Context,
): ParameterGroup | undefined {
  const wanted = name === undefined ? undefined : getGroup(region, name)
  return wanted?.name === group.name ? undefined : wanted
}

/**
 * Every parameter waits for the reboot, changed or not: a recorded RebootCluster event lists them all as
 * `pending-reboot` after a change of group (Sumo Logic's Redshift samples).
 */
function changeGroup(cluster: ClusterRecord, group: ParameterGroup, { region, now }: Context) {
  const running = (families[group.family] ?? []).map(({ name, value }): [string, string] => [
    name,
    cluster.pending.get(name) ?? valueIn(cluster.group, name) ?? value,
  ])
  cluster.group = group
  cluster.pending = new Map(running)
  note(region, { number: '1001', at: now, source: cluster.id, words: { group: group.name } })
}
