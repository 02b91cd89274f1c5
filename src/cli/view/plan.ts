// How a person sees a plan before approving it: what each step changes, by which call, at what cost, and the way back.

import { counted, harmless } from '#kit/text.ts'
import { isoDay } from '#kit/time.ts'
import type { Impact, LeftOut, Plan, Step } from '#model/plan.ts'
import { groupBy } from './group.ts'
import { indented, type Look, lines, verbatim } from './page.ts'
import type { Role } from './paint.ts'
import { spokenValue } from './words.ts'
import { padTo } from './wrap.ts'

/** The whole plan. `next` are the command lines to offer at its end. */
export function viewPlan(plan: Plan, look: Look, next: readonly string[] = []): string {
  const { id, madeFrom, steps, leftOut } = plan
  return lines([
    look.paint('strong', `Plan ${harmless(id)}: ${counted(steps.length, 'step')}`),
    `made ${harmless(plan.madeAt)} from assessment ${harmless(madeFrom.id)}`,
    ...steps.flatMap((step) => viewStep(step, look)),
    ...viewConsequences(steps, look),
    ...viewLeftOut(leftOut, look),
    ...(next.length > 0 ? [verbatim('Next', next, look)] : []),
  ])
}

const impactRoles: Record<Impact, Role> = {
  none: 'good',
  reboot: 'warn',
  'read-only window': 'warn',
  'deletes data': 'bad',
  irreversible: 'bad',
}

function viewStep(step: Step, look: Look): string[] {
  const { id, title, account, region, call, cli, permissions, after } = step
  const field = (name: string, text: string) => fieldLines(name, text, look)
  return [
    '',
    `${look.paint('name', harmless(id))}  ${look.paint('strong', harmless(title))}  ${look.paint(impactRoles[step.impact], `impact: ${step.impact}`)}`,
    ...field('where', `${account} ${region}${after.length > 0 ? `, after ${after.join(', ')}` : ''}`),
    ...step.effects.flatMap(({ resource, fact, before, after: then }) => [
      ...field('changes', `${fact}: ${spokenValue(before)} → ${spokenValue(then)}`),
      ...field('', resource),
    ]),
    ...field('call', `${call.action} ${JSON.stringify(call.input)}`),
    ...field('cli', cli),
    ...field('console', step.console),
    ...field('needs', permissions.join(', ')),
    ...rebootLines(step, look),
    ...(step.deletesDataAt ? field('deletes', `the data on ${isoDay(step.deletesDataAt)}`) : []),
    ...step.notes.flatMap((note) => field('note', note)),
    ...undoLines(step, look),
  ]
}

/** A restart applies everything that waits for one, also what others have left there. */
function rebootLines({ reboot }: Step, look: Look): string[] {
  if (!reboot) return []
  const { brings, alsoApplies } = reboot
  return [
    ...fieldLines('applies', brings.join(', ') || 'nothing of this plan', look),
    ...(alsoApplies.length > 0
      ? fieldLines('also', `applies what others left pending: ${alsoApplies.join(', ')}`, look)
      : []),
  ]
}

function undoLines({ undo }: Step, look: Look): string[] {
  if ('none' in undo) return fieldLines('undo', `none: ${undo.none}`, look)
  return [
    ...fieldLines('undo', undo.cli ?? `${undo.call.action} ${JSON.stringify(undo.call.input)}`, look),
    ...fieldLines('', undo.console, look),
  ]
}

/** One named field, on one line so that it can be copied. */
function fieldLines(name: string, text: string, look: Look): string[] {
  return [`    ${look.paint('dim', padTo(name, 8))}  ${harmless(text)}`]
}

function viewConsequences(steps: readonly Step[], look: Look): string[] {
  if (steps.length === 0) return []
  const reboots = steps.filter(({ reboot }) => reboot)
  const deletions = steps.flatMap(({ deletesDataAt }) => deletesDataAt ?? []).sort()
  const final = steps.filter(({ undo }) => 'none' in undo)
  const permissions = [...new Set(steps.flatMap((step) => step.permissions))].sort()
  const first = deletions[0]
  const texts = [
    reboots.length > 0
      ? `- ${counted(reboots.length, 'cluster')} will reboot: ${reboots.map(({ call }) => nameOf(call.input)).join(', ')}`
      : '- no cluster reboots',
    first
      ? `- ${counted(deletions.length, 'snapshot')} will be deleted, the first on ${isoDay(first)}`
      : '- no data is deleted',
    `- ${final.length === 0 ? 'every step can be undone' : `no undo for ${final.map(({ id }) => id).join(', ')}`}`,
    `- permissions: ${permissions.join(', ')}`,
  ]
  return ['', look.paint('strong', 'In all'), ...texts.flatMap((text) => indented(harmless(text), look))]
}

function nameOf(input: object): string {
  return 'ClusterIdentifier' in input ? String(input.ClusterIdentifier) : ''
}

function viewLeftOut(leftOut: readonly LeftOut[], look: Look): string[] {
  if (leftOut.length === 0) return []
  const groups = groupBy(leftOut, ({ practice, why }) => `${practice}: ${why}`)
  return [
    '',
    look.paint('strong', 'Left out'),
    ...[...groups].flatMap(([reason, same]) => [
      ...indented(harmless(reason), look),
      ...same.map(({ resource }) => `    ${harmless(resource)}`),
    ]),
  ]
}
