// A parameter group that several clusters share, split: the cluster gets a group of its own with the same values, and
// the change goes there instead of to all of them.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import type { ChangeDraft, Draft } from '#model/practice.ts'
import { arnOf, isGap, type ParameterGroupInUse, type Resource, resourceOf } from '#model/resource.ts'
import type { Site } from './plan-builder.ts'

type Cluster = Resource<'redshift:cluster'>
type Own = { cluster: Cluster; shared: ParameterGroupInUse; family: string; name: string; arn: string }

const parameterPath = 'Amazon Redshift › Configurations › Workload management'

/** The drafts with every change to a group that other clusters share made in a group of the cluster's own. */
export function withOwnGroup(drafts: readonly Draft[], cluster: Resource | undefined, site: Site): Draft[] {
  if (cluster?.type !== 'redshift:cluster') return [...drafts]
  // After a change of group AWS lists every parameter as waiting for the restart, changed or not.
  const moved = new Set<string>()
  return drafts.flatMap((draft): Draft[] => {
    if ('reboot' in draft) return [{ ...draft, alsoPending: [...draft.alsoPending, ...moved] }]
    if (draft.call.action !== 'redshift:ModifyClusterParameterGroup') return [draft]
    const own = ownGroup(cluster, draft.call.input.ParameterGroupName ?? '', site)
    if (!own) return [draft]
    for (const { ParameterName = '' } of own.shared.parameters) moved.add(ParameterName)
    return [create(own), ...copyValues(own), change(draft, own), attach(draft, own)]
  })
}

/** The group to make, or undefined where the cluster shares its group with none. */
function ownGroup(cluster: Cluster, group: string, { answers, byArn, shard }: Site): Own | undefined {
  const answer = answers(cluster, 'parameters')
  const used = isGap(answer) ? [] : (answer.value as ParameterGroupInUse[])
  const shared = used.find(({ name, clusters }) => name === group && (clusters ?? []).length > 1)
  const arnFor = (name: string) => arnOf('redshift:parameter-group', shard, name)
  const old = byArn.get(arnFor(group))
  const family = old?.type === 'redshift:parameter-group' ? old.facts.ParameterGroupFamily : undefined
  if (!shared || !family) return undefined
  let name = `redoubt-${cluster.name}`
  for (let number = 2; byArn.has(arnFor(name)); number++) name = `redoubt${number}-${cluster.name}`
  return { cluster, shared, family, name, arn: arnFor(name) }
}

function create({ cluster, shared, family, name, arn }: Own): ChangeDraft {
  return {
    title: `Create parameter group ${name}`,
    call: call('redshift:CreateClusterParameterGroup', {
      ParameterGroupName: name,
      ParameterGroupFamily: family,
      Description: `The values of ${shared.name}, for cluster ${cluster.name}`,
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

/** What users set in the shared group, and nothing else, is carried over. */
function copyValues({ shared, name, arn }: Own): ChangeDraft[] {
  const values = shared.parameters
    .filter(({ Source }) => Source === 'user')
    .map(({ ParameterName = '', ParameterValue = '' }) => ({ ParameterName, ParameterValue }))
  if (values.length === 0) return []
  return [
    {
      title: `Copy ${counted(values.length, 'value')} of ${shared.name} to ${name}`,
      call: call('redshift:ModifyClusterParameterGroup', { ParameterGroupName: name, Parameters: values }),
      effects: values.map(({ ParameterName, ParameterValue }) => ({
        resource: arn,
        fact: `parameters.${ParameterName}`,
        before: null,
        after: ParameterValue,
      })),
      console: `${parameterPath} › ${name} › Parameters › Edit parameters`,
      impact: 'none',
      undo: { none: 'the group is deleted as a whole' },
    },
  ]
}

/** The change itself, in the new group, which nobody uses yet. */
function change(draft: ChangeDraft, { shared, name, arn }: Own): ChangeDraft {
  const { Parameters } = draft.call.input as { Parameters?: [] }
  return {
    ...draft,
    title: draft.title.replace(shared.name, name),
    call: call('redshift:ModifyClusterParameterGroup', {
      ParameterGroupName: name,
      Parameters: Parameters ?? [],
    }),
    // The group is not there yet, so nothing is set in it.
    effects: draft.effects.filter(isOfGroup).map((effect) => ({ ...effect, resource: arn, before: null })),
    console: draft.console.replace(shared.name, name),
    notes: [`${shared.name} and the other clusters that use it stay as they are`],
    undo: { none: 'the group is deleted as a whole' },
  }
}

const isOfGroup = ({ resource }: { resource: string }) =>
  resourceOf(resource)?.type === 'redshift:parameter-group'

function attach(draft: ChangeDraft, { cluster, shared, name }: Own): ChangeDraft {
  const to = (ParameterGroupName: string) =>
    call('redshift:ModifyCluster', {
      ClusterIdentifier: cluster.name,
      ClusterParameterGroupName: ParameterGroupName,
    })
  const place = `Amazon Redshift › Clusters › ${cluster.name} › Properties › Database configurations › Edit parameter group`
  const before = (cluster.facts.ClusterParameterGroups ?? []).map((group) => group.ParameterGroupName ?? '')
  const statuses = (cluster.facts.ClusterParameterGroups ?? []).map(
    (group) => group.ParameterApplyStatus ?? '',
  )
  return {
    title: `Attach ${cluster.name} to parameter group ${name}`,
    call: to(name),
    effects: [
      { resource: cluster.arn, fact: 'parameterGroup', before, after: [name] },
      {
        resource: cluster.arn,
        fact: 'parameterApplyStatus',
        before: statuses,
        after: statuses.map(() => 'pending-reboot'),
      },
    ],
    console: `${place}: ${name}`,
    impact: draft.impact,
    undo: { call: to(shared.name), console: `${place}: ${shared.name}` },
  }
}
