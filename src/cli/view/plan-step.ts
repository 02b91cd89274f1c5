// One step of a plan, whole: what it changes, the call in three forms, what it takes, and the way back.

import { harmless } from '#kit/text.ts'
import type { Json } from '#model/plain.ts'
import type { Impact, Step } from '#model/plan.ts'
import type { Look } from './page.ts'
import type { Role } from './paint.ts'
import { impactWords, pendingWords, undoImpact, undoneWith } from './step-words.ts'
import { spokenValue } from './words.ts'
import { padTo } from './wrap.ts'

const impactRoles: Record<Impact, Role> = {
  none: 'good',
  reboot: 'warn',
  'read-only window': 'warn',
  'deletes data': 'bad',
  irreversible: 'bad',
}

/** A step among the others of its plan. */
export function viewStep(step: Step, steps: readonly Step[], look: Look): string[] {
  const { id, title, account, region, call, cli, permissions, after } = step
  const field = (name: string, text: string) => fieldLines(name, text, look)
  return [
    '',
    `${look.paint('name', harmless(id))}  ${look.paint('strong', harmless(title))}  ${look.paint(impactRoles[step.impact], `impact: ${impactWords(step)}`)}`,
    ...field('where', `${account} ${region}${after.length > 0 ? `, after ${after.join(', ')}` : ''}`),
    ...step.effects.flatMap(({ resource, fact, before, after: then }) => [
      ...field('changes', `${fact}: ${factWords(fact, before, step, steps)} → ${spokenValue(then)}`),
      ...field('', resource),
    ]),
    ...field('call', `${call.action} ${JSON.stringify(call.input)}`),
    ...field('cli', cli),
    ...field('console', step.console),
    ...field('needs', permissions.join(', ')),
    ...rebootLines(step, steps, look),
    ...step.notes.flatMap((note) => field('note', note)),
    ...undoLines(step, steps, look),
  ]
}

/** A restart applies everything that waits for one, also what others have left there. */
function rebootLines(step: Step, steps: readonly Step[], look: Look): string[] {
  if (!step.reboot) return []
  const { brings, alsoApplies } = step.reboot
  return [
    ...fieldLines('applies', pendingWords(brings, step, steps) || 'nothing of this plan', look),
    ...(alsoApplies.length > 0
      ? fieldLines('also', `applies what others left pending: ${alsoApplies.join(', ')}`, look)
      : []),
  ]
}

/** What waits for a restart may be every parameter of a group: too many to read. */
function factWords(fact: string, value: Json, step: Step, steps: readonly Step[]): string {
  const isPending = fact === 'pendingAtReboot' && Array.isArray(value) && value.length > 0
  return isPending ? pendingWords(value.map(String), step, steps) : spokenValue(value)
}

function undoLines(step: Step, steps: readonly Step[], look: Look): string[] {
  const { undo } = step
  if ('none' in undo) {
    const other = undoneWith(step, steps)
    return fieldLines('undo', other ? `with ${other}: ${undo.none}` : `none: ${undo.none}`, look)
  }
  const impact = undoImpact(step)
  return [
    ...fieldLines('undo', undo.cli ?? `${undo.call.action} ${JSON.stringify(undo.call.input)}`, look),
    ...fieldLines('', undo.console, look),
    ...(impact === 'none' ? [] : fieldLines('', `impact of the undo: ${impact}`, look)),
    ...(undo.warning ? fieldLines('', `! undoing it: ${undo.warning}`, look) : []),
  ]
}

/** One named field, on one line so that it can be copied. */
function fieldLines(name: string, text: string, look: Look): string[] {
  return [`    ${look.paint('dim', padTo(name, 8))}  ${harmless(text)}`]
}
