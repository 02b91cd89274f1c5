// What a step does and how it is taken back, in the few words that fit on a line.

import { counted } from '#kit/text.ts'
import { isoDay } from '#kit/time.ts'
import type { Impact, Step } from '#model/plan.ts'

/** `reboot`, or `deletes data on 2027-01-31`: the impact, with the day where there is one. */
export function impactWords({ impact, deletesDataAt }: Step): string {
  if (!deletesDataAt) return impact
  const deletes = `deletes data on ${isoDay(deletesDataAt)}`
  return impact === 'deletes data' ? deletes : `${impact}, ${deletes}`
}

/** What taking a step back does to those who use the warehouse. */
export function undoImpact({ undo }: Step): Impact {
  return ('call' in undo && undo.impact) || 'none'
}

/** The step whose undo takes this one back as well: what a plan creates is deleted as a whole. */
export function undoneWith(step: Step, steps: readonly Step[]): string | undefined {
  if ('call' in step.undo) return undefined
  const creator = steps.find(
    ({ undo, effects }) =>
      'call' in undo &&
      step.effects.every(({ resource }) =>
        effects.some((effect) => effect.resource === resource && effect.fact === 'exists' && effect.after),
      ),
  )
  return step.effects.length > 0 ? creator?.id : undefined
}

/** As many names as a person reads. */
const fewNames = 5

/** What a restart brings in force: each by its name, or as many parameters of a group. */
export function pendingWords(names: readonly string[], step: Step, steps: readonly Step[]): string {
  const parameters = names.filter((name) => !isModification(name))
  if (parameters.length <= fewNames) return names.join(', ')
  const group = groupAfter(step, steps)
  const many = `${counted(parameters.length, 'parameter')}${group ? ` of group ${group}` : ''}`
  return [many, ...names.filter(isModification)].join(', ')
}

/** A modification of the cluster, `NodeType=ra3.large`, stands among parameters that have only their name. */
function isModification(name: string): boolean {
  return name.includes('=') || name === 'MasterUserPassword'
}

/** The parameter group that the cluster of a step has at its end, where the plan attaches it to one. */
function groupAfter({ effects: [own] }: Step, steps: readonly Step[]): string | undefined {
  const attached = steps
    .flatMap(({ effects }) => effects)
    .findLast(({ resource, fact }) => resource === own?.resource && fact === 'parameterGroup')
  return Array.isArray(attached?.after) ? attached.after.join(', ') : undefined
}
