// The table of an assessment stays readable, and in bounds, however many findings there are.

import { expect, test } from 'vitest'
import type { KeptAssessment } from '#model/assessment.ts'
import type { Finding } from '#model/finding.ts'
import { viewAssessment } from './assessment.ts'
import { plainPaint } from './paint.ts'

const look = { width: 120, paint: plainPaint, line: (words: string) => `redoubt ${words}` }
const kept = {
  schema: 'redoubt.assessment/1' as const,
  id: 'a1',
  madeAt: '2026-11-22T12:00:00Z',
  madeFrom: { id: 'i1', hash: '' },
  accounts: ['111122223333'],
  regions: ['eu-west-1'],
  gaps: [],
  interrupted: false,
  hash: '',
}
const counts = { pass: 0, fail: 1_000_000, unknown: 0, manual: 0, suppressed: 0 }

const none = { pass: 0, fail: 0, unknown: 0, manual: 0, suppressed: 0 }

test('practices come in the order in which they matter, those that pass are counted, those below are not shown', async () => {
  const tallies = [
    { practice: 'a-low', severity: 'low' as const, counts: { ...none, fail: 9 } },
    { practice: 'b-unknown', severity: 'critical' as const, counts: { ...none, unknown: 1 } },
    { practice: 'c-medium', severity: 'medium' as const, counts: { ...none, fail: 1, pass: 2 } },
    { practice: 'd-passes', severity: 'critical' as const, counts: { ...none, pass: 3 } },
    { practice: 'e-high', severity: 'high' as const, counts: { ...none, fail: 1 } },
    { practice: 'f-passes', severity: 'low' as const, counts: { ...none, pass: 1 } },
  ]
  const assessment: KeptAssessment = {
    ...kept,
    counts: { ...none, fail: 11, unknown: 1 },
    tallies,
    async *findings() {},
  }
  const options = { minSeverity: 'medium' as const, mendable: async () => undefined }
  const text = await viewAssessment(assessment, options, look)
  const at = text.split('\n').indexOf('')
  expect(text.split('\n').slice(at + 1, at + 6)).toEqual([
    'practice   severity  fail  unknown  manual  pass',
    'e-high     high      1     ·        ·       ·',
    'c-medium   medium    1     ·        ·       2',
    'b-unknown  critical  ·     1        ·       ·',
    '✓ 2 practices pass',
  ])
  expect(text).toContain('9 findings below medium not shown (--min-severity).')
})

test.each([
  [undefined, ''],
  [1, ', user activity logs of the last day'],
  [9, ', user activity logs of the last 9 days'],
])('over how many days logs were read stands beside what was looked into: %s', async (days, words) => {
  const assessment: KeptAssessment = {
    ...kept,
    ...(days && { readLogs: { days } }),
    counts: none,
    tallies: [],
    async *findings() {},
  }
  const options = { minSeverity: 'low' as const, mendable: async () => undefined }
  const [, where] = (await viewAssessment(assessment, options, look)).split('\n')
  expect(where).toBe(`1 account, 1 region (eu-west-1)${words}, as of 2026-11-22T12:00:00Z; assessment a1`)
})

test('a million findings: the worst are shown, no more are read, and the rest is counted', async () => {
  let read = 0
  const assessment: KeptAssessment = {
    ...kept,
    counts,
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
