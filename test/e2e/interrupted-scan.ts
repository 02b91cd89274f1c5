// A scan that was stopped, without racing one: the newest assessment, written again as one that says so.

import { newest } from '#app/plans.ts'
import type { Workspace } from '#app/workspace.ts'
import { writeAssessment } from '#store/assessments.ts'
import { idFor } from '#store/documents.ts'

/** Saves the newest assessment once more, as of an interrupted scan. */
export async function interruptNewest({ folder }: Workspace): Promise<void> {
  const { assessment } = await newest({ folder } as Workspace)
  const { id: _, schema: __, hash: ___, tallies, findings, ...head } = assessment
  const writer = await writeAssessment(folder, idFor(Date.parse(assessment.madeAt) + 60_000, 'later'))
  for await (const finding of findings()) await writer.add(finding)
  await writer.finish({ ...head, interrupted: true }, tallies)
}
