// Clusters that copy snapshots to another region let the copies expire there.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { type Draft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { retentionBounds } from '#model/retention.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-copy-retention',
  title: 'Copies in another region expire',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifySnapshotCopyRetentionPeriod.html',
  ],
  why: 'Copies of manual snapshots have a retention of their own, which is for ever unless it was told: when the original is long gone, its copy still lies in another region, under another key, where nobody looks.',
  whenNotTo:
    'A copy that a law wants kept abroad. Ten years are the longest that AWS counts; suppress the finding for what must be kept longer.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ClusterSnapshotCopyStatus"',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot.'],
    },
    change: {
      cli: [
        'aws redshift modify-snapshot-copy-retention-period --cluster-identifier CLUSTER --manual --retention-period 90',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: manual snapshot retention period 90 days, Save.',
        'Copies that exist keep what they have: manual-snapshot-retention judges those, in their region.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/snapshot-crossregioncopy-modify.html',
    readOn: '2026-11-27',
  },
  settings: {
    days: {
      ...retentionBounds,
      default: 90,
      unit: 'days',
      about: 'The retention of new copies that the remediation sets.',
    },
  },

  concerns: (facts) => !isBeingDeleted(facts) && facts.ClusterSnapshotCopyStatus !== undefined,

  check({ facts }) {
    const { DestinationRegion = 'another region', ManualSnapshotRetentionPeriod: days = -1 } =
      facts.ClusterSnapshotCopyStatus ?? {}
    const states = { configured: said(days, 'facts'), inForce: said(days, 'facts') }
    return days < 0
      ? fail('for-ever', `keeps copies of its manual snapshots in ${DestinationRegion} for ever`, states)
      : pass(
          'expires',
          `keeps copies of its manual snapshots in ${DestinationRegion} for ${counted(days, 'day')}`,
          states,
        )
  },

  remediation: {
    summary: 'Give copies of manual snapshots an end. Those that lie there are not touched.',
    impact: 'none',
    steps: (subject, { settings }) => [keepFor(subject, settings.days)],
  },

  examples: {
    pass: { 'copies are kept for 30 days': copying('expires', 30) },
    fail: { 'copies are kept for ever': copying('for-ever', -1) },
  },
})

function copying(reason: string, ManualSnapshotRetentionPeriod: number) {
  const ClusterSnapshotCopyStatus = {
    DestinationRegion: 'eu-central-1',
    RetentionPeriod: 7,
    ManualSnapshotRetentionPeriod,
  }
  return cluster({ reason, facts: { ClusterSnapshotCopyStatus } })
}

function keepFor({ name, arn, facts }: Known<'redshift:cluster', never>, days: number): Draft {
  const period = (RetentionPeriod: number) =>
    call('redshift:ModifySnapshotCopyRetentionPeriod', {
      ClusterIdentifier: name,
      RetentionPeriod,
      Manual: true,
    })
  const { DestinationRegion = '', ManualSnapshotRetentionPeriod: before = -1 } =
    facts.ClusterSnapshotCopyStatus ?? {}
  const place = `Amazon Redshift › Clusters › ${name} › Actions › Configure cross-region snapshot › Manual snapshot retention period`
  const fact = 'ClusterSnapshotCopyStatus.ManualSnapshotRetentionPeriod'
  return {
    title: `Keep new copies of manual snapshots of ${name} in ${DestinationRegion} for ${counted(days, 'day')}`,
    call: period(days),
    effects: [{ resource: arn, fact, before, after: days }],
    console: `${place}: ${counted(days, 'day')}`,
    impact: 'none',
    undo: { call: period(before), console: `${place}: Indefinitely` },
  }
}
