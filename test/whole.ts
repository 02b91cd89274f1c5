// A kept assessment as the whole document, for tests whose estates are small.

import type { Assessment, KeptAssessment } from '#model/assessment.ts'

/** Reads all findings. */
export async function wholeOf(kept: KeptAssessment): Promise<Assessment> {
  const { hash: _, tallies: __, findings, ...head } = kept
  const all: Assessment['findings'] = []
  for await (const finding of findings()) all.push(finding)
  return { ...head, findings: all }
}

/** The same of something that has an assessment. */
export async function whole<T extends { assessment: KeptAssessment }>(
  found: Promise<T>,
): Promise<Omit<T, 'assessment'> & { assessment: Assessment }> {
  const { assessment, ...rest } = await found
  return { ...rest, assessment: await wholeOf(assessment) }
}
