// Clusters give their manual snapshots an end.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { type Draft, definePractice, fail, type Known, pass, said, unknown } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { retentionBounds } from '#model/retention.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-manual-retention',
  title: 'Clusters give their manual snapshots an end',
  severity: 'low',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
  ],
  why: 'Whoever takes a manual snapshot and names no retention gets the one of the cluster. Where that says for ever, each of them stays, with all the data of its day, until somebody remembers it.',
  whenNotTo:
    'Where every snapshot is taken by a tool that names its retention each time. It costs nothing to set a default all the same.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ManualSnapshotRetentionPeriod"',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Maintenance: manual snapshot retention period.'],
    },
    change: {
      cli: ['aws redshift modify-cluster --cluster-identifier CLUSTER --manual-snapshot-retention-period 90'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Edit › Snapshot retention: manual snapshots 90 days, Save changes.',
        'Snapshots that exist keep what they have: manual-snapshot-retention judges those.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/modify-cluster.html',
    readOn: '2026-11-27',
  },
  settings: {
    days: {
      ...retentionBounds,
      default: 90,
      unit: 'days',
      about: 'The default retention that the remediation sets.',
    },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts }) {
    const { ManualSnapshotRetentionPeriod: days } = facts
    if (days === undefined) return unknown('untold', 'does not tell how long new manual snapshots are kept')
    const states = { configured: said(days, 'facts'), inForce: said(days, 'facts') }
    return days < 0
      ? fail('for-ever', 'keeps new manual snapshots for ever where none is told otherwise', states)
      : pass('expires', `keeps new manual snapshots for ${counted(days, 'day')}`, states)
  },

  remediation: {
    summary: 'Give new manual snapshots of the cluster an end. Those that exist are not touched.',
    impact: 'none',
    steps: (subject, { settings }) => [keepFor(subject, settings.days)],
  },

  examples: {
    pass: { 'kept for 90 days': cluster({ reason: 'expires' }) },
    fail: {
      'kept for ever': cluster({ reason: 'for-ever', facts: { ManualSnapshotRetentionPeriod: -1 } }),
    },
  },
})

function keepFor({ name, arn, facts }: Known<'redshift:cluster', never>, days: number): Draft {
  const period = (ManualSnapshotRetentionPeriod: number) =>
    call('redshift:ModifyCluster', { ClusterIdentifier: name, ManualSnapshotRetentionPeriod })
  const place = `Amazon Redshift › Clusters › ${name} › Edit › Snapshot retention › Manual snapshots`
  const before = facts.ManualSnapshotRetentionPeriod ?? -1
  return {
    title: `Keep new manual snapshots of ${name} for ${counted(days, 'day')}`,
    call: period(days),
    effects: [{ resource: arn, fact: 'ManualSnapshotRetentionPeriod', before, after: days }],
    console: `${place}: ${counted(days, 'day')}`,
    impact: 'none',
    undo: { call: period(before), console: `${place}: Indefinitely` },
  }
}
