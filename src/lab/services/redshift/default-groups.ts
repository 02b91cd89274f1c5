// The default parameter group of each family, which every region has from the start and nothing can change.

import type { ParameterGroup } from './model.ts'
import { families } from './parameters.ts'

const prefix = 'default.'

/** A region's default groups, by name. */
export function defaultGroups(): Map<string, ParameterGroup> {
  return new Map(
    Object.keys(families).map((family): [string, ParameterGroup] => {
      const name = prefix + family
      const description = `Default parameter group for ${family}`
      return [name, { name, family, description, tags: [], values: new Map() }]
    }),
  )
}

/** Whether a group is one of them. No other group has a dot in its name. */
export function isDefault({ name }: Pick<ParameterGroup, 'name'>): boolean {
  return name.startsWith(prefix)
}
