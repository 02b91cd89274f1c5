// A parameter group that several clusters share, split: the cluster gets a group of its own with the same values, and
// the change goes there instead of to all of them.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import {
  groupAttached,
  groupCreated,
  groupFilled,
  ownGroupName,
  parameterPath,
  userValues,
} from '#model/own-group.ts'
import type { ChangeDraft, Draft } from '#model/practice.ts'
import { arnOf, isGap, type ParameterGroupInUse, type Resource, resourceOf } from '#model/resource.ts'
import type { Site } from './site.ts'

type Cluster = Resource<'redshift:cluster'>
type Own = { cluster: Cluster; shared: ParameterGroupInUse; family: string; name: string; arn: string }

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
  const name = ownGroupName(cluster.name, (one) => byArn.has(arnFor(one)))
  return { cluster, shared, family, name, arn: arnFor(name) }
}

function create({ cluster, shared, family, name, arn }: Own): ChangeDraft {
  const description = `The values of ${shared.name}, for cluster ${cluster.name}`
  return groupCreated({ name, arn, family, description })
}

/** What users set in the shared group, and nothing else, is carried over. */
function copyValues({ shared, name, arn }: Own): ChangeDraft[] {
  const values = userValues(shared.parameters)
  if (values.length === 0) return []
  const title = `Copy ${counted(values.length, 'value')} of ${shared.name} to ${name}`
  const console = `${parameterPath} › ${name} › Parameters › Edit parameters`
  return [groupFilled({ name, arn }, values, { title, console })]
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

function attach({ impact }: ChangeDraft, { cluster, shared, name }: Own): ChangeDraft {
  const before = (cluster.facts.ClusterParameterGroups ?? []).map((group) => group.ParameterGroupName ?? '')
  return groupAttached(cluster, { from: shared.name, to: name, before, impact })
}
