// Turning the pages of a list into resources, with what is asked of each, and into how the list ended.

import { pool } from '#kit/pool.ts'
import { kinds } from '#model/kinds.ts'
import { documentOf } from '#model/policy-document.ts'
import {
  type Answer,
  type Gap,
  isGap,
  type Place,
  type PolicyDocument,
  type Resource,
  type ResourceType,
  type ResourceTypes,
  resourceFrom,
  type Told,
} from '#model/resource.ts'
import type { Entry, Only } from './collector.ts'
import type { Door } from './door.ts'

/** How many single questions (a logging status, the policy of a key) are under way at once in a region. */
export const width = 8

type Pages<F> = AsyncGenerator<Told<F[]> | Gap>

/**
 * Yields the resources of each page, each with what `ask` adds to it, then how the list ended. `only` leaves out the
 * others of a list that AWS cannot narrow; nothing is asked of those.
 */
export async function* listing<T extends ResourceType, F extends ResourceTypes[T]['facts']>(
  type: T,
  place: Place,
  pages: Pages<F>,
  {
    only,
    ask,
  }: { only?: Only | undefined; ask?: (resource: Resource<T>) => Promise<Resource<T>['asked']> } = {},
): AsyncGenerator<Entry[]> {
  let count = 0
  let end: Answer<number> | undefined
  for await (const page of pages) {
    if (isGap(page)) {
      end = page
      continue
    }
    const resources = page.value
      .map((facts) => resourceFrom(type, place, page, facts))
      .filter(({ arn }) => !only || arn === only.arn)
    const told = ask
      ? await pool(resources, width, async (one) => ({ ...one, asked: await ask(one) }))
      : resources
    count += told.length
    yield told.map((resource) => ({ resource: resource as Resource }))
    end = { ...page, value: count }
    // Else it would be held here until the next page comes, as `counted` in engine/collect.ts tells.
    for (const held of [page.value, resources, told]) held.length = 0
  }
  if (end) yield [{ list: type, answer: end }]
}

/** The answers to several questions by their names, asked at once; those of no interest are left out. */
export async function answers<A extends object>(
  questions: { [N in keyof A]: () => Promise<A[N]> },
  wanted: (name: string) => boolean,
): Promise<Partial<A>> {
  const asked = Object.entries<() => Promise<unknown>>(questions).filter(([name]) => wanted(name))
  const told = await Promise.all(asked.map(async ([name, ask]) => [name, await ask()] as const))
  return Object.fromEntries(told) as Partial<A>
}

/** The list of a type that no call of its own lists, to its end: each resource was named by another. */
export function followed(type: ResourceType, resources: readonly Resource[], takenAt: string): Entry[] {
  const answer = { source: kinds[type].source, takenAt, value: resources.length }
  return [...resources.map((resource) => ({ resource })), { list: type, answer }]
}

/** All pages of a list as one answer, or the gap that broke it off. */
export async function whole<T>(pages: AsyncGenerator<Told<T[]> | Gap>): Promise<Answer<T[]>> {
  let all: Told<T[]> | undefined
  for await (const page of pages) {
    if (isGap(page)) return page
    all = { ...page, value: [...(all?.value ?? []), ...page.value] }
  }
  if (!all) throw new Error('a list gave neither a page nor a gap')
  return all
}

/** An answer in which AWS says by an error that there is none, such as a bucket without a policy, with the value that means it. */
export function orNone<T>(answer: Answer<T>, codes: readonly string[], none: T): Answer<T> {
  if (!isGap(answer) || !codes.includes(answer.code)) return answer
  const { source, takenAt } = answer
  return { source, takenAt, value: none }
}

/** How Redshift and Redshift Serverless say that a resource has no policy. */
export const noPolicy = ['ResourceNotFoundException', 'ResourceNotFoundFault', 'ResourceNotFound']

/** The resource policy of a namespace, which Redshift keeps for clusters and for serverless; most have none. */
export async function namespacePolicy(door: Door, ResourceArn: string): Promise<Answer<PolicyDocument>> {
  const answer = await door.ask('redshift:GetResourcePolicy', { ResourceArn }, ({ ResourcePolicy }) =>
    documentOf(ResourcePolicy?.Policy),
  )
  return orNone(answer, noPolicy, null)
}
