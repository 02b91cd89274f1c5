// A report: an assessment in a format that other programs read.

import type { Assessment } from './assessment.ts'

export type Report = {
  /** The file's name, and what stands behind `-o`. */
  id: string
  extension: string
  mediaType: string
  render(assessment: Assessment): string
}

/** Defines a report format. */
export function defineReport(report: Report): Report {
  return report
}
