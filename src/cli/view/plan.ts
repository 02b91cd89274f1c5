// How a person sees a plan before approving it: what each step changes, by which call, at what cost, and the way back.

import type { PlanBasis } from '#app/plans.ts'
import { counted, harmless } from '#kit/text.ts'
import { isoDay } from '#kit/time.ts'
import type { Json } from '#model/plain.ts'
import type { Impact, LeftOut, Plan, Step } from '#model/plan.ts'
import { nounOf, resourceOf } from '#model/resource.ts'
import { withCommandLines } from '../command-line.ts'
import { groupBy } from './group.ts'
import { indented, type Look, lines, verbatim } from './page.ts'
import type { Role } from './paint.ts'
import { impactWords, pendingWords, undoImpact, undoneWith } from './step-words.ts'
import { shellWord, spokenValue } from './words.ts'
import { padTo } from './wrap.ts'

/** A plan, what it rests on, what was asked for, and the name that `apply` knows it by. */
export type PlanSight = {
  plan: Plan
  basis: PlanBasis
  practices: readonly string[]
  resources: readonly string[]
  name: string
}

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
function nothingToPlan({ practices, resources }: PlanSight): string {
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
function nextWords({ plan: { steps, leftOut }, practices, resources, name }: PlanSight): string[] {
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

const impactRoles: Record<Impact, Role> = {
  none: 'good',
  reboot: 'warn',
  'read-only window': 'warn',
  'deletes data': 'bad',
  irreversible: 'bad',
}

function viewStep(step: Step, steps: readonly Step[], look: Look): string[] {
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

function viewConsequences(steps: readonly Step[], look: Look): string[] {
  if (steps.length === 0) return []
  const reboots = steps.filter(({ reboot }) => reboot)
  const deletions = steps.flatMap(({ deletesDataAt }) => deletesDataAt ?? []).sort()
  const permissions = [...new Set(steps.flatMap((step) => step.permissions))].sort()
  const first = deletions[0]
  const texts = [
    reboots.length > 0
      ? `- ${counted(reboots.length, 'cluster')} will reboot: ${reboots.map(({ call }) => nameOf(call.input)).join(', ')}`
      : '- no cluster reboots',
    first
      ? `- ${counted(deletions.length, 'snapshot')} will be deleted, the first on ${isoDay(first)}`
      : '- no data is deleted',
    ...wayBack(steps).map((text) => `- ${text}`),
    `- permissions: ${permissions.join(', ')}`,
  ]
  return ['', look.paint('strong', 'In all'), ...texts.flatMap((text) => indented(harmless(text), look))]
}

/** Whether everything can be undone, and at what cost. */
function wayBack(steps: readonly Step[]): string[] {
  const covered = steps.filter((step) => undoneWith(step, steps))
  const final = steps.filter((step) => 'none' in step.undo && !covered.includes(step))
  const warned = steps.flatMap(({ id, undo }) =>
    'call' in undo && undo.warning ? [`undoing ${id}: ${undo.warning}`] : [],
  )
  const reboots = steps.filter((step) => undoImpact(step) === 'reboot')
  return [
    ...(final.length + warned.length === 0 ? ['every step can be undone'] : []),
    ...(final.length > 0 ? [`no undo for ${final.map(({ id }) => id).join(', ')}`] : []),
    ...covered.map((step) => `${step.id} is undone with ${undoneWith(step, steps)}`),
    ...warned,
    ...(reboots.length > 0
      ? [`the undo reboots again: ${reboots.map(({ call }) => nameOf(call.input)).join(', ')}`]
      : []),
  ]
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
      ...indented(harmless(withCommandLines(reason, look.line)), look),
      ...same.map(({ resource }) => `    ${harmless(resource)}`),
    ]),
  ]
}
