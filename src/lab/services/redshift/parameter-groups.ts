// Parameter groups: making, reading, changing and deleting them.

import type * as client from '@aws-sdk/client-redshift'
import {
  type ClusterParameterGroup,
  ClusterParameterGroupNotFoundFault$,
  InvalidClusterParameterGroupStateFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { changeParameters } from './change-parameters.ts'
import { isDefault } from './default-groups.ts'
import { checkNewGroup } from './group-names.ts'
import { note } from './lifecycle/events.ts'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { pageOf } from './page.ts'
import { describeParameters } from './parameters.ts'
import { checkTags, matchesTags } from './tags.ts'

/** The group of that name, or ClusterParameterGroupNotFound. Group names are kept in lower case. */
export function getGroup({ redshift }: Region, name: string): ParameterGroup {
  const group = redshift.groups.get(name.toLowerCase())
  // Wording: moto, checked against AWS.
  if (!group) throw fault(ClusterParameterGroupNotFoundFault$, `ClusterParameterGroup not found: ${name}`)
  return group
}

export const parameterGroupOperations = {
  DescribeClusterParameterGroups(input, { region }) {
    const one = input.ParameterGroupName
    const chosen = one ? [getGroup(region, one)] : [...region.redshift.groups.values()]
    const matching = chosen.filter(({ tags }) => matchesTags(tags, input))
    const { items, ...marker } = pageOf(matching, ({ name }) => [name], input)
    return { ParameterGroups: items.map(viewGroup), ...marker }
  },

  DescribeClusterParameters(input, { region }) {
    const parameters = describeParameters(getGroup(region, input.ParameterGroupName))
    const matching = parameters.filter(({ Source }) => !input.Source || Source === input.Source)
    const { items, ...marker } = pageOf(matching, ({ ParameterName }) => [ParameterName], input)
    return { Parameters: items, ...marker }
  },

  CreateClusterParameterGroup(input, { region, now }) {
    const name = input.ParameterGroupName.toLowerCase()
    checkNewGroup(region, name, input.ParameterGroupFamily)
    checkTags(input.Tags ?? [])
    const group: ParameterGroup = {
      name,
      family: input.ParameterGroupFamily,
      description: input.Description,
      tags: input.Tags ?? [],
      values: new Map(),
    }
    region.redshift.groups.set(name, group)
    note(region, { number: '1003', at: now, source: name })
    return { ClusterParameterGroup: viewGroup(group) }
  },

  ModifyClusterParameterGroup(input, context) {
    const group = getGroup(context.region, input.ParameterGroupName)
    // Unverified: code and wording are those RDS answers with.
    if (isDefault(group)) throw common('InvalidParameterValue', 'Cannot modify a default parameter group.')
    changeParameters(group, input.Parameters, context)
    // Wording: API, ModifyClusterParameterGroup, sample response.
    return {
      ParameterGroupName: group.name,
      ParameterGroupStatus:
        'Your parameter group has been updated. If you changed only dynamic parameters, associated clusters are being modified now. If you changed static parameters, all updates, including dynamic parameters, will be applied when you reboot the associated clusters.',
    }
  },

  DeleteClusterParameterGroup(input, { region, now }) {
    const group = getGroup(region, input.ParameterGroupName)
    // Unverified: wording of both is that of RDS.
    if (isDefault(group)) throw stateFault(`Default ClusterParameterGroup cannot be deleted: ${group.name}`)
    if ([...region.redshift.clusters.values()].some((cluster) => usesGroup(cluster, group))) {
      const why = 'One or more clusters are still members of this parameter group'
      throw stateFault(`${why} ${group.name}, so the group cannot be deleted`)
    }
    region.redshift.groups.delete(group.name)
    note(region, { number: '1004', at: now, source: group.name })
    return {}
  },
} satisfies Operations<typeof client>

function usesGroup(cluster: ClusterRecord, { name }: ParameterGroup): boolean {
  const others = cluster.otherGroups ?? []
  return cluster.group.name === name || others.some(({ ParameterGroupName }) => ParameterGroupName === name)
}

function stateFault(message: string) {
  return fault(InvalidClusterParameterGroupStateFault$, message)
}

function viewGroup({ name, family, description, tags }: ParameterGroup): ClusterParameterGroup {
  return { ParameterGroupName: name, ParameterGroupFamily: family, Description: description, Tags: tags }
}
