// Renders an assessment in the formats of the reports shelf; only the one that is asked for is loaded.

import type { KeptAssessment } from '#model/assessment.ts'
import type { Report } from '#model/report.ts'
import { reports } from '#reports/index.ts'

const shelf: Record<string, () => Promise<{ default: Report }>> = reports

/** The ids of all formats. */
export const reportFormats: readonly string[] = Object.keys(shelf)

/** The text of a report, piece by piece. The format must be one of `reportFormats`. */
export async function* renderReport(format: string, assessment: KeptAssessment): AsyncGenerator<string> {
  const load = shelf[format]
  if (!load) throw new Error(`there is no report format ${format}`)
  const { default: report } = await load()
  yield* report.render(assessment)
}
