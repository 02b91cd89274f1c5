// No view lets through what commands a terminal, wherever it stands in a document.

import { describe, expect, test } from 'vitest'
import type { KeptAssessment } from '#model/assessment.ts'
import type { Finding } from '#model/finding.ts'
import type { JournalEntry } from '#model/journal.ts'
import type { Plan, Step } from '#model/plan.ts'
import { defaultPolicy } from '#model/settings.ts'
import { viewApplied, viewUndone } from './applied.ts'
import { viewAssessment } from './assessment.ts'
import { viewHistories, viewHistory } from './journal.ts'
import { plainPaint } from './paint.ts'
import { viewPlan } from './plan.ts'
import { type Shown, viewShown } from './shown.ts'

const evil = '\u001b[2J\u0007\u009b31m\u202e\u200b\r\n\u2028x'
const look = { width: 100, paint: plainPaint, line: (words: string) => `redoubt ${words}` }
const at = '2026-11-22T12:00:00Z'
const source = 'redshift:DescribeClusters' as const

const finding: Finding = {
  kind: 'practice',
  practice: evil,
  resource: `arn:${evil}`,
  account: '111122223333',
  region: evil,
  status: 'fail',
  reason: evil,
  severity: 'high',
  message: evil,
  configured: { value: evil, source, at },
  inForce: { value: [evil], source, at },
  observed: { value: { [evil]: evil }, source, at },
  permission: evil,
  evidence: [],
}

const assessment: KeptAssessment = {
  schema: 'redoubt.assessment/1',
  id: evil,
  madeAt: evil,
  madeFrom: { id: evil, hash: '' },
  accounts: ['111122223333'],
  regions: [evil],
  counts: { pass: 0, fail: 1, unknown: 1, manual: 0, suppressed: 1 },
  hash: '',
  tallies: [
    { practice: evil, severity: 'high', counts: { pass: 0, fail: 1, unknown: 1, manual: 0, suppressed: 1 } },
  ],
  async *findings() {
    yield finding
    yield { ...finding, status: 'unknown' }
    yield { ...finding, suppression: { reason: evil, owner: evil, expires: evil } }
  },
  gaps: [
    { source, takenAt: at, gap: 'refused', code: evil, message: evil, account: '111122223333', region: evil },
  ],
  interrupted: true,
}

const call = { action: 'redshift:RebootCluster', input: { ClusterIdentifier: evil } } as const
const step: Step = {
  id: 's1',
  title: evil,
  account: '111122223333',
  region: evil,
  call,
  cli: evil,
  console: evil,
  permissions: [evil],
  impact: 'deletes data',
  deletesDataAt: at,
  graceDays: 30,
  reboot: { brings: [evil], alsoPending: [], alsoApplies: [evil] },
  effects: [{ resource: evil, fact: evil, before: evil, after: [evil] }],
  notes: [evil],
  undo: { call, console: evil, cli: evil },
  assumes: [],
  after: [evil],
  closes: [evil],
}

const plan: Plan = {
  schema: 'redoubt.plan/1',
  id: evil,
  madeAt: evil,
  madeFrom: { id: evil, hash: '' },
  steps: [step, { ...step, id: 's2', undo: { none: evil } }],
  leftOut: [{ practice: evil, resource: evil, why: evil }],
  policy: { ...defaultPolicy, practices: {} },
  hash: '',
}

const entries: JournalEntry[] = [
  { at: evil, plan: evil, event: 'began', hash: '', verb: 'apply' },
  { at: evil, plan: evil, event: 'called', step: evil, requestId: evil },
  { at: evil, plan: evil, event: 'inForce', step: 's1', facts: { [evil]: evil } },
  { at: evil, plan: evil, event: 'failed', step: 's1', error: evil },
  { at: evil, plan: evil, event: 'skipped', step: 's1', because: evil },
  { at: evil, plan: evil, event: 'staged', waiting: [evil] },
]

const cluster: Shown['resource'] = {
  type: 'redshift:cluster',
  arn: evil,
  name: evil,
  account: '111122223333',
  region: evil,
  source,
  takenAt: at,
  facts: {
    ClusterIdentifier: evil,
    Endpoint: { Address: evil },
    Tags: [{ Key: evil, Value: evil }],
    [evil]: [evil],
  } as object,
  asked: { logging: { source, takenAt: at, gap: 'failed', code: evil, message: evil } as never },
}

const outcome = {
  done: ['s1'],
  failed: [{ step: 's2', error: evil }],
  skipped: [{ step: 's2', because: evil }],
  waiting: [],
}
const verification = { findings: [finding], gone: [evil], deleted: [evil] }

const mendable = async () => evil
const basis = { unknown: 1, missing: [evil], interrupted: true }
const applied = { plan, name: evil, laterOf: () => evil }
const views: Record<string, () => string | Promise<string>> = {
  assessment: () => viewAssessment(assessment, { minSeverity: 'informational', mendable }, look),
  'assessment on a narrow terminal': () =>
    viewAssessment(assessment, { minSeverity: 'informational', mendable }, { ...look, width: 40 }),
  plan: () => viewPlan({ plan, basis, practices: [], resources: [], name: evil }, look),
  'a plan of nothing': () =>
    viewPlan(
      { plan: { ...plan, steps: [], leftOut: [] }, basis, practices: [evil], resources: [evil], name: evil },
      look,
    ),
  applied: () => viewApplied(applied, outcome, verification, look),
  'applied, and open still': () =>
    viewApplied(applied, { ...outcome, failed: [], skipped: [] }, verification, look),
  undone: () =>
    viewUndone(
      applied,
      { undone: [], failed: outcome.failed, skipped: [], kept: [{ step: 's1', because: evil }] },
      verification,
      look,
    ),
  'all journals': () => viewHistories([{ plan: evil, entries }], look),
  'one journal': () => viewHistory({ plan: evil, entries, steps: plan.steps }, look),
  shown: () =>
    viewShown({ resource: cluster, findings: [finding], related: [cluster], madeAt: evil }, true, look),
}

describe('hostile text', () => {
  test.each(Object.entries(views))('%s', async (_, view) => {
    const text = await view()
    expect(text).toContain('\\u{1b}[2J')
    expect(text.replaceAll('\n', '')).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/,
    )
    // A line break of theirs must not begin a line of ours.
    expect(text.split('\n').some((line) => line.startsWith('\u2028') || line === 'x')).toBe(false)
  })
})
