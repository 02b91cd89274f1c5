// What a plan costs in all: reboots, deletions, what has no way back, and the permissions.

import { counted, harmless } from '#kit/text.ts'
import { isoDay } from '#kit/time.ts'
import type { Step } from '#model/plan.ts'
import { indented, type Look } from './page.ts'
import { undoImpact, undoneWith } from './step-words.ts'

/** The section "In all". */
export function viewConsequences(steps: readonly Step[], look: Look): string[] {
  if (steps.length === 0) return []
  const restarts = steps.filter(({ impact }) => impact === 'reboot')
  const deleting = steps.filter(({ deletesDataAt }) => deletesDataAt)
  // The notes of these steps say which data, and when: AWS tells no day.
  const undated = steps.filter(({ impact, deletesDataAt }) => impact === 'deletes data' && !deletesDataAt)
  const deletions = deleting.flatMap(({ deletesDataAt }) => deletesDataAt ?? []).sort()
  // One call may let many expire.
  const deleted = new Set(deleting.flatMap(({ effects }) => effects.map(({ resource }) => resource))).size
  const permissions = [...new Set(steps.flatMap((step) => step.permissions))].sort()
  const first = deletions[0]
  const texts = [
    ...(restarts.length > 0 ? restarted(restarts) : ['- no cluster reboots']),
    ...(first
      ? [`- ${counted(deleted, 'snapshot')} will be deleted, the first on ${isoDay(first)}`]
      : undated.length > 0
        ? []
        : ['- no data is deleted']),
    ...undated.map(({ id, title }) => `- ${id} deletes data: ${title}`),
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
      ? [`the undo reboots again: ${namesOf(reboots, 'ClusterIdentifier', 'workgroupName').join(', ')}`]
      : []),
  ]
}

function restarted(steps: readonly Step[]): string[] {
  const clusters = namesOf(steps, 'ClusterIdentifier')
  const workgroups = namesOf(steps, 'workgroupName')
  return [
    ...(clusters.length > 0
      ? [`- ${counted(clusters.length, 'cluster')} will reboot: ${clusters.join(', ')}`]
      : []),
    ...(workgroups.length > 0
      ? [`- ${counted(workgroups.length, 'workgroup')} will restart: ${workgroups.join(', ')}`]
      : []),
  ]
}

/** The warehouses that steps are made on, each once. */
function namesOf(steps: readonly Step[], ...members: string[]): string[] {
  const inputs = steps.map(({ call }) => call.input as Record<string, unknown>)
  return [...new Set(inputs.flatMap((input) => members.flatMap((member) => input[member] ?? [])).map(String))]
}
