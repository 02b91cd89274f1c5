// Many snapshots that get the same retention in one call, and what AWS refuses of it.

import { counted } from '#kit/text.ts'
import { type Call, call, permissionsOf } from '#model/action.ts'
import type { Json } from '#model/plain.ts'
import type { Step } from '#model/plan.ts'
import { resourceOf } from '#model/resource.ts'

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_BatchModifyClusterSnapshots.html */
const largestBatch = 100

type Part = { step: Step; snapshot: string; days: number; before: number }

/**
 * The steps with those that set a retention gathered: one call for up to 100 snapshots that get the same retention and
 * had the same one. A step that needs another, or that another needs, stays by itself.
 */
export function batched(steps: readonly Step[]): Step[] {
  const needed = new Set(steps.flatMap(({ after }) => after))
  const groups = new Map<string, Part[]>()
  for (const step of steps) {
    const part = needed.has(step.id) || step.after.length > 0 ? undefined : partOf(step)
    if (!part) continue
    const key = [step.account, step.region, part.days, part.before, step.impact, step.graceDays].join(' ')
    const group = groups.get(key)
    if (group) group.push(part)
    else groups.set(key, [part])
  }
  const batches = new Map<Step, Step>()
  const swallowed = new Set<Step>()
  for (const group of groups.values()) {
    for (let at = 0; at < group.length; at += largestBatch) {
      const parts = group.slice(at, at + largestBatch)
      const [first] = parts
      if (!first || parts.length < 2) continue
      batches.set(first.step, batchOf(first, parts))
      for (const { step } of parts.slice(1)) swallowed.add(step)
    }
  }
  return steps.filter((step) => !swallowed.has(step)).map((step) => batches.get(step) ?? step)
}

/** What a step sets on one snapshot, if that is all it does. */
function partOf(step: Step): Part | undefined {
  if (step.call.action !== 'redshift:ModifyClusterSnapshot' || !('call' in step.undo)) return undefined
  const { input } = step.call
  const undo = step.undo.call
  if (undo.action !== 'redshift:ModifyClusterSnapshot') return undefined
  const { ManualSnapshotRetentionPeriod: days } = input
  const { ManualSnapshotRetentionPeriod: before } = undo.input
  if (days === undefined || before === undefined || !input.SnapshotIdentifier) return undefined
  return { step, snapshot: input.SnapshotIdentifier, days, before }
}

function batchOf({ step, days, before }: Part, parts: readonly Part[]): Step {
  const { notes: _, deletesDataAt: __, ...first } = step
  const SnapshotIdentifierList = parts.map(({ snapshot }) => snapshot)
  const keep = (ManualSnapshotRetentionPeriod: number) =>
    call('redshift:BatchModifyClusterSnapshots', { SnapshotIdentifierList, ManualSnapshotRetentionPeriod })
  const all = parts.map((part) => part.step)
  const dates = all.flatMap(({ deletesDataAt }) => deletesDataAt ?? []).sort()
  const [earliest] = dates
  const spoken = (n: number) => (n < 0 ? 'for ever' : `for ${counted(n, 'day')}`)
  const place = 'Amazon Redshift › Clusters › Snapshots › each of them › Actions › Manual snapshot settings'
  return {
    ...first,
    title: `Keep ${counted(parts.length, 'snapshot')} ${spoken(days)}`,
    call: keep(days),
    permissions: permissionsOf(keep(days)),
    console: `${place}: ${days < 0 ? 'indefinitely' : counted(days, 'day')}`,
    ...(earliest ? { deletesDataAt: earliest } : {}),
    effects: all.flatMap(({ effects }) => effects),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
    undo: {
      call: keep(before),
      console: `${place}: ${before < 0 ? 'indefinitely' : counted(before, 'day')}`,
      ...harmOf(all),
    },
    assumes: all.flatMap(({ assumes }) => assumes),
    closes: all.flatMap(({ closes }) => closes),
  }
}

/** What taking them all back does: it is the same for each, though not on the same day. */
function harmOf(steps: readonly Step[]) {
  const undos = steps.flatMap(({ undo }) => ('call' in undo ? undo : []))
  const warning = [...new Set(undos.flatMap((undo) => undo.warning ?? []))].join('; ')
  const impact = undos.find((undo) => undo.impact)?.impact
  return { ...(impact && { impact }), ...(warning && { warning }) }
}

/** A resource of a step that AWS refused while it took the others, and why. */
export type Refused = { resource: string; why: string }

type BatchError = { SnapshotIdentifier?: string; FailureCode?: string; FailureReason?: string }

/** What AWS refused inside an answer that says 200: https://docs.aws.amazon.com/redshift/latest/APIReference/API_SnapshotErrorMessage.html */
export function refusedIn({ call: made, effects }: Step, answer: Json): Refused[] {
  if (made.action !== 'redshift:BatchModifyClusterSnapshots') return []
  const errors = (answer as { Errors?: BatchError[] }).Errors ?? []
  return errors.flatMap(({ SnapshotIdentifier = '', FailureCode = 'no code', FailureReason = '' }) => {
    const effect = effects.find(({ resource }) => snapshotOf(resource) === SnapshotIdentifier)
    const why = `${SnapshotIdentifier}: AWS answered ${FailureCode}${FailureReason ? `: ${FailureReason}` : ''}`
    return effect ? [{ resource: effect.resource, why }] : []
  })
}

const snapshotOf = (arn: string) => resourceOf(arn)?.name.split('/').at(-1)

/** A step without what AWS refused of it: what it moved, and what its undo takes back. */
export function withoutRefused(step: Step, refused: readonly Refused[] | undefined): Step {
  if (!refused || refused.length === 0) return step
  const gone = new Set(refused.map(({ resource }) => resource))
  const names = new Set(refused.map(({ resource }) => snapshotOf(resource)))
  const less = <C extends Call>(whole: C): C =>
    whole.action === 'redshift:BatchModifyClusterSnapshots'
      ? {
          ...whole,
          input: {
            ...whole.input,
            SnapshotIdentifierList: whole.input.SnapshotIdentifierList?.filter((name) => !names.has(name)),
          },
        }
      : whole
  return {
    ...step,
    call: less(step.call),
    effects: step.effects.filter(({ resource }) => !gone.has(resource)),
    undo: 'call' in step.undo ? { ...step.undo, call: less(step.undo.call) } : step.undo,
  }
}
