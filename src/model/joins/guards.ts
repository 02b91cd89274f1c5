// The security groups in front of a resource and the prefix lists that they name.

import { retold } from '../inventory.ts'
import type { JoinIndex } from '../join-index.ts'
import { listsNamed } from '../reach.ts'
import { type GuardsRead, isGap, type Resource, type ResourceType } from '../resource.ts'
import { type Join, listed, missing, together, toldBy } from './join.ts'

/** The security groups with these ids, and the prefix lists that their rules for this port name. */
export function guarded<T extends ResourceType>(
  idsOf: (resource: Resource<T>) => readonly string[],
  portOf: (resource: Resource<T>) => number | undefined,
) {
  const groups = (resource: Resource<T>, index: JoinIndex) =>
    together(
      idsOf(resource).map((id) => {
        const group = index.find('ec2:security-group', id)
        return group
          ? listed(index, 'ec2:security-group', group.facts)
          : missing(index.shard, 'ec2:security-group')
      }),
      toldBy(resource as Resource, []),
    )
  return {
    securityGroups: groups,
    guardsRead: ((resource, index) => {
      const securityGroups = idsOf(resource).flatMap(
        (id) => index.find('ec2:security-group', id)?.facts ?? [],
      )
      const port = portOf(resource)
      const prefixLists = (port === undefined ? [] : listsNamed(securityGroups, port)).flatMap((id) => {
        const entries = index.find('ec2:prefix-list', id)?.asked.entries
        return entries && !isGap(entries) ? [[id, entries.value] as const] : []
      })
      const read: GuardsRead = { securityGroups, prefixLists: Object.fromEntries(prefixLists) }
      return toldBy(resource as Resource, read)
    }) as Join<T>,
    prefixLists: ((resource, index) => {
      const found = groups(resource, index)
      if (isGap(found)) return found
      // Where its port is not told, nothing is judged by them.
      const port = portOf(resource)
      const unique = port === undefined ? [] : listsNamed(found.value, port)
      const lists = together(
        unique.map(
          (id) => index.find('ec2:prefix-list', id)?.asked.entries ?? missing(index.shard, 'ec2:prefix-list'),
        ),
        retold(found, []),
      )
      if (isGap(lists)) return lists
      return retold(lists, Object.fromEntries(unique.map((id, at) => [id, lists.value[at] ?? []])))
    }) as Join<T>,
  }
}
