// A person at an apply or undo: shown what is about to happen, asked once, and told while it lasts.

import { counted, harmless } from '#kit/text.ts'
import { isoDay } from '#kit/time.ts'
import type { Step } from '#model/plan.ts'
import type { Watch } from './outcomes.ts'
import type { Terminal } from './terminal.ts'

/** What is about to be done. */
export type Intention = { verb: 'Take' | 'Undo'; steps: readonly Step[]; yes: boolean }

/** How the app floor asks and tells. */
export function attend({ verb, steps, yes }: Intention, terminal: Terminal) {
  const watch: Watch = ({ step, doing }) => {
    const line = `${step.id} ${harmless(step.title)}: ${harmless(doing)}`
    // In a log there is no progress line to redraw: only what has ended is worth one.
    if (terminal.interactive) terminal.progress(line)
    else if (!/^(calling|waiting)/.test(doing)) terminal.tell(line)
  }
  return {
    watch,
    approve: async () => {
      for (const line of shortList(verb, steps)) terminal.tell(line)
      const accounts = [...new Set(steps.map(({ account }) => account))].join(', ')
      return yes || terminal.confirm(`${verb} ${counted(steps.length, 'step')} in ${accounts}?`)
    },
  }
}

function shortList(verb: Intention['verb'], steps: readonly Step[]): string[] {
  return steps.map((step) => {
    const also = step.reboot?.alsoApplies ?? []
    const deletes =
      step.deletesDataAt && verb === 'Take' ? `, deletes data on ${isoDay(step.deletesDataAt)}` : ''
    const brings = also.length > 0 ? `, also applies ${also.join(', ')}` : ''
    const back = verb === 'Undo' && 'none' in step.undo ? ` (stays: ${step.undo.none})` : ''
    return harmless(`  ${step.id}  ${step.title}  [impact: ${step.impact}${deletes}${brings}]${back}`)
  })
}
