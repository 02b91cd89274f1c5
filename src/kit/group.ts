// Items that belong together. Node 20 has no Map.groupBy.

import { madeOnce } from './made-once.ts'

/** The items by key, in the order in which the keys appear. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    madeOnce(groups, keyOf(item), () => []).push(item)
  }
  return groups
}
