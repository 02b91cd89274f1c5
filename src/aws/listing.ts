// Turning the pages of a list into resources, with what is asked of each, and into how the list ended.

import { pool } from '#kit/pool.ts'
import { kinds } from '#model/kinds.ts'
import { type Answer, type Gap, isGap, type Resource, type ResourceType, type Told } from '#model/resource.ts'
import type { Entry, Only } from './collector.ts'

/** How many single questions (a logging status, the policy of a key) are under way at once in a region. */
export const width = 8

type Pages<F> = AsyncGenerator<Told<F[]> | Gap>

/**
 * Yields the resources of each page, each with its answers, then how the list ended. `only` leaves out the others of a
 * list that AWS cannot narrow.
 */
export async function* listing<T extends ResourceType, F>(
  type: T,
  pages: Pages<F>,
  toResource: (facts: F, page: Told<F[]>) => Resource<T> | Promise<Resource<T>>,
  only?: Only,
): AsyncGenerator<Entry> {
  let count = 0
  let end: Answer<number> | undefined
  for await (const page of pages) {
    if (isGap(page)) {
      end = page
      continue
    }
    const resources = await pool(page.value, width, async (facts) => toResource(facts, page))
    for (const resource of resources) {
      if (only && resource.arn !== only.arn) continue
      count++
      yield { resource: resource as Resource }
    }
    end = { ...page, value: count }
  }
  if (end) yield { list: type, answer: end }
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

/** How the list of a type ends that no call of its own lists: each resource was named by another. */
export function followed(type: ResourceType, count: number, takenAt: string): Entry {
  return { list: type, answer: { source: kinds[type].source, takenAt, value: count } }
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
