// A scan that was stopped, without racing one: the newest assessment, written again as one that says so.

import { newest } from '#app/plans.ts'
import type { Workspace } from '#app/workspace.ts'
import { hashOf } from '#kit/hash.ts'
import { idFor, saveDocument } from '#store/documents.ts'

/** Saves the newest assessment once more, as of an interrupted scan. */
export async function interruptNewest(workspace: Workspace): Promise<void> {
  const { assessment } = await newest(workspace)
  const { id: _, ...rest } = { ...assessment, interrupted: true }
  const id = idFor(Date.parse(assessment.madeAt) + 60_000, hashOf(rest))
  await saveDocument(workspace.folder, 'assessments', { ...rest, id })
}
