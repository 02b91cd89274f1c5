// Clusters keep automated snapshots long enough, and a fresh one exists.

import { counted } from '#kit/text.ts'
import { hour, spoken } from '#kit/time.ts'
import { call } from '#model/action.ts'
import {
  type States as AnyStates,
  type Draft,
  definePractice,
  fail,
  type Known,
  pass,
  said,
  unknown,
} from '#model/practice.ts'
import { type AutomatedSnapshot, isBeingDeleted, isPaused } from '#model/resource.ts'
import { automatedSnapshot, cluster } from './examples.ts'

type Subject = Known<'redshift:cluster', 'automatedSnapshots'>
type States = AnyStates<'automatedSnapshots'>

/** AWS keeps automated snapshots for 35 days at most. */
const longest = 35

export default definePractice({
  id: 'cluster-automated-snapshots',
  title: 'Clusters keep automated snapshots, and a fresh one exists',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: ['automatedSnapshots'],
  controls: ['security-hub/Redshift.3', 'prowler/redshift_cluster_automated_snapshot'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-3',
  ],
  why: 'Automated snapshots are what is left after a wrong DELETE, a stolen password or a ransom note; a day of them is gone before anybody notices. A period alone proves nothing: the newest snapshot does.',
  whenNotTo:
    'A scratch cluster whose data can be loaded again. A manual snapshot is no substitute: it holds one moment, and nobody takes the next one.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].[AutomatedSnapshotRetentionPeriod,PendingModifiedValues.AutomatedSnapshotRetentionPeriod]"',
        'aws redshift describe-cluster-snapshots --cluster-identifier CLUSTER --snapshot-type automated --query "max_by(Snapshots[?Status==\'available\'], &SnapshotCreateTime)"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Maintenance: automated snapshot retention period.',
        'Amazon Redshift › Clusters › Snapshots: cluster CLUSTER, type automated, sorted by date.',
      ],
    },
    change: {
      cli: [
        'aws redshift modify-cluster --cluster-identifier CLUSTER --automated-snapshot-retention-period 7',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Edit › Snapshot retention: 7 days, Save changes.'],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster.html',
    readOn: '2026-11-27',
  },
  settings: {
    days: {
      least: 1,
      most: longest,
      default: 7,
      unit: 'days',
      about: 'The least retention period of automated snapshots.',
    },
    // AWS takes one about every eight hours, and a schedule of the user at least every 24.
    hours: { default: 26, unit: 'hours', about: 'How old the newest automated snapshot may be.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check(subject, { settings, now }) {
    const { facts } = subject
    const kept = facts.AutomatedSnapshotRetentionPeriod
    if (kept === undefined) return unknown('untold', 'does not tell how long it keeps automated snapshots')
    const pending = facts.PendingModifiedValues?.AutomatedSnapshotRetentionPeriod
    const retention = { configured: said(pending ?? kept, 'facts'), inForce: said(kept, 'facts') }
    const least = Math.min(kept, pending ?? kept)
    const change = pending === undefined ? '' : ` (a change to ${counted(pending, 'day')} is pending)`
    if (kept === 0) return fail('off', `keeps no automated snapshots${change}`, retention)
    const period = `keeps automated snapshots for ${counted(kept, 'day')}${change}`
    if (least < settings.days) return fail('too-short', period, retention)

    return freshness(subject, { limit: settings.hours * hour, now, period, retention })
  },

  remediation: {
    summary: 'Keep automated snapshots for the agreed days.',
    impact: 'none',
    later: 'AWS takes the next automated snapshot within about eight hours, or as scheduled.',
    steps(subject, { settings }, { reason }) {
      const { days } = settings
      const before = subject.facts.AutomatedSnapshotRetentionPeriod ?? 0
      const pending = subject.facts.PendingModifiedValues?.AutomatedSnapshotRetentionPeriod
      if (reason !== 'off' && reason !== 'too-short') {
        return {
          none: 'AWS takes these snapshots by itself: look at the events of the cluster why it does not',
        }
      }
      if (pending !== undefined && pending >= days) {
        return {
          none: `somebody asked for ${counted(pending, 'day')} already, which is pending: wait for it`,
        }
      }
      if (before >= days) return { none: 'somebody asked for a shorter period, which is pending: ask why' }
      return [keep(subject, before, days)]
    },
  },

  examples: {
    pass: {
      'kept for a week, the newest is hours old': cluster({
        reason: 'kept',
        automatedSnapshots: [
          automatedSnapshot('2026-11-22T08:00:00Z'),
          automatedSnapshot('2026-11-22T00:00:00Z'),
        ],
      }),
      'created an hour ago, no snapshot yet': cluster({
        reason: 'no-snapshot-yet',
        facts: { ClusterCreateTime: '2026-11-22T11:00:00Z' },
      }),
      'paused for a week': cluster({
        reason: 'paused',
        facts: { ClusterStatus: 'paused' },
        automatedSnapshots: [automatedSnapshot('2026-11-15T08:00:00Z')],
      }),
    },
    fail: {
      'switched off': cluster({
        reason: 'off',
        facts: { AutomatedSnapshotRetentionPeriod: 0, NodeType: 'dc2.large' },
      }),
      'kept for a day': cluster({
        reason: 'too-short',
        facts: { AutomatedSnapshotRetentionPeriod: 1 },
        automatedSnapshots: [automatedSnapshot('2026-11-22T08:00:00Z')],
      }),
      'the newest is three days old': cluster({
        reason: 'stale',
        automatedSnapshots: [automatedSnapshot('2026-11-19T08:00:00Z')],
      }),
      'there is none': cluster({ reason: 'no-snapshot' }),
    },
  },
})

type Freshness = { limit: number; now: string; period: string; retention: States }

/** Judges the newest snapshot of a cluster that keeps them long enough. */
function freshness(subject: Subject, { limit, now, period, retention }: Freshness) {
  const { facts } = subject
  const { ClusterCreateTime, ClusterStatus } = facts
  const newest = newestOf(subject)?.SnapshotCreateTime
  const states: States = { ...retention, observed: said(newest ?? null, 'automatedSnapshots') }
  if (newest === undefined) {
    const age = ageOf(ClusterCreateTime, now) ?? (ClusterStatus === 'creating' ? 0 : limit + 1)
    return age <= limit
      ? pass('no-snapshot-yet', `${period}; it is new and has none yet`, states)
      : fail('no-snapshot', `${period}, but none is available`, states)
  }
  const age = ageOf(newest, now) ?? 0
  const told = `the newest is ${spoken(age)} old`
  if (age <= limit) return pass('kept', `${period}; ${told}`, states)
  return isPaused(facts)
    ? pass('paused', `is ${ClusterStatus}, so that nothing changes; ${told}`, states)
    : fail('stale', `${period}, but ${told}`, states)
}

/**
 * The newest available automated snapshot that AWS took of this very cluster, here: neither a copy that came from
 * another region, where a cluster may have the same name, nor one of an earlier cluster.
 */
function newestOf({ facts, region, automatedSnapshots }: Subject): AutomatedSnapshot | undefined {
  return automatedSnapshots
    .filter(({ Status }) => Status === 'available')
    .filter((s) => !s.SourceRegion || s.SourceRegion === region)
    .filter((s) => (ageOf(s.ClusterCreateTime, facts.ClusterCreateTime ?? '') ?? 0) === 0)
    .sort((a, b) => Date.parse(b.SnapshotCreateTime ?? '') - Date.parse(a.SnapshotCreateTime ?? ''))[0]
}

function ageOf(moment: string | undefined, now: string): number | undefined {
  const age = Date.parse(now) - Date.parse(moment ?? '')
  return Number.isNaN(age) ? undefined : age
}

function keep({ name, arn, facts }: Subject, before: number, days: number): Draft {
  const period = (AutomatedSnapshotRetentionPeriod: number) =>
    call('redshift:ModifyCluster', { ClusterIdentifier: name, AutomatedSnapshotRetentionPeriod })
  const place = `Amazon Redshift › Clusters › ${name} › Edit › Snapshot retention`
  const lost =
    before === 0 ? 'every automated snapshot' : `automated snapshots older than ${counted(before, 'day')}`
  return {
    title: `Keep automated snapshots of ${name} for ${counted(days, 'day')}`,
    call: period(days),
    effects: [
      {
        resource: arn,
        fact: 'AutomatedSnapshotRetentionPeriod',
        before: facts.AutomatedSnapshotRetentionPeriod ?? null,
        after: days,
      },
    ],
    console: `${place}: ${counted(days, 'day')}`,
    impact: 'none',
    undo: {
      call: period(before),
      console: `${place}: ${counted(before, 'day')}`,
      impact: 'deletes data',
      warning: `deletes ${lost}, at once`,
    },
  }
}
