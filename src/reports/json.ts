// The assessment as one document: `redoubt.assessment/1`, described by schemas/assessment-1.json.

import type { Assessment, KeptAssessment } from '#model/assessment.ts'
import { defineReport } from '#model/report.ts'

export default defineReport({
  id: 'json',
  extension: 'json',
  mediaType: 'application/json',
  async *render(assessment) {
    const [before = '', after = ''] = frameOf(assessment).split(none, 2)
    yield before
    let lead = '"findings": [\n'
    for await (const finding of assessment.findings()) {
      yield `${lead}${JSON.stringify(finding, null, 2).replace(/^/gm, '    ')}`
      lead = ',\n'
    }
    yield lead === ',\n' ? '\n  ]' : none
    yield `${after}\n`
  },
})

/** Quotes inside of texts are escaped, so that nothing else can look like this. */
const none = '"findings": []'

/** The document without its findings. */
function frameOf(kept: KeptAssessment): string {
  const { schema, id, madeAt, madeFrom, accounts, regions, readLogs, counts, gaps, interrupted } = kept
  const head: Assessment = {
    schema,
    id,
    madeAt,
    madeFrom,
    accounts,
    regions,
    ...(readLogs && { readLogs }),
    counts,
    findings: [],
    gaps,
    interrupted,
  }
  return JSON.stringify(head, null, 2)
}
