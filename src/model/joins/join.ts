// What gives one answer about a resource, and the ways to put one together from what other resources tell.

import { retold } from '../inventory.ts'
import type { Beyond, JoinIndex } from '../join-index.ts'
import { kinds } from '../kinds.ts'
import {
  type Answer,
  type Gap,
  isGap,
  notCollected,
  type Resource,
  type ResourceType,
  type Told,
} from '../resource.ts'

/** Gives one answer about a resource. */
export type Join<T extends ResourceType> = (
  resource: Resource<T>,
  index: JoinIndex,
  beyond: Beyond,
) => Answer<unknown>

/** A list's own answer with another value; the gap when the list could not be read to its end. */
export function listed<T>({ shard }: JoinIndex, type: ResourceType, value: T): Answer<T> {
  const list = shard.lists[type]
  return list && !isGap(list) ? retold(list, value) : missing(shard, type)
}

export function missing(
  { lists }: JoinIndex['shard'],
  type: ResourceType,
  message = 'this was not collected',
): Gap {
  const list = lists[type]
  if (list && isGap(list)) return list
  return {
    source: kinds[type].source,
    takenAt: '',
    gap: 'failed',
    code: notCollected,
    message,
  }
}

/** The answers about several resources as one: the first gap, or all values. */
export function together<T>(answers: readonly Answer<T>[], none: Answer<T[]>): Answer<T[]> {
  const values: T[] = []
  let last: Told<unknown> | undefined
  for (const answer of answers) {
    if (isGap(answer)) return answer
    values.push(answer.value)
    last = answer
  }
  return last ? retold(last, values) : none
}

/** The same, but where one of the values decides by itself, what could not be read of the others does not matter. */
export function decided<T>(
  answers: readonly Answer<T>[],
  none: Answer<T[]>,
  decides: (value: T) => boolean,
): Answer<T[]> {
  const told = answers.filter((answer): answer is Told<T> => !isGap(answer))
  return told.some(({ value }) => decides(value)) ? together(told, none) : together(answers, none)
}

/** A resource's own list, for answers that need no other: nothing is attached to it. */
export const toldBy = <T>({ source, takenAt }: Resource, value: T): Told<T> => ({ source, takenAt, value })

/** All resources of a type that fit. */
export const every =
  <
    T extends ResourceType,
    O extends Exclude<ResourceType, 'redshift:snapshot' | 'redshift-serverless:snapshot'>,
  >(
    type: O,
    fits: (other: Resource<O>, resource: Resource<T>) => boolean = () => true,
  ): Join<T> =>
  (resource, index) =>
    listed(
      index,
      type,
      index
        .all(type)
        .filter((other) => fits(other, resource))
        .map(({ facts }) => facts),
    )

/** The resource of a type that a member of the facts names; null where it names none, or none is there. */
export const named =
  <
    T extends ResourceType,
    O extends Exclude<ResourceType, 'redshift:snapshot' | 'redshift-serverless:snapshot'>,
  >(
    type: O,
    nameOf: (resource: Resource<T>) => string | undefined,
  ): Join<T> =>
  (resource, index) => {
    const name = nameOf(resource)
    return name === undefined
      ? toldBy(resource as Resource, null)
      : listed(index, type, index.find(type, name)?.facts ?? null)
  }

/** The names of the clusters that fit. */
export const clustersThat =
  <T extends ResourceType>(
    fits: (cluster: Resource<'redshift:cluster'>, resource: Resource<T>) => boolean,
  ): Join<T> =>
  (resource, index) =>
    listed(
      index,
      'redshift:cluster',
      index
        .all('redshift:cluster')
        .filter((cluster) => fits(cluster, resource))
        .map(({ name }) => name),
    )
