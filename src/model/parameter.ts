// What a database parameter is set to and what the database runs: a static parameter is in force only after a restart.

import type { ClusterFacts, ParameterGroupInUse } from './resource.ts'

/**
 * A parameter of a cluster. `configured` is the value in its group. `status` is how far AWS says it is applied:
 * `in-sync`, `pending-reboot`, `applying`, `apply-deferred`, `invalid-parameter`, `apply-error` or `unknown-error`
 * (https://docs.aws.amazon.com/redshift/latest/APIReference/API_ClusterParameterStatus.html); `untold` when AWS says
 * nothing of it.
 */
export type ParameterState = {
  group: string
  configured: string | null
  status: string
  inForce: string | null
}

/**
 * The state of a boolean parameter, or undefined when no group of the cluster has it.
 *
 * AWS never tells the running value. In sync, it is the configured one. While a change is pending it is the opposite,
 * provided that AWS lists other parameters as in sync: after a change of group it lists every parameter as pending,
 * changed or not (a RebootCluster record of 2018 shows it), and then nothing tells: null. Unverified: whether a value
 * that was changed and changed back before the restart is still listed as pending; if so, it is in force already.
 */
export function booleanState(
  name: string,
  facts: ClusterFacts,
  groups: readonly ParameterGroupInUse[],
): ParameterState | undefined {
  // Every group that applies is asked: the parameter is on only where each of them says so and has applied it.
  const states = groups.flatMap((group) => stateIn(group, name, facts) ?? [])
  return states.find((state) => state.configured !== 'true' || state.status !== 'in-sync') ?? states[0]
}

/**
 * How a parameter that is to be true stands: `in-force`, `off`, `pending-reboot` where true waits for a restart,
 * `opens-at-reboot` where false does, `untold`, or the word that AWS has for a value it did not apply.
 */
export function standingOf({ configured, status }: ParameterState): string {
  if (configured === null || status === 'untold') return 'untold'
  const on = configured === 'true'
  if (status === 'in-sync') return on ? 'in-force' : 'off'
  if (status === 'pending-reboot') return on ? 'pending-reboot' : 'opens-at-reboot'
  return status
}

/** What to say of a value that AWS did not apply, by its word for that. */
export const unapplied = (parameter: string, standing: string): string =>
  `does not run the value of its parameter group: ${parameter} is ${standing}`

function stateIn(group: ParameterGroupInUse, name: string, facts: ClusterFacts): ParameterState | undefined {
  const parameter = group.parameters.find((candidate) => candidate.ParameterName?.toLowerCase() === name)
  if (!parameter) return undefined
  const configured = parameter.ParameterValue?.toLowerCase() ?? null
  const applied = facts.ClusterParameterGroups?.find(
    ({ ParameterGroupName }) => ParameterGroupName === group.name,
  )
  const list = applied?.ClusterParameterStatusList ?? []
  const status = applyStatus(applied, name)
  const singledOut = list.some(({ ParameterApplyStatus }) => ParameterApplyStatus === 'in-sync')
  const inForce = status === 'in-sync' ? configured : singledOut && configured ? opposite(configured) : null
  return { group: group.name, configured, status, inForce }
}

type AppliedGroup = NonNullable<ClusterFacts['ClusterParameterGroups']>[number]

/** How far a parameter is applied. One that the list of its group leaves out shares the fate of the group. */
function applyStatus(group: AppliedGroup | undefined, name: string): string {
  const list = group?.ClusterParameterStatusList ?? []
  const own = list.find(({ ParameterName }) => ParameterName?.toLowerCase() === name)
  return own?.ParameterApplyStatus ?? group?.ParameterApplyStatus ?? 'untold'
}

/** How far a parameter is applied in every group of a cluster: the first word for that it is not, where there is one. */
export function applyStatusOf({ ClusterParameterGroups = [] }: ClusterFacts, name: string): string {
  const statuses = ClusterParameterGroups.map((group) => applyStatus(group, name))
  return statuses.find((status) => status !== 'in-sync') ?? statuses[0] ?? 'untold'
}

function opposite(value: string): string {
  return value === 'true' ? 'false' : 'true'
}
