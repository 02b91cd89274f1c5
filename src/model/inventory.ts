// All resources and gaps taken at one time: a manifest, and one shard for each account and region.

import { type Answer, type Gap, isGap, type Resource, type ResourceType, type Told } from './resource.ts'
import type { ReadLogs } from './settings.ts'

/** What a list call told: how many resources it gave, or why it could not be read to its end. */
export type Lists = Partial<Record<ResourceType, Answer<number>>>

/** Everything taken in one account and region. */
export type Shard = {
  partition: string
  account: string
  region: string
  lists: Lists
  resources: Resource[]
}

/** A line of a shard: a resource, or how a list ended. */
export type ShardLine = { resource: Resource } | { list: ResourceType; answer: Answer<number> }

/** What the manifest says of a shard; `file` lies beside the manifest. */
export type ShardEntry = {
  partition: string
  account: string
  region: string
  file: string
  sha256: string
  resources: Partial<Record<ResourceType, number>>
  gaps: Gap[]
}

/** The head of an inventory: when and where it was taken, by whom, and which shards it has. */
export type Manifest = {
  schema: 'redoubt.inventory/1'
  id: string
  /** When AWS gave the first answer, by AWS's own clock: the time that judgements are made for. */
  madeAt: string
  /** The ARN that asked. */
  caller: string
  accounts: string[]
  regions: string[]
  /** The option of the scan that chose its regions, if one did, rather than the settings or the environment. */
  regionsBy?: 'allRegions' | 'region'
  /** Over how many days user activity logs were read, where they were. */
  readLogs?: ReadLogs
  /** How many AWS calls it took, retries not counted. */
  calls: number
  /** True when the collection was stopped before its end. */
  interrupted: boolean
  shards: ShardEntry[]
}

/** A manifest with the shards at hand, each read when it is asked for. */
export type Inventory = {
  manifest: Manifest
  shards(): AsyncIterable<Shard>
  /** The lines of one shard, some at a time: for those who need not hold it whole. */
  lines(entry: ShardEntry): AsyncIterable<ShardLine[]>
}

/** The gaps among some answers. */
export function gapsAmong(answers: readonly (Answer<unknown> | undefined)[]): Gap[] {
  return answers.filter((answer): answer is Gap => answer !== undefined && isGap(answer))
}

/** The resources of one type in a shard. */
export function listOf<T extends ResourceType>(shard: Shard, type: T): Resource<T>[] {
  return shard.resources.filter((resource) => resource.type === type) as Resource<T>[]
}

/** The same answer about something else: keeps source and time, replaces the value. */
export function retold<T>(told: Told<unknown>, value: T): Told<T> {
  return { ...told, value }
}
