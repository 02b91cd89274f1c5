// Serverless snapshots expire.

import { counted } from '#kit/text.ts'
import { iso, isoDay } from '#kit/time.ts'
import { call } from '#model/action.ts'
import { isOfAwsBackup, keptByAwsBackup } from '#model/aws-backup.ts'
import { type ChangeDraft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import {
  deletionOf,
  longestRetentionDays,
  neverExpires,
  overdueAdvice,
  overdueBy,
  plannedRetention,
  retentionBounds,
} from '#model/retention.ts'
import { isLost } from '#model/serverless.ts'
import { asProvisioned } from '#model/serverless-snapshot.ts'
import { serverlessSnapshot } from './examples/serverless-snapshot.ts'

type Subject = Known<'redshift-serverless:snapshot', 'origin'>

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshots-recovery-points.html'

export default definePractice({
  id: 'serverless-snapshot-retention',
  title: 'Serverless snapshots expire',
  severity: 'low',
  resource: 'redshift-serverless:snapshot',
  needs: ['origin'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateSnapshot.html',
  ],
  why: 'A snapshot without a retention outlives its namespace, its purpose and those who know of it, and can be restored as long as it lies there.',
  whenNotTo: 'What the law wants kept for ever; a long retention, of up to ten years, mostly says the same.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-snapshots --query "snapshots[].[snapshotName,snapshotRetentionPeriod]"',
      ],
      console: ['Amazon Redshift Serverless › Data backup › SNAPSHOT: Retention period.'],
    },
    change: {
      cli: ['aws redshift-serverless update-snapshot --snapshot-name SNAPSHOT --retention-period 90'],
      console: [
        'Amazon Redshift Serverless › Data backup › SNAPSHOT › Actions › Set manual snapshot settings: Custom value, days, Save changes.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshot-update.html',
    readOn: '2026-11-27',
  },
  settings: {
    days: {
      ...retentionBounds,
      default: 90,
      unit: 'days',
      about: 'The retention that a snapshot without one is given.',
    },
    graceDays: { default: 30, unit: 'days', about: 'How far off a planned deletion must be, at the least.' },
  },

  concerns: (facts, { account }) => (facts.ownerAccount ?? account) === account && !isLost(facts),

  check({ facts, origin }, { now }) {
    const days = facts.snapshotRetentionPeriod ?? null
    const states = { configured: said(days, 'facts'), inForce: said(days, 'facts') }
    if (neverExpires(asProvisioned(facts))) {
      const orphan = origin === 'gone' ? `, though its namespace ${facts.namespaceName} is gone` : ''
      const backup = isOfAwsBackup(facts.snapshotName) ? ', unless AWS Backup deletes it' : ''
      return fail('never-expires', `never expires${orphan}${backup}`, states)
    }
    const end = deletionOf(asProvisioned(facts), Number(days))
    if (end && overdueBy(asProvisioned(facts), now) !== undefined)
      return fail('overdue', `should be gone since ${isoDay(end)}, and is still there`, states)
    const when = end ? `on ${isoDay(end)}` : `${counted(Number(days), 'day')} after it was taken`
    return pass('expires', `expires ${when}`, states)
  },

  remediation: {
    summary: 'Set a retention, so that nothing is deleted before the days of grace are over.',
    impact: 'deletes data',
    hold: ({ origin, facts }) =>
      origin === 'lives' || !neverExpires(asProvisioned(facts))
        ? undefined
        : `it may be the last copy of the data of ${facts.namespaceName}: name it with --resource`,
    steps(subject, { settings, now }) {
      if (!neverExpires(asProvisioned(subject.facts))) return { none: overdueAdvice }
      if (isOfAwsBackup(subject.facts.snapshotName)) return { none: keptByAwsBackup }
      if (subject.facts.status !== 'AVAILABLE')
        return { none: 'it is still being made: plan again when it is available' }
      const days = plannedRetention(asProvisioned(subject.facts), settings, now)
      const most = `no retention AWS takes (${longestRetentionDays} days at most) leaves the days of grace`
      return days === undefined
        ? { none: `it is so old that ${most}` }
        : [{ ...expireAfter(subject, days), graceDays: settings.graceDays }]
    },
  },

  examples: {
    pass: { 'kept for 90 days': serverlessSnapshot({ reason: 'expires' }) },
    fail: {
      'kept for ever': serverlessSnapshot({
        reason: 'never-expires',
        facts: { snapshotRetentionPeriod: -1 },
      }),
      'older than the retention that is set': serverlessSnapshot({
        reason: 'never-expires',
        facts: {
          snapshotRetentionPeriod: -1,
          snapshotCreateTime: '2024-11-22T12:00:00Z',
          snapshotRetentionStartTime: '2024-11-22T12:00:00Z',
        },
      }),
      'of a namespace that is gone': serverlessSnapshot({
        reason: 'never-expires',
        facts: { snapshotRetentionPeriod: -1 },
        namespaceLives: false,
      }),
    },
  },
})

function expireAfter({ arn, name, facts }: Subject, days: number): ChangeDraft {
  const keep = (retentionPeriod: number) =>
    call('redshift-serverless:UpdateSnapshot', { snapshotName: name, retentionPeriod })
  const at = iso(deletionOf(asProvisioned(facts), days) ?? 0)
  const place = `Amazon Redshift Serverless › Data backup › ${name} › Actions › Set manual snapshot settings`
  const before = facts.snapshotRetentionPeriod ?? null
  return {
    title: `Let serverless snapshot ${name} expire on ${isoDay(at)}`,
    call: keep(days),
    effects: [{ resource: arn, fact: 'snapshotRetentionPeriod', before, after: days }],
    console: `${place}: ${counted(days, 'day')}`,
    impact: 'deletes data',
    deletesDataAt: at,
    notes: ['until that day its undo keeps the snapshot for ever again; afterwards nothing brings it back'],
    // Unverified: that UpdateSnapshot takes -1 for ever, as CreateSnapshot does.
    undo: { call: keep(-1), console: `${place}: indefinitely` },
  }
}
