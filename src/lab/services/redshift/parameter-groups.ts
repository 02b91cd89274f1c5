// Parameter groups: making, reading, changing and deleting them.

import type * as client from '@aws-sdk/client-redshift'
import { type ClusterParameterGroup, ClusterParameterGroupNotFoundFault$ } from '@aws-sdk/client-redshift'
import type { Region } from '../../state.ts'
import { fault } from '../../wire/errors.ts'
import type { Operations } from '../../wire/operations.ts'
import type { ParameterGroup } from './model.ts'
import { pageOf } from './page.ts'
import { describeParameters, families } from './parameters.ts'
import { matchesTags } from './tags.ts'

/** The group of that name, or ClusterParameterGroupNotFound. Group names are kept in lower case. */
export function getGroup({ redshift }: Region, name: string): ParameterGroup {
  const group = redshift.groups.get(name.toLowerCase()) ?? defaultGroup(name.toLowerCase())
  // Wording: moto, checked against AWS.
  if (!group) throw fault(ClusterParameterGroupNotFoundFault$, `ClusterParameterGroup not found: ${name}`)
  return group
}

// Every region has the default group of each family; nothing can change them, so they are made when looked at.
const defaults = new Map(
  Object.keys(families).map((family): [string, ParameterGroup] => [
    `default.${family}`,
    {
      name: `default.${family}`,
      family,
      description: `Default parameter group for ${family}`,
      tags: [],
      values: new Map(),
    },
  ]),
)

/** The default group of that name, which no region lacks. */
export function defaultGroup(name: string): ParameterGroup | undefined {
  return defaults.get(name)
}

export const parameterGroupOperations = {
  DescribeClusterParameterGroups(input, { region }) {
    const one = input.ParameterGroupName
    const chosen = one ? [getGroup(region, one)] : [...defaults.values(), ...region.redshift.groups.values()]
    const matching = chosen.filter(({ tags }) => matchesTags(tags, input))
    const { items, ...marker } = pageOf(matching, ({ name }) => name, input)
    return { ParameterGroups: items.map(viewGroup), ...marker }
  },

  DescribeClusterParameters(input, { region }) {
    const parameters = describeParameters(getGroup(region, input.ParameterGroupName))
    const matching = parameters.filter(({ Source }) => !input.Source || Source === input.Source)
    const { items, ...marker } = pageOf(matching, ({ ParameterName }) => ParameterName, input)
    return { Parameters: items, ...marker }
  },
} satisfies Operations<typeof client>

function viewGroup({ name, family, description, tags }: ParameterGroup): ClusterParameterGroup {
  return { ParameterGroupName: name, ParameterGroupFamily: family, Description: description, Tags: tags }
}
