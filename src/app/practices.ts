// The practices by their ids, and what there is to say about each without looking at any resource.

import { nearest } from '#kit/nearest.ts'
import { type Explanation, explanationOf } from '#model/explanation.ts'
import type { AnyPractice } from '#model/practice.ts'
import { Problem } from '#model/problem.ts'
import type { Settings } from '#model/settings.ts'
import { exampleNow } from '#practices/examples.ts'
import { practices } from '#practices/index.ts'

const shelf: readonly AnyPractice[] = practices

/** The ids and titles of all practices. */
export function listPractices(): { id: string; title: string }[] {
  return shelf.map(({ id, title }) => ({ id, title }))
}

/** All practices there are, whatever the settings say. */
export function allPractices(): readonly AnyPractice[] {
  return shelf
}

/**
 * The practices to judge by: those that are named, or else all that the settings leave on. Throws a Problem for an id
 * that does not exist.
 */
export function choosePractices(
  { practices: chosen }: Pick<Settings, 'practices'>,
  ids: readonly string[] = [],
): readonly AnyPractice[] {
  if (ids.length > 0) return ids.map(getPractice)
  return shelf.filter(({ id, enabledByDefault = true }) => chosen[id]?.enabled ?? enabledByDefault)
}

/** When the findings of a practice close, where that is later than its steps are in force. */
export function laterOf(id: string): string | undefined {
  return shelf.find((practice) => practice.id === id)?.remediation?.later
}

/** Explains one practice, offline. */
export function explain(id: string): Explanation {
  return explanationOf(getPractice(id), exampleNow)
}

/** The practice of an id. Throws a Problem where there is none. */
export function getPractice(id: string): AnyPractice {
  const practice = shelf.find((candidate) => candidate.id === id)
  if (practice) return practice
  const known = shelf.map((candidate) => candidate.id)
  const near = nearest(id, known)
  const todo = near ? `Did you mean ${near}?` : `Choose one of ${known.join(', ')}.`
  throw new Problem('usage', `There is no practice ${JSON.stringify(id)}.`, todo)
}
