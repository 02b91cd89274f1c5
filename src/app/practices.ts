// The practices by their ids, and what there is to say about each without looking at any resource.

import { type Explanation, explanationOf } from '#model/explanation.ts'
import { Problem } from '#model/problem.ts'
import { exampleNow } from '#practices/examples.ts'
import { practices } from '#practices/index.ts'

/** The ids and titles of all practices. */
export function listPractices(): { id: string; title: string }[] {
  return practices.map(({ id, title }) => ({ id, title }))
}

/** Explains one practice, offline. */
export function explain(id: string): Explanation {
  const practice = practices.find((candidate) => candidate.id === id)
  if (practice) return explanationOf(practice, exampleNow)
  const known = practices.map((candidate) => candidate.id).join(', ')
  throw new Problem('usage', `There is no practice ${JSON.stringify(id)}.`, `The practices are ${known}.`)
}
