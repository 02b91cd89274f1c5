// A person at an apply or undo: shown what is about to happen, asked once, and told while it lasts.

import { counted, harmless } from '#kit/text.ts'
import { spoken } from '#kit/time.ts'
import type { Step } from '#model/plan.ts'
import type { Watch } from './outcomes.ts'
import type { Terminal } from './terminal.ts'
import { impactWords, pendingWords, undoImpact, undoneWith } from './view/step-words.ts'

/** What is about to be done: these of all the steps of the plan, in this order. */
export type Intention = {
  verb: 'Take' | 'Undo'
  steps: readonly Step[]
  all: readonly Step[]
  yes: boolean
}

/** How the app floor asks and tells. */
export function attend(intention: Intention, terminal: Terminal) {
  const { verb, steps, yes } = intention
  const began = new Map<string, number>()
  const watch: Watch = ({ step, doing }) => {
    const started = began.get(step.id) ?? Date.now()
    began.set(step.id, started)
    const line = `${step.id} ${harmless(step.title)}: ${harmless(doing)}`
    // In a log there is no progress line to redraw: only what has ended is worth one.
    if (terminal.interactive) terminal.progress(`${line} (${spoken(Date.now() - started)})`)
    else if (!/^(calling|waiting)/.test(doing)) terminal.tell(line)
  }
  return {
    watch,
    approve: async () => {
      for (const line of shortList(intention)) terminal.tell(line)
      const accounts = [...new Set(steps.map(({ account }) => account))].join(', ')
      return yes || terminal.confirm(`${verb} ${counted(steps.length, 'step')} in ${accounts}?`)
    },
  }
}

function shortList({ verb, steps, all }: Intention): string[] {
  const lines = steps.flatMap((step) => (verb === 'Take' ? [takeLine(step, all)] : undoLines(step, all)))
  return lines.map(harmless)
}

function takeLine(step: Step, all: readonly Step[]): string {
  const also = step.reboot?.alsoApplies ?? []
  const brings = also.length > 0 ? `, also applies ${pendingWords(also, step, all)}` : ''
  return `  ${step.id}  ${step.title}  [impact: ${impactWords(step)}${brings}]`
}

/** What an undo does is not what the title of its step says: the call, what it does to users, what it cannot do. */
function undoLines(step: Step, all: readonly Step[]): string[] {
  const { id, title, undo } = step
  if ('none' in undo) {
    const other = undoneWith(step, all)
    return [`  ${id}  "${title}" ${other ? `is undone with ${other}` : `stays: ${undo.none}`}`]
  }
  return [
    `  ${id}  takes back "${title}"  [impact: ${undoImpact(step)}]`,
    `      ${undo.cli ?? `${undo.call.action} ${JSON.stringify(undo.call.input)}`}`,
    ...(undo.warning ? [`      ! ${undo.warning}`] : []),
  ]
}
