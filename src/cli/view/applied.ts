// How a person sees what apply, undo and verify came to: each step, then the proof, then what to type next.

import { counted, harmless } from '#kit/text.ts'
import type { Finding } from '#model/finding.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome, UndoOutcome, Verification } from '../outcomes.ts'
import { indented, type Look, lines, verbatim } from './page.ts'
import type { Role } from './paint.ts'
import { undoneWith } from './step-words.ts'
import { sentence, spokenValue, statusCell } from './words.ts'

/** A plan, how the person named it, and when the findings of a practice close. */
type Applied = { plan: Plan; name: string; laterOf(practice: string): string | undefined }

/** What an apply came to. */
export function viewApplied(
  { plan, name, laterOf }: Applied,
  outcome: ApplyOutcome,
  verification: Verification,
  look: Look,
): string {
  const { done, failed, skipped, waiting } = outcome
  const isWhole = failed.length + skipped.length + waiting.length === 0
  const fates = new Map<string, Fate>([
    ...done.map((id) => [id, { sign: '✓', role: 'good', text: withNote('in force', id, outcome) }] as const),
    ...failed.map(({ step, error }) => [step, { sign: '✗', role: 'bad', text: `failed: ${error}` }] as const),
    ...skipped.map(
      ({ step, because }) => [step, { sign: '–', role: 'dim', text: `skipped: ${because}` }] as const,
    ),
    ...waiting.map((id) => [id, { sign: '…', role: 'warn', text: 'waits for its window' }] as const),
  ])
  const next = [
    isWhole ? `verify ${name}` : `apply ${name} --resume`,
    ...(done.length > 0 ? [`undo ${name}`] : []),
  ]
  return lines([
    headline(
      isWhole ? 'Applied' : waiting.length > 0 && failed.length === 0 ? 'Staged' : 'Stopped',
      plan,
      look,
    ),
    ...stepLines(plan, fates, look),
    ...proof(verification, look),
    ...(isWhole ? stillOpen(verification, laterOf, look) : []),
    verbatim('Next', next.map(look.line), look),
  ])
}

/** Findings that fail although every step is in force: which close by themselves, and what that waits for. */
function stillOpen({ findings }: Verification, laterOf: Applied['laterOf'], look: Look): string[] {
  const failing = findings.filter(({ status }) => status === 'fail')
  if (failing.length === 0) return []
  const closing = failing.filter(({ practice }) => laterOf(practice))
  const reasons = [...new Set(closing.map(({ practice }) => laterOf(practice) ?? ''))]
  const rest = failing.length - closing.length
  const sentences = [
    'Every step is in force.',
    ...(closing.length > 0
      ? [`${counted(closing.length, 'finding closes', 'findings close')} later: ${reasons.join(' ')}`]
      : []),
    ...(rest > 0 ? [`${counted(rest, 'finding still fails', 'findings still fail')}; see above.`] : []),
  ]
  return ['', ...indented(sentences.join(' '), look, '')]
}

/** What an undo came to. */
export function viewUndone(
  { plan, name }: Pick<Applied, 'plan' | 'name'>,
  outcome: UndoOutcome,
  verification: Verification,
  look: Look,
): string {
  const { undone, failed, skipped, kept } = outcome
  const keptBy = ({ step: id, because }: UndoOutcome['kept'][number]): Fate => {
    const step = plan.steps.find((candidate) => candidate.id === id)
    const other = step && undoneWith(step, plan.steps)
    if (other && undone.includes(other)) return { sign: '✓', role: 'good', text: `undone with ${other}` }
    return { sign: '–', role: 'warn', text: `stays: ${because}` }
  }
  const fates = new Map<string, Fate>([
    ...undone.map(
      (id) =>
        [
          id,
          { sign: '✓', role: 'good', text: withNote('undone: the facts are as they were', id, outcome) },
        ] as const,
    ),
    ...failed.map(({ step, error }) => [step, { sign: '✗', role: 'bad', text: `failed: ${error}` }] as const),
    ...skipped.map(
      ({ step, because }) => [step, { sign: '–', role: 'dim', text: `skipped: ${because}` }] as const,
    ),
    ...kept.map((fate) => [fate.step, keptBy(fate)] as const),
  ])
  return lines([
    headline(failed.length > 0 ? 'Stopped' : 'Undone', plan, look),
    ...stepLines(plan, fates, look),
    ...(verification.wish ? unwishedLines(verification.wish, look) : proof(verification, look)),
    verbatim('Next', [look.line(failed.length > 0 ? `undo ${name}` : 'scan')], look),
  ])
}

/** What a look at the touched resources told. */
export function viewVerification(verification: Verification, look: Look): string {
  return lines(proof(verification, look).slice(1))
}

/** Why nothing is done with a plan that left everything out. */
export function viewNoSteps({ id }: Plan, verb: 'apply' | 'rehearse' | 'verify', look: Look): string {
  return lines(indented(`Plan ${harmless(id)} has no steps: there is nothing to ${verb}.`, look, ''))
}

function withNote(text: string, id: string, { notes = [] }: Pick<ApplyOutcome, 'notes'>): string {
  return [text, ...notes.flatMap(({ step, note }) => (step === id ? [note] : []))].join('; ')
}

type Fate = { sign: string; role: Role; text: string }

function headline(word: string, { id, steps }: Plan, { paint }: Look): string {
  return paint('strong', `${word}: plan ${harmless(id)}, ${counted(steps.length, 'step')}`)
}

function stepLines({ steps }: Plan, fates: ReadonlyMap<string, Fate>, look: Look): string[] {
  return steps.flatMap(({ id, title }) => {
    const fate = fates.get(id)
    if (!fate) return []
    const { sign, role, text } = fate
    return [
      `  ${look.paint(role, sign)} ${harmless(id)}  ${harmless(title)}`,
      ...indented(harmless(text), look, '        '),
    ]
  })
}

function proof({ findings, gone, deleted, wish }: Verification, look: Look): string[] {
  if (wish) return wishLines(wish, look)
  if (findings.length + gone.length + deleted.length === 0) return []
  return [
    '',
    look.paint('strong', 'Looked again'),
    ...findings.flatMap((finding) => findingLines(finding, look)),
    ...deletedLines(deleted, look),
    ...gone.map((arn) => `  – ${harmless(arn)} does not exist any more`),
  ]
}

/** What a plan deleted, and is not there. */
export function deletedLines(deleted: readonly string[], look: Look): string[] {
  return deleted.map((arn) => `  ${look.paint('good', '✓')} ${harmless(arn)} is deleted`)
}

function wishLines({ held, open }: NonNullable<Verification['wish']>, look: Look): string[] {
  return [
    '',
    look.paint('strong', 'Looked again'),
    `  ${look.paint('good', '✓')} ${counted(held, 'fact is', 'facts are')} as wished`,
    ...open.flatMap((sentence) => indented(harmless(`✗ ${sentence}`), look)),
  ]
}

/** After an undo nothing is to be as it was wished: what still is stands out. */
function unwishedLines({ held, open }: NonNullable<Verification['wish']>, look: Look): string[] {
  return [
    '',
    look.paint('strong', 'Looked again'),
    ...open.flatMap((sentence) => indented(harmless(`✓ ${sentence}`), look)),
    ...(held > 0 ? [`  – ${counted(held, 'fact is', 'facts are')} still as wished`] : []),
  ]
}

function findingLines(finding: Finding, look: Look): string[] {
  const { text, role } = statusCell(finding.status)
  const value = (state: Finding['inForce']) => (state ? spokenValue(state.value) : '–')
  const states = `configured ${value(finding.configured)} · in force ${value(finding.inForce)} · observed ${value(finding.observed)}`
  return [
    `  ${look.paint(role, text)}  ${look.paint('name', harmless(finding.practice))}`,
    `    ${harmless(finding.resource)}`,
    ...indented(sentence(finding.message), look, '    '),
    `    ${look.paint('dim', states)}`,
  ]
}
