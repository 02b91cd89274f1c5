// The assessment as it is stored: `redoubt.assessment/1`, described by schemas/assessment-1.json.

import { defineReport } from '#model/report.ts'

export default defineReport({
  id: 'json',
  extension: 'json',
  mediaType: 'application/json',
  render: (assessment) => `${JSON.stringify(assessment, null, 2)}\n`,
})
