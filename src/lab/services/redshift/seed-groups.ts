// The parameter groups of a seeded cluster, and how far their values have got.

import { type ClusterParameterGroupStatus, ClusterParameterGroupStatus$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { ClusterSeed } from '#lab/world.ts'
import type { ParameterGroup, Trouble } from './model.ts'
import { checkedValues, findParameter, valueIn } from './parameters.ts'

type Statuses = NonNullable<ClusterSeed['ClusterParameterGroups']>

/** What a seed says of a cluster's groups. */
export type SeededGroups = {
  group: ParameterGroup
  /** Further groups, which are shown only. */
  others: ClusterParameterGroupStatus[]
  troubles: Map<string, Trouble>
  /** Parameters that wait for a reboot, with the values that are in force. */
  waiting: Map<string, string>
}

/** Reads a cluster's groups: `ParameterGroup` names the one in use, `ClusterParameterGroups` are as AWS shows them. */
export function seedGroups(
  region: Region,
  name: string | undefined,
  statuses: Statuses,
  inForce: NonNullable<ClusterSeed['inForce']>,
  where: string,
): SeededGroups {
  const given = statuses.map((status, index) =>
    readPlain<ClusterParameterGroupStatus>(
      ClusterParameterGroupStatus$,
      status,
      0,
      `${where}: ClusterParameterGroups[${index}]`,
    ),
  )
  const first = name ?? given[0]?.ParameterGroupName ?? 'default.redshift-2.0'
  const group = groupIn(region, first, where)
  const isFirst = ({ ParameterGroupName: one = '' }: ClusterParameterGroupStatus) =>
    one.toLowerCase() === group.name
  const others = given.filter((status) => !isFirst(status))
  for (const { ParameterGroupName: other } of others) groupIn(region, other ?? '', where)
  const running = checkedValues(group.family, inForce, where)
  const { troubles, waiting } = statusesOf(group, given.find(isFirst), running)
  for (const [parameter, value] of running) {
    if (value !== valueIn(group, parameter) && !troubles.has(parameter)) waiting.set(parameter, value)
  }
  return { group, others, troubles, waiting }
}

function groupIn({ redshift }: Region, name: string, where: string): ParameterGroup {
  const group = redshift.groups.get(name.toLowerCase())
  if (!group) throw new Error(`${where} has the unknown parameter group ${name}`)
  return group
}

// A parameter that waits or failed runs what `inForce` says, else its family's value.
function statusesOf(
  group: ParameterGroup,
  given: ClusterParameterGroupStatus | undefined,
  running: Map<string, string>,
) {
  const troubles = new Map<string, Trouble>()
  const waiting = new Map<string, string>()
  for (const status of given?.ClusterParameterStatusList ?? []) {
    const { ParameterName: name = '', ParameterApplyStatus: state = 'in-sync' } = status
    const value = running.get(name) ?? findParameter(group.family, name)?.value
    if (value === undefined || state === 'in-sync') continue
    if (state === 'pending-reboot') waiting.set(name, value)
    else {
      const description = status.ParameterApplyErrorDescription
      troubles.set(name, { status: state, description, running: value })
    }
  }
  return { troubles, waiting }
}
