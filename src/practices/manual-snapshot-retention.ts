// Manual snapshots expire.

import { counted } from '#kit/text.ts'
import { iso, isoDay } from '#kit/time.ts'
import { call } from '#model/action.ts'
import { isOfAwsBackup, keptByAwsBackup } from '#model/aws-backup.ts'
import type { Assumption } from '#model/plan.ts'
import { type ChangeDraft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { isLost, type SnapshotFacts } from '#model/resource.ts'
import {
  deletionOf,
  longestRetentionDays,
  neverExpires,
  overdueAdvice,
  overdueBy,
  plannedRetention,
  type RetentionSettings,
  retentionBounds,
} from '#model/retention.ts'
import { manualSnapshot, snapshot } from './examples.ts'

type Subject = Known<'redshift:snapshot', 'otherCopies' | 'origin'>
type Context = { settings: RetentionSettings; now: string }

export default definePractice({
  id: 'manual-snapshot-retention',
  title: 'Manual snapshots expire',
  severity: 'medium',
  resource: 'redshift:snapshot',
  needs: ['otherCopies', 'origin'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-aws-backup.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyClusterSnapshot.html',
  ],
  why: 'A manual snapshot outlives its cluster, and for ever unless it was told otherwise: a full copy of old data, under an old key, that nobody watches and that the right to be forgotten does not reach.',
  whenNotTo:
    'Archives that a law or a contract wants kept. Give them the years they need, up to ten, or suppress the finding with the reason and an owner.',
  guide: {
    check: {
      cli: [
        "aws redshift describe-cluster-snapshots --snapshot-type manual --query 'Snapshots[?ManualSnapshotRetentionPeriod==`-1`].[SnapshotIdentifier,ClusterIdentifier,SnapshotCreateTime]'",
      ],
      console: ['Amazon Redshift › Clusters › Snapshots: type manual; open one: Snapshot retention period.'],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-snapshot --snapshot-identifier SNAPSHOT --manual-snapshot-retention-period 90',
        'aws redshift modify-cluster --cluster-identifier CLUSTER --manual-snapshot-retention-period 90',
      ],
      console: [
        'Amazon Redshift › Clusters › Snapshots › SNAPSHOT › Actions › Manual snapshot settings: retention period, Save.',
        'The days count from when the snapshot was taken. Never add --force: it deletes at once what is older than the period.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/snapshot-manual-retention-period.html',
    readOn: '2026-11-27',
  },
  settings: {
    days: {
      ...retentionBounds,
      default: 90,
      unit: 'days',
      about: 'The retention that the remediation sets.',
    },
    graceDays: { default: 30, unit: 'days', about: 'How far off a planned deletion must be, at the least.' },
  },

  concerns: (facts, { account }) =>
    facts.SnapshotType === 'manual' && (facts.OwnerAccount ?? account) === account && !isLost(facts),

  check(subject, { now }) {
    const { facts } = subject
    const days = facts.ManualSnapshotRetentionPeriod ?? null
    const states = { configured: said(days, 'facts'), inForce: said(days, 'facts') }
    if (neverExpires(facts)) {
      const orphan =
        subject.origin === 'gone' ? `, though its cluster ${facts.ClusterIdentifier} is gone` : ''
      const backup = isOfAwsBackup(facts.SnapshotIdentifier) ? ', unless AWS Backup deletes it' : ''
      return fail('never-expires', `never expires${orphan}${backup}`, states)
    }
    const expiry = deletionOf(facts, Number(days))
    const late = overdueBy(facts, now)
    if (expiry && late !== undefined)
      return fail('overdue', `should be gone since ${isoDay(expiry)}, and is still there`, states)
    const when = expiry
      ? `expires on ${isoDay(expiry)}`
      : `expires ${counted(Number(days), 'day')} after it was taken`
    return pass('expires', when, states)
  },

  remediation: {
    summary: 'Set a retention, so that nothing is deleted before the days of grace are over.',
    impact: 'deletes data',
    hold(subject, context) {
      const { facts } = subject
      if (!neverExpires(facts)) return undefined
      if (isOfAwsBackup(facts.SnapshotIdentifier)) return undefined
      return survivor(subject, context) === undefined
        ? `it is the last copy of the data of ${facts.ClusterIdentifier}: name it with --resource`
        : undefined
    },
    steps(subject, context) {
      if (!neverExpires(subject.facts)) return { none: overdueAdvice }
      if (isOfAwsBackup(subject.facts.SnapshotIdentifier)) return { none: keptByAwsBackup }
      const days = plannedRetention(subject.facts, context.settings, context.now)
      if (subject.facts.Status === 'creating') {
        return { none: 'it is still being taken: plan again when it is available' }
      }
      if (days === undefined) {
        const most = `no retention AWS takes (${longestRetentionDays} days at most) leaves the days of grace`
        return { none: `it is so old that ${most}` }
      }
      return [
        { ...expireAfter(subject, days, survivor(subject, context)), graceDays: context.settings.graceDays },
      ]
    },
  },

  examples: {
    pass: {
      'kept for 90 days': snapshot({ reason: 'expires' }),
      'kept for ten years': snapshot({ reason: 'expires', facts: { ManualSnapshotRetentionPeriod: 3653 } }),
    },
    fail: {
      'kept for ever': snapshot({ reason: 'never-expires', facts: { ManualSnapshotRetentionPeriod: -1 } }),
      'older than the retention that is set': snapshot({
        reason: 'never-expires',
        facts: {
          ManualSnapshotRetentionPeriod: -1,
          SnapshotCreateTime: '2024-11-22T12:00:00Z',
          SnapshotRetentionStartTime: '2024-11-22T12:00:00Z',
        },
      }),
      'the last copy of a cluster that is gone': snapshot({
        reason: 'never-expires',
        facts: { ManualSnapshotRetentionPeriod: -1 },
        clusterLives: false,
        otherSnapshots: [manualSnapshot('expires-sooner', { ManualSnapshotRetentionPeriod: 30 })],
      }),
    },
  },
})

/**
 * What still holds the data when this snapshot is gone, with the fact by which it does: its cluster, or else a snapshot
 * that is kept longer; undefined when this is the last copy. Snapshots that never expire count with the date that would
 * be planned for them, so that of many the newest is left.
 */
function survivor({ facts, account, otherCopies }: Subject, context: Context): Assumption | undefined {
  const { cluster, snapshots } = otherCopies
  if (cluster) return { resource: cluster, fact: 'ClusterCreateTime', value: facts.ClusterCreateTime ?? null }
  const until = keptUntil(facts, context)
  const copy = snapshots
    .filter(({ facts: other }) => other.SnapshotType === 'manual' && other.Status === 'available')
    .filter(
      ({ facts: other }) =>
        (other.OwnerAccount ?? account) === account && !isOfAwsBackup(other.SnapshotIdentifier),
    )
    .find(({ facts: other }) => (keptUntil(other, context) - until || newer(other, facts)) > 0)
  if (!copy) return undefined
  const value = copy.facts.ManualSnapshotRetentionPeriod ?? null
  return { resource: copy.arn, fact: 'ManualSnapshotRetentionPeriod', value }
}

/** When a snapshot will be gone once every plan is carried out; one that no plan can touch stays. */
function keptUntil(facts: SnapshotFacts, { settings, now }: Context): number {
  const days = neverExpires(facts)
    ? plannedRetention(facts, settings, now)
    : facts.ManualSnapshotRetentionPeriod
  return days === undefined ? Number.MAX_SAFE_INTEGER : (deletionOf(facts, days) ?? 0)
}

/** Positive when the first was taken later; of two taken at once, when its name comes later. */
function newer(one: SnapshotFacts, other: SnapshotFacts): number {
  const later = Date.parse(one.SnapshotCreateTime ?? '') - Date.parse(other.SnapshotCreateTime ?? '')
  return later || ((one.SnapshotIdentifier ?? '') > (other.SnapshotIdentifier ?? '') ? 1 : -1)
}

function expireAfter({ arn, facts }: Subject, days: number, survives: Assumption | undefined): ChangeDraft {
  const SnapshotIdentifier = facts.SnapshotIdentifier ?? ''
  const keep = (ManualSnapshotRetentionPeriod: number) =>
    call('redshift:ModifyClusterSnapshot', { SnapshotIdentifier, ManualSnapshotRetentionPeriod })
  const at = iso(deletionOf(facts, days) ?? 0)
  const place = `Amazon Redshift › Clusters › Snapshots › ${SnapshotIdentifier} › Actions › Manual snapshot settings`
  return {
    title: `Let snapshot ${SnapshotIdentifier} expire on ${isoDay(at)}`,
    call: keep(days),
    effects: [
      {
        resource: arn,
        fact: 'ManualSnapshotRetentionPeriod',
        before: facts.ManualSnapshotRetentionPeriod ?? null,
        after: days,
      },
    ],
    console: `${place}: ${counted(days, 'day')}`,
    impact: 'deletes data',
    deletesDataAt: at,
    notes: ['until that day its undo keeps the snapshot for ever again; afterwards nothing brings it back'],
    undo: { call: keep(-1), console: `${place}: indefinitely` },
    // Were that copy gone, or to go sooner, before this is applied, this would be the last one.
    assumes: survives ? [survives] : [],
  }
}
