// What a plan rests on, in words: what is not known, why there may be nothing to plan, and what to type next.

import type { PlanBasis } from '#app/plans.ts'
import { counted } from '#kit/text.ts'
import type { Plan } from '#model/plan.ts'
import { nounOf, resourceOf } from '#model/resource.ts'
import type { Look } from './page.ts'
import { shellWord } from './words.ts'

/** A plan, what it rests on, what was asked for, and the name that `apply` knows it by. */
export type PlanSight = {
  plan: Plan
  basis: PlanBasis
  practices: readonly string[]
  resources: readonly string[]
  name: string
}

/** What is not in a plan because nobody knows it, and what to type. */
export function planWarnings({ unknown, missing, interrupted }: PlanBasis, { line }: Pick<Look, 'line'>) {
  const grant = missing.length > 0 ? `Grant ${missing.join(', ')} and scan again:` : 'Scan again:'
  const texts = [
    ...(unknown > 0
      ? [`? ${counted(unknown, 'finding is', 'findings are')} unknown and not planned for. ${grant}`]
      : []),
    ...(interrupted
      ? ['! The scan was interrupted: what it had not seen by then is not planned for. Scan again:']
      : []),
  ]
  return texts.map((text) => ({ text, type: line('scan') }))
}

/** "Cluster sales has no failing finding of snapshot-shared." */
export function nothingToPlan({ practices, resources }: PlanSight): string {
  const named = resources.map((arn) => {
    const place = resourceOf(arn)
    return place ? `${nounOf(place.type)} ${place.name}` : arn
  })
  const who = named.length > 0 ? named.join(', ') : 'no resource'
  const has = named.length > 1 ? 'have' : 'has'
  const finding = named.length > 0 ? 'no failing finding' : 'a failing finding'
  const of = practices.length > 0 ? ` of ${practices.join(', ')}` : ''
  return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${has} ${finding}${of}: there is nothing to plan.`
}

/** The words of the commands that lead on. */
export function nextWords({ plan: { steps, leftOut }, practices, resources, name }: PlanSight): string[] {
  if (steps.length > 0) return [`apply ${shellWord(name)}`]
  const [left] = leftOut
  if (left) {
    const resource = shellWord(left.resource)
    const byName = left.why.includes('--resource') ? [`plan --resource ${resource}`] : []
    return [`explain ${left.practice}`, `show ${resource}`, ...byName]
  }
  const [resource] = resources
  if (resource) return [`show ${shellWord(resource)}`]
  return practices.length > 0 ? ['plan'] : ['scan']
}
