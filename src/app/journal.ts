// What was done: the plans that have a journal, and what each journal says.

import { stepsToUndo } from '#engine/undo.ts'
import type { JournalEntry } from '#model/journal.ts'
import type { Plan } from '#model/plan.ts'
import { documentIds } from '#store/documents.ts'
import { journalIds, readJournal } from '#store/journals.ts'
import { loadPlan } from './plans.ts'
import type { Workspace } from './workspace.ts'

/** A plan with everything that happened to it, oldest first. */
export type PlanHistory = { plan: string; entries: JournalEntry[] }

/** Every plan of the workspace, oldest first; one that was never begun has no entries. */
export async function planHistories({ folder }: Workspace): Promise<PlanHistory[]> {
  const ids = new Set([...(await documentIds(folder, 'plans')), ...(await journalIds(folder))])
  return Promise.all(
    [...ids].sort().map(async (plan) => ({ plan, entries: await readJournal(folder, plan) })),
  )
}

/** One plan, and what happened to it. */
export async function planHistory(
  workspace: Workspace,
  idOrPath: string,
): Promise<PlanHistory & { steps: Plan['steps'] }> {
  const { id, steps } = await loadPlan(workspace, idOrPath)
  return { plan: id, steps, entries: await readJournal(workspace.folder, id) }
}

/** The steps that an undo of a plan would take back, in its order, for a person to approve. */
export async function stepsTaken({ folder }: Workspace, plan: Plan): Promise<Plan['steps']> {
  return stepsToUndo(plan, await readJournal(folder, plan.id))
}
