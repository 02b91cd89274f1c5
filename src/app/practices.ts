// The practices by their ids, and what there is to say about each without looking at any resource.

import { type Explanation, explanationOf } from '#model/explanation.ts'
import type { AnyPractice } from '#model/practice.ts'
import { Problem } from '#model/problem.ts'
import { exampleNow } from '#practices/examples.ts'
import { practices } from '#practices/index.ts'

const shelf: readonly AnyPractice[] = practices

/** The ids and titles of all practices. */
export function listPractices(): { id: string; title: string }[] {
  return shelf.map(({ id, title }) => ({ id, title }))
}

/** The practices with these ids, or all. Throws a Problem for an id that does not exist. */
export function choosePractices(ids: readonly string[] = []): readonly AnyPractice[] {
  return ids.length === 0 ? shelf : ids.map(getPractice)
}

/** Explains one practice, offline. */
export function explain(id: string): Explanation {
  return explanationOf(getPractice(id), exampleNow)
}

function getPractice(id: string): AnyPractice {
  const practice = shelf.find((candidate) => candidate.id === id)
  if (practice) return practice
  const known = shelf.map((candidate) => candidate.id).join(', ')
  throw new Problem('usage', `There is no practice ${JSON.stringify(id)}.`, `Choose one of ${known}.`)
}
