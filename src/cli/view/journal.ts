// How a person reads journals: how far each plan has come, and what happened to one of them, line by line.

import { harmless } from '#kit/text.ts'
import type { JournalEntry } from '#model/journal.ts'
import type { Json } from '#model/plain.ts'
import type { Step } from '#model/plan.ts'
import { type Look, lines } from './page.ts'
import { table } from './table.ts'
import { shellWord, spokenValue } from './words.ts'

type History = { plan: string; entries: readonly JournalEntry[] }

/** All plans of a workspace. */
export function viewHistories(histories: readonly History[], look: Look): string {
  if (histories.length === 0)
    return `Nothing was planned yet. Begin with "${look.line('scan')}" and "${look.line('plan')}".`
  const rows = histories.map(({ plan, entries }) => {
    const last = entries.at(-1)
    return [
      { text: harmless(plan), role: 'name' as const },
      last ? harmless(last.at) : '–',
      progressOf(entries, plan, look),
    ]
  })
  return lines([
    table(['plan', 'last entry', 'state'], rows, look),
    '',
    `Next: ${look.line('journal <plan>')}`,
  ])
}

/** How far a plan has come, in words. */
function progressOf(entries: readonly JournalEntry[], plan: string, look: Look): string {
  const last = entries.at(-1)
  if (!last) return 'not begun'
  if (last.event !== 'ended')
    return `broke off after "${wordsOf(last)}"; to go on: ${resumeLine(entries, plan, look)}`
  const verb = last.verb === 'undo' ? 'undone' : 'applied'
  if (last.complete) return verb
  return entries.at(-2)?.event === 'staged' ? 'staged: its reboots wait' : `${verb} in part`
}

/** An undo goes on by itself; an apply wants to be told that it may. */
function resumeLine(entries: readonly JournalEntry[], plan: string, look: Look): string {
  const began = entries.findLast(({ event }) => event === 'began')
  const word = shellWord(plan)
  return look.line(
    began?.event === 'began' && began.verb === 'undo' ? `undo ${word}` : `apply ${word} --resume`,
  )
}

/** Everything that happened to one plan. */
export function viewHistory(history: History & { steps: readonly Step[] }, look: Look): string {
  const { plan, entries, steps } = history
  if (entries.length === 0)
    return `Plan ${harmless(plan)} was not begun. Next: ${look.line(`apply ${harmless(plan)}`)}`
  const rows = entries.map((entry) => [
    harmless(entry.at),
    'step' in entry ? { text: harmless(entry.step), role: 'name' as const } : '',
    harmless(wordsOf(entry)),
  ])
  return lines([
    look.paint('strong', `Plan ${harmless(plan)}`),
    ...steps.map(({ id, title }) => `  ${look.paint('name', id)}  ${harmless(title)}`),
    '',
    table(['at', 'step', 'what happened'], rows, look),
  ])
}

function wordsOf(entry: JournalEntry): string {
  switch (entry.event) {
    case 'began':
      return `${entry.verb} began`
    case 'calling':
      return 'calling AWS'
    case 'undoing':
      return 'calling AWS to undo'
    case 'called':
    case 'undone-called':
      return `AWS took the call${entry.requestId ? ` (request ${entry.requestId})` : ''}`
    case 'inForce':
      return `in force: ${factsOf(entry.facts)}`
    case 'undone':
      return `undone: ${factsOf(entry.facts)}`
    case 'failed':
    case 'undo-failed':
      return `failed: ${entry.error}`
    case 'skipped':
      return `skipped: ${entry.because}`
    case 'staged':
      return `staged; ${entry.waiting.join(', ')} wait for --resume`
    case 'ended':
      return `${entry.verb} ended${entry.complete ? '' : ', incomplete'}`
  }
}

/** The facts that proved a step; the ARNs that they belong to stand in the plan. */
function factsOf(facts: Record<string, Json>): string {
  const all = Object.entries(facts).map(
    ([fact, value]) => `${fact.slice(fact.lastIndexOf(' ') + 1)} ${spokenValue(value)}`,
  )
  return all.join(', ') || 'nothing to prove'
}
