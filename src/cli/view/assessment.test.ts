// The table of an assessment stays readable, and in bounds, however many findings there are.

import { expect, test } from 'vitest'
import type { KeptAssessment } from '#model/assessment.ts'
import type { Finding } from '#model/finding.ts'
import { viewAssessment } from './assessment.ts'
import { plainPaint } from './paint.ts'

const look = { width: 120, paint: plainPaint, line: (words: string) => `redoubt ${words}` }
const counts = { pass: 0, fail: 1_000_000, unknown: 0, manual: 0, suppressed: 0 }

test('a million findings: the worst are shown, no more are read, and the rest is counted', async () => {
  let read = 0
  const assessment: KeptAssessment = {
    schema: 'redoubt.assessment/1',
    id: 'a1',
    madeAt: '2026-11-22T12:00:00Z',
    madeFrom: { id: 'i1', hash: '' },
    accounts: ['111122223333'],
    regions: ['eu-west-1'],
    counts,
    gaps: [],
    interrupted: false,
    hash: '',
    tallies: [{ practice: 'snapshot-shared', severity: 'high', counts }],
    async *findings(isWanted = () => true) {
      const kin = { account: '111122223333', region: 'eu-west-1', severity: 'high', status: 'fail' } as const
      if (!isWanted({ ...kin, suppressed: false })) return
      for (;;) yield { ...findingOf(read++), ...kin }
    },
  }
  const text = await viewAssessment(assessment, { minSeverity: 'low', mendable: async () => undefined }, look)
  expect(read).toBe(500)
  expect(text).toContain('snapshot:s499')
  expect(text).toContain('999500 findings more not shown (-o json has them all).')
})

function findingOf(index: number): Omit<Finding, 'account' | 'region' | 'severity' | 'status'> {
  return {
    kind: 'practice',
    practice: 'snapshot-shared',
    resource: `snapshot:s${index}`,
    reason: 'shared',
    message: 'is shared',
    configured: null,
    inForce: null,
    observed: null,
    permission: null,
    evidence: [],
  }
}
