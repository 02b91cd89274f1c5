// A wish: something a person wants done, rather than a finding to be closed. It becomes the same kind of plan.

import type { Draft } from './practice.ts'
import type { Resource, ResourceType } from './resource.ts'
import type { Policy } from './settings.ts'

/** What a person says with a wish, by the names of the options. */
export type WishOptions = {
  cluster?: string
  namespace?: string
  snapshot?: readonly string[]
  name?: string
  /** Days, or `forever`. */
  retention?: string
  account?: string
  key?: string
  alias?: string
  bucket?: string
  prefix?: string
  cloudwatch?: boolean
  force?: boolean
  /** Where something new is made. */
  at?: string
}

/** The newest inventory, as a wish asks it. A name that fits nothing, or several things, throws a Problem. */
export type Estate = {
  policy: Policy
  /** When the plan is made, by AWS's clock. */
  now: string
  /** No data may be deleted sooner. */
  graceDays: number
  partition: string
  accounts: readonly string[]
  regions: readonly string[]
  /** The resource of one of these types with an ARN, or with a name where only one has it. */
  one<T extends ResourceType>(word: string, ...types: T[]): Resource<T>
  /** What is known of a resource beyond its facts. Throws a Problem when it could not be read. */
  answer(resource: Resource, need: string): unknown
  all(): readonly Resource[]
  /** The calls that did not tell all of these types, each with where: `redshift:DescribeClusters in eu-west-1`. */
  unread(types: readonly ResourceType[]): string[]
}

/** What is to be done about one resource; `region` and `account` are where it is, or where it will be. */
export type Wish = { resource: string; account: string; region: string; drafts: Draft[] }

export type WishAction = {
  /** The words that call for it: `snapshot create`. */
  name: string
  summary: string
  /** The options that it cannot do without, and those that it can. */
  requires: readonly (keyof WishOptions)[]
  takes?: readonly (keyof WishOptions)[]
  wishes(options: WishOptions, estate: Estate): Wish[]
  /** What may be wished for in the estate of `src/actions/examples.ts`: between them they make every call of the action. */
  examples: readonly WishOptions[]
}

/** Defines an action of `redoubt do`. */
export function defineAction(action: WishAction): WishAction {
  return action
}
