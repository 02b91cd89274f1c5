// How a person sees a plan before approving it: what it cannot know, each step, the cost of all, and what it leaves out.

import { groupBy } from '#kit/group.ts'
import { counted, harmless } from '#kit/text.ts'
import type { LeftOut } from '#model/plan.ts'
import { withCommandLines } from '../command-line.ts'
import { indented, type Look, lines, verbatim } from './page.ts'
import { nextWords, nothingToPlan, type PlanSight, planWarnings } from './plan-basis.ts'
import { viewConsequences } from './plan-cost.ts'
import { viewStep } from './plan-step.ts'

/** The whole plan; or only why there is none. */
export function viewPlan(sight: PlanSight, look: Look): string {
  const { plan, basis } = sight
  const { id, madeFrom, steps, leftOut } = plan
  const warnings = planWarnings(basis, look).flatMap(({ text, type }) => [
    ...indented(text, look, '').map((line) => look.paint('warn', line)),
    `  ${harmless(type)}`,
    '',
  ])
  const next = verbatim('Next', nextWords(sight).map(look.line), look)
  if (steps.length + leftOut.length === 0) {
    return lines([...warnings, ...indented(nothingToPlan(sight), look, ''), next])
  }
  return lines([
    ...warnings,
    look.paint('strong', `Plan ${harmless(id)}: ${counted(steps.length, 'step')}`),
    `made ${harmless(plan.madeAt)} from assessment ${harmless(madeFrom.id)}`,
    ...steps.flatMap((step) => viewStep(step, steps, look)),
    ...viewConsequences(steps, look),
    ...viewLeftOut(leftOut, look),
    next,
  ])
}

function viewLeftOut(leftOut: readonly LeftOut[], look: Look): string[] {
  if (leftOut.length === 0) return []
  const groups = groupBy(leftOut, ({ practice, why }) => `${practice}: ${why}`)
  return [
    '',
    look.paint('strong', 'Left out'),
    ...[...groups].flatMap(([reason, same]) => [
      ...indented(harmless(withCommandLines(reason, look.line)), look),
      ...same.map(({ resource }) => `    ${harmless(resource)}`),
    ]),
  ]
}
