// Clusters copy their snapshots to no region where data may not lie.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { allowsRegion } from '#model/settings.ts'
import { copyingStopped } from '#model/snapshot-copy.ts'
import { cluster } from './examples.ts'

export default definePractice({
  id: 'cluster-copy-region',
  title: 'Clusters copy snapshots to allowed regions only',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DisableSnapshotCopy.html',
  ],
  why: 'Each copy is the whole warehouse once more, in another jurisdiction, under another key, with shares of its own. Some tools ask for it and some laws forbid it: the regions that you allow decide.',
  whenNotTo:
    'Where a second region is part of the plan for the worst day: list it under allowedRegions in redoubt.yaml, and the finding passes.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ClusterSnapshotCopyStatus"',
      ],
      console: ['Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot.'],
    },
    change: {
      cli: [
        'aws redshift disable-snapshot-copy --cluster-identifier CLUSTER',
        'aws redshift describe-cluster-snapshots --region DESTINATION --query "Snapshots[?SourceRegion==\'SOURCE\'].[SnapshotIdentifier,ManualSnapshotRetentionPeriod]"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: Copy snapshots No, Save.',
        'In the destination region, Amazon Redshift › Clusters › Snapshots: copied manual snapshots stay until they are deleted; snapshot-region judges them.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/snapshot-crossregioncopy-configure.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ facts, region }, { policy }) {
    const to = facts.ClusterSnapshotCopyStatus?.DestinationRegion
    const states = { configured: said(to ?? 'off', 'facts'), inForce: said(to ?? 'off', 'facts') }
    if (!to) return pass('off', 'copies its snapshots to no other region', states)
    return allowsRegion(policy, to, region)
      ? pass('allowed', `copies its snapshots to ${to}, which is allowed`, states)
      : fail('outside', `copies its snapshots to ${to}, which is not among the allowed regions`, states)
  },

  remediation: {
    summary: 'Stop copying. What lies in the other region already is judged and mended there.',
    impact: 'deletes data',
    steps: (subject) => [copyingStopped(subject)],
  },

  examples: {
    pass: {
      'copies nothing': cluster({ reason: 'off' }),
      'copies to an allowed region': copying('allowed', ['eu-west-1', 'eu-central-1']),
    },
    fail: {
      'copies, and no other region is allowed': copying('outside'),
      'copies to a region that is not allowed': copying('outside', ['eu-west-1', 'eu-north-1']),
    },
  },
})

function copying(reason: string, allowedRegions?: readonly string[]) {
  const ClusterSnapshotCopyStatus = {
    DestinationRegion: 'eu-central-1',
    RetentionPeriod: 7,
    ManualSnapshotRetentionPeriod: 90,
  }
  const example = cluster({ reason, facts: { ClusterSnapshotCopyStatus } })
  return allowedRegions ? { ...example, policy: { allowedRegions } } : example
}
