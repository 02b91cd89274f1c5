// How a person sees a rehearsal: each step of the plan with what became of it in the lab, there and back.

import type { Rehearsal, RehearsedStep } from '#app/rehearse.ts'
import { counted, harmless } from '#kit/text.ts'
import { spoken } from '#kit/time.ts'
import type { Plan } from '#model/plan.ts'
import { resourceOf } from '#model/resource.ts'
import { deletedLines } from './applied.ts'
import { indented, type Look, lines, section, verbatim } from './page.ts'
import type { Role } from './paint.ts'
import { sentence, shellWord, statusCell } from './words.ts'

/** What there is to say of a rehearsal. */
export function viewRehearsed(
  { plan, name, held }: { plan: Plan; name: string; held: boolean },
  rehearsal: Rehearsal,
  look: Look,
): string {
  const { steps, after, waited, left } = rehearsal
  const word = held ? 'Rehearsed, and it held' : 'Rehearsed, and it did not hold'
  return lines([
    look.paint(
      'strong',
      `${word}: plan ${harmless(plan.id)}, ${counted(steps.length, 'step')}, in a lab made of its scan`,
    ),
    ...steps.flatMap((step) => stepLines(step, look)),
    '',
    look.paint('strong', waited > 0 ? `The findings, there, ${spoken(waited)} later` : 'The findings, there'),
    ...after.findings.flatMap(({ status, practice, resource, message }) => {
      const { text, role } = statusCell(status)
      return [
        `  ${look.paint(role, text)}  ${look.paint('name', harmless(practice))}`,
        `    ${harmless(resource)}`,
        ...indented(sentence(message), look, '    '),
      ]
    }),
    ...deletedLines(after.deleted, look),
    ...after.gone.map((arn) => `  – ${harmless(arn)} does not exist any more`),
    ...(left.length > 0
      ? [
          section(
            'Not in the lab',
            left.map((line) => `- ${line}`),
            look,
          ),
        ]
      : []),
    verbatim('Next', [look.line(held ? `apply ${name}` : toLookAt(plan, rehearsal))], look),
  ])
}

/** What shows the resource that did not come through: of a step that failed, or of a finding that stays open. */
function toLookAt(plan: Plan, { steps, after }: Rehearsal): string {
  const broken = steps.find(
    ({ applied, undone }) => applied !== 'inForce' || undone === 'failed' || undone === 'notTaken',
  )
  const [effect] = plan.steps.find(({ id }) => id === broken?.id)?.effects ?? []
  const open = after.findings.find(({ status }) => status !== 'pass')
  const resource = [effect?.resource, open?.resource].find((arn) => arn && resourceOf(arn))
  return resource ? `show ${shellWord(resource)}` : 'scan'
}

function stepLines(step: RehearsedStep, look: Look): string[] {
  const { sign, role, text } = fateOf(step)
  return [
    `  ${look.paint(role, sign)} ${harmless(step.id)}  ${harmless(step.title)}`,
    ...indented(harmless(text), look, '        '),
  ]
}

function fateOf({ applied, why = '', took, stopsAfter, undone, undoWhy = '' }: RehearsedStep): {
  sign: string
  role: Role
  text: string
} {
  if (applied === 'unserved') return { sign: '?', role: 'warn', text: `could not be rehearsed: ${why}` }
  if (applied === 'failed') return { sign: '✗', role: 'bad', text: `failed: ${why}` }
  if (applied === 'skipped') return { sign: '–', role: 'dim', text: `skipped: ${why}` }
  const time = took === undefined ? '' : took < 1_000 ? ' at once' : ` after ${spoken(took)}`
  const resumed = stopsAfter ? ` (apply waits ${spoken(stopsAfter)}: go on with --resume)` : ''
  const there = `in force${time}${resumed}`
  if (undone === 'undone') return { sign: '✓', role: 'good', text: `${there}; undone, and as it was before` }
  if (undone === 'kept') return { sign: '✓', role: 'warn', text: `${there}; stays: ${undoWhy}` }
  return { sign: '✗', role: 'bad', text: `${there}; not undone${undoWhy ? `: ${undoWhy}` : ''}` }
}
