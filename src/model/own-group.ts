// A parameter group of a cluster's own: its name, the drafts that make it, fill it and attach the cluster to it.

import { call } from './action.ts'
import type { Effect, Impact } from './plan.ts'
import type { ChangeDraft } from './practice.ts'
import type { ClusterFacts, ParameterGroupInUse } from './resource.ts'

/** Where parameter groups stand in the console. */
export const parameterPath = 'Amazon Redshift › Configurations › Workload management'

/** A group that is to be made. */
export type OwnGroup = { name: string; arn: string; family: string; description: string }

/** A parameter with the value it is to have. */
export type GroupValue = { ParameterName: string; ParameterValue: string }

type ClusterWithGroups = { name: string; arn: string; facts: ClusterFacts }

/**
 * `redoubt-<cluster>`, or `redoubt2-<cluster>` when that is taken. The number stands before the hyphen, so that the
 * names for two clusters are never the same.
 */
export function ownGroupName(cluster: string, isTaken: (name: string) => boolean): string {
  let free = `redoubt-${cluster}`
  for (let number = 2; isTaken(free); number++) free = `redoubt${number}-${cluster}`
  return free
}

/** Makes the group; the undo deletes it when everything else is undone. */
export function groupCreated({ name, arn, family, description }: OwnGroup): ChangeDraft {
  return {
    title: `Create parameter group ${name}`,
    call: call('redshift:CreateClusterParameterGroup', {
      ParameterGroupName: name,
      ParameterGroupFamily: family,
      Description: description,
    }),
    effects: [{ resource: arn, fact: 'exists', before: false, after: true }],
    console: `${parameterPath} › Create: ${name}`,
    impact: 'none',
    undo: {
      call: call('redshift:DeleteClusterParameterGroup', { ParameterGroupName: name }),
      cleanup: true,
      console: `${parameterPath} › ${name} › Delete`,
    },
  }
}

/** Sets values in a group that was made just before. */
export function groupFilled(
  { name, arn }: Pick<OwnGroup, 'name' | 'arn'>,
  values: readonly GroupValue[],
  { title, console }: Pick<ChangeDraft, 'title' | 'console'>,
): ChangeDraft {
  return {
    title,
    call: call('redshift:ModifyClusterParameterGroup', { ParameterGroupName: name, Parameters: [...values] }),
    effects: values.map(({ ParameterName, ParameterValue }) => ({
      resource: arn,
      fact: `parameters.${ParameterName}`,
      before: null,
      after: ParameterValue,
    })),
    console,
    impact: 'none',
    undo: { none: 'the group is deleted as a whole' },
  }
}

/** Gives a cluster another group. `before` are the groups it is attached to now; `from` is the one it goes back to. */
export function groupAttached(
  cluster: ClusterWithGroups,
  { from, to, before, impact }: { from: string; to: string; before: string[]; impact: Impact },
): ChangeDraft {
  const attach = (ParameterGroupName: string) =>
    call('redshift:ModifyCluster', {
      ClusterIdentifier: cluster.name,
      ClusterParameterGroupName: ParameterGroupName,
    })
  const place = `Amazon Redshift › Clusters › ${cluster.name} › Properties › Database configurations › Edit parameter group`
  return {
    title: `Attach ${cluster.name} to parameter group ${to}`,
    call: attach(to),
    effects: [
      { resource: cluster.arn, fact: 'parameterGroup', before, after: [to] },
      waitsForReboot(cluster),
    ],
    console: `${place}: ${to}`,
    impact,
    undo: { call: attach(from), console: `${place}: ${from}` },
  }
}

/** The values that users set in a group, and nothing else. */
export function userValues(parameters: ParameterGroupInUse['parameters']): GroupValue[] {
  return parameters
    .filter(({ Source }) => Source === 'user')
    .map(({ ParameterName = '', ParameterValue = '' }) => ({ ParameterName, ParameterValue }))
}

/** A static parameter changes nothing before the restart: the cluster says that it waits for one. */
export function waitsForReboot({ arn, facts }: Pick<ClusterWithGroups, 'arn' | 'facts'>): Effect {
  const before = (facts.ClusterParameterGroups ?? []).map(
    ({ ParameterApplyStatus = '' }) => ParameterApplyStatus,
  )
  return { resource: arn, fact: 'parameterApplyStatus', before, after: before.map(() => 'pending-reboot') }
}
