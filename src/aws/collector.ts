// What a collector is: it takes one AWS service of one account and region into the inventory.

import type { ReadAction } from '#model/action.ts'
import type { Answer, Gap, Resource, ResourceType, Sighting } from '#model/resource.ts'
import type { Door } from './door.ts'

/** One resource, or the end of a list: how many there were, or why it broke off. */
export type Entry = { resource: Resource } | { list: ResourceType; answer: Answer<number> }

/** One resource to take again. */
export type Only = { type: ResourceType; arn: string; name: string }

/** What a collector is to take. */
export type Wish = {
  /** The types that are wanted; of others nothing is asked. */
  types: ReadonlySet<ResourceType>
  /** Of its type, take only this resource. */
  only?: Only
  /** The answers that are wanted about it; all when absent. */
  needs?: readonly string[]
  /** What the resources of other services point at, as `follows` told: what a follower goes after. */
  leads: readonly string[]
  /** The buckets that data moves through and that are looked at here, with what logs show of them. */
  dataBuckets?: readonly { name: string; sightings: readonly Sighting[] }[]
}

export type Collector = {
  service: string
  /** Every action it may call; permissions derive from this, and a test compares it with the calls made. */
  reads: readonly ReadAction[]
  /** The resource types whose lists it ends. */
  types: readonly ResourceType[]
  /**
   * What a resource of another service points at that this collector goes after: key ARNs, names of buckets. A collector
   * that follows begins when those that list have ended, with all leads at once.
   */
  follows?: (resource: Resource) => readonly string[]
  /** The answer that is missing where it cannot be told whether a resource points at something to go after. */
  blind?: (resource: Resource) => Gap | undefined
  /** The types of the resources that it follows; all that hold data or lead to a key where it does not say. */
  led?: readonly ResourceType[]
  /** The questions about those resources, beyond their lists, whose answers it follows. */
  ledBy?: readonly ReadAction[]
  /** True for a follower whose lists are whole as soon as there is one lead, however many there may be besides. */
  oneLeadIsEnough?: true
  /** Takes what is wished, a page of a list at a time. Refusals become gaps. */
  collect(door: Door, wish: Wish): AsyncGenerator<Entry[]>
}

export function defineCollector(collector: Collector): Collector {
  return collector
}

/** True when all answers about the wished resources are wanted, or this one is. */
export function wants({ needs }: Wish, need: string): boolean {
  return needs === undefined || needs.includes(need)
}

/**
 * True when an answer about the resources of a type is wanted. What is listed for another resource's sake is asked
 * nothing by the name of that one's need: the policy of a bucket is not that of the clusters whose logs lie there.
 */
export function wantsAbout(wish: Wish, type: ResourceType, need: string): boolean {
  return wish.needs === undefined || (wish.only?.type === type && wants(wish, need))
}

/** The resource that is wished alone, if it is of this type. */
export function onlyOf({ only }: Wish, type: ResourceType): Only | undefined {
  return only?.type === type ? only : undefined
}

/** What a whole scan wishes of a collector. */
export function everything({ types }: Collector, leads: readonly string[] = []): Wish {
  return { types: new Set(types), leads }
}
