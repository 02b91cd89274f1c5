// What an action of `redoubt do` takes: which calls it looks at, makes, takes back and proves, from its examples.

import { exampleEstate } from '#actions/examples.ts'
import { actions } from '#actions/index.ts'
import { nearest } from '#kit/nearest.ts'
import { harmless } from '#kit/text.ts'
import type { ReadAction } from '#model/action.ts'
import { needsOf } from '#model/explanation.ts'
import { Problem } from '#model/problem.ts'
import type { WishAction } from '#model/wish.ts'

const shelf: readonly WishAction[] = actions

/** All actions. */
export const allActions = (): readonly WishAction[] => shelf

/** The action of a name, such as `snapshot create` or `snapshot-create`. Throws a Problem when there is none. */
export function actionCalled(name: string): WishAction {
  const action = shelf.find((candidate) => [candidate.name, candidate.name.replace(' ', '-')].includes(name))
  if (action) return action
  const names = shelf.map((candidate) => candidate.name)
  const near = nearest(name, names)
  const todo = near ? `Did you mean "redoubt do ${near}"?` : `There are ${names.join(', ')}.`
  throw new Problem('usage', `There is no action "${harmless(name)}".`, todo)
}

export type WishNeeds = { reads: ReadAction[] } & ReturnType<typeof needsOf>

/** What an action takes, as its examples show. */
export function wishNeeds(action: WishAction): WishNeeds {
  const { estate, asked } = exampleEstate()
  const wishes = action.examples.flatMap((options) => action.wishes(options, estate))
  return { reads: [...asked].sort(), ...needsOf(wishes.flatMap(({ drafts }) => drafts)) }
}
