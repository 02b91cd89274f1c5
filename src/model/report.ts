// A report: an assessment in a format that other programs read.

import type { KeptAssessment } from './assessment.ts'

export type Report = {
  /** The file's name, and what stands behind `-o`. */
  id: string
  extension: string
  mediaType: string
  /** The text, piece by piece. */
  render(assessment: KeptAssessment): AsyncIterable<string>
}

/** Defines a report format. */
export function defineReport(report: Report): Report {
  return report
}
