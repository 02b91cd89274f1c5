// ModifyCluster: which changes the lab models, which happen at once and which take time.

import type { ModifyClusterMessage } from '@aws-sdk/client-redshift'
import { UnsupportedOperationFault$ } from '@aws-sdk/client-redshift'
import type { Context, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { getGroup } from './parameter-groups.ts'
import { families, valueIn } from './parameters.ts'
import { beginSnapshots } from './snapshots/automated.ts'
import { retentionChanged } from './snapshots/expiry.ts'
import { checkManualRetention } from './snapshots/retention.ts'
import { demandRest, modifying, modifyTime, startWork } from './work.ts'

// Kept by the cluster from the moment of the call; the cluster stays available.
const atOnce = [
  'AutomatedSnapshotRetentionPeriod',
  'ManualSnapshotRetentionPeriod',
  'AllowVersionUpgrade',
] as const
// Shown as pending while the cluster is modifying (API, PendingModifiedValues).
const inTime = ['PubliclyAccessible', 'EnhancedVpcRouting'] as const
const modelled: string[] = ['ClusterIdentifier', 'ClusterParameterGroupName', ...atOnce, ...inTime]

/** Changes a cluster as ModifyCluster asks. Everything is checked before anything changes. */
export function modifyCluster(cluster: ClusterRecord, input: ModifyClusterMessage, context: Context): void {
  const { state, region, now } = context
  const unknown = Object.keys(input).find((member) => !modelled.includes(member))
  if (unknown !== undefined)
    throw fault(UnsupportedOperationFault$, `The lab does not model ModifyCluster with ${unknown}.`)
  checkRetentions(cluster, input)
  const group = newGroup(region, cluster, input.ClusterParameterGroupName)
  const kept = changesOf(cluster, input, atOnce)
  const pending = changesOf(cluster, input, inTime)
  if (!group && !hasAny(kept) && !hasAny(pending)) {
    // terraform-provider-aws issue 30160. Unverified: for a call that asks for the values there are.
    throw common('InvalidParameterCombination', 'No modifications were requested')
  }
  demandRest(cluster, 'modify')

  const wasOff = cluster.facts.AutomatedSnapshotRetentionPeriod === 0
  cluster.facts = { ...cluster.facts, ...kept }
  if (kept.AutomatedSnapshotRetentionPeriod !== undefined) {
    retentionChanged(state, region, cluster.id, now)
    if (wasOff) beginSnapshots(state, region, cluster, now)
  }
  if (group) changeGroup(cluster, group)
  if (!group && !hasAny(pending)) return
  const others = cluster.facts.PendingModifiedValues ?? {}
  cluster.facts = { ...cluster.facts, PendingModifiedValues: { ...others, ...pending } }
  startWork(state, region, cluster, modifying(now + modifyTime, { kind: 'modified', values: pending }))
}

type Change = Pick<ModifyClusterMessage, (typeof atOnce)[number] | (typeof inTime)[number]>

function changesOf(
  { facts }: ClusterRecord,
  input: ModifyClusterMessage,
  members: readonly (keyof Change)[],
): Change {
  const changed = members.filter((member) => input[member] !== undefined && input[member] !== facts[member])
  return Object.fromEntries(changed.map((member) => [member, input[member]]))
}

function newGroup(
  region: Region,
  { group }: ClusterRecord,
  name: string | undefined,
): ParameterGroup | undefined {
  const wanted = name === undefined ? undefined : getGroup(region, name)
  return wanted === group ? undefined : wanted
}

/**
 * Every parameter waits for the reboot, changed or not: a recorded RebootCluster event lists them all as
 * `pending-reboot` after a change of group (Sumo Logic's Redshift samples).
 */
function changeGroup(cluster: ClusterRecord, group: ParameterGroup) {
  const running = (families[group.family] ?? []).map(({ name, value }): [string, string] => [
    name,
    cluster.pending.get(name) ?? valueIn(cluster.group, name) ?? value,
  ])
  cluster.group = group
  cluster.pending = new Map(running)
}

function checkRetentions({ facts }: ClusterRecord, input: ModifyClusterMessage) {
  if (input.ManualSnapshotRetentionPeriod !== undefined)
    checkManualRetention(input.ManualSnapshotRetentionPeriod)
  const days = input.AutomatedSnapshotRetentionPeriod
  if (days === undefined) return
  if (!Number.isInteger(days) || days < 0 || days > 35) {
    // The service's own words, as recorded by the cdk-preflight rules for CreateCluster.
    const range = 'Retention period must be between 0 and 35.'
    throw common('InvalidParameterValue', `Invalid automated snapshot retention period: ${days}. ${range}`)
  }
  if (days === 0 && /^(ra3|rg)\./i.test(facts.NodeType ?? '')) {
    // Words: API, ModifyCluster. Unverified: the code.
    const advice = 'Set the automated retention period from 1-35 days.'
    throw common(
      'InvalidParameterValue',
      `You can't disable automated snapshots for RG or RA3 node types. ${advice}`,
    )
  }
}

function hasAny(change: Change): boolean {
  return Object.keys(change).length > 0
}
