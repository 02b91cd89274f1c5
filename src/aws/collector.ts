// What a collector is: it takes one AWS service of one account and region into the inventory.

import type { ReadAction } from '#model/action.ts'
import type { Answer, Resource, ResourceType } from '#model/resource.ts'
import type { Door } from './door.ts'

/** One resource, or the end of a list: how many there were, or why it broke off. */
export type Entry = { resource: Resource } | { list: ResourceType; answer: Answer<number> }

/** A single resource to take again, with the answers about it that are wanted. */
export type Scope = { type: ResourceType; name: string; needs: readonly string[] }

export type Collector = {
  service: string
  /** Every action it may call; permissions derive from this, and a test compares it with the calls made. */
  reads: readonly ReadAction[]
  /** The resource types whose lists it ends. */
  types: readonly ResourceType[]
  /** Takes everything, or only what the scope names and what its answers need. Refusals become gaps. */
  collect(door: Door, scope?: Scope): AsyncGenerator<Entry>
}

export function defineCollector(collector: Collector): Collector {
  return collector
}
