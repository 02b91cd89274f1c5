// Clusters that copy snapshots to another region do so under a grant, which names the key that the copies lie under.

import { definePractice, fail, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/xregioncopy-kms-encrypted-snapshot.html'

export default definePractice({
  id: 'cluster-copy-grant',
  title: 'Clusters copy snapshots under a grant',
  severity: 'medium',
  resource: 'redshift:cluster',
  needs: [],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#configure-snapshot-copy-grant',
  ],
  why: 'Whatever key a cluster lies under, its copies are encrypted again in the other region: without a grant under a key that AWS owns, which nobody can take away from whoever should not restore there.',
  whenNotTo:
    'Copies that nobody outside the account can reach, where a key of AWS is enough by your own rules.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-clusters --cluster-identifier CLUSTER --query "Clusters[].ClusterSnapshotCopyStatus.SnapshotCopyGrantName"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: the snapshot copy grant.',
      ],
    },
    change: {
      cli: [
        'aws redshift create-snapshot-copy-grant --region DESTINATION --snapshot-copy-grant-name NEW --kms-key-id KEY',
        'aws redshift disable-snapshot-copy --cluster-identifier CLUSTER',
        'aws redshift enable-snapshot-copy --cluster-identifier CLUSTER --destination-region DESTINATION --snapshot-copy-grant-name NEW --manual-snapshot-retention-period 90',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Configure cross-region snapshot: Copy snapshots No, Save; then Yes, with a new snapshot copy grant for a key of yours, Save.',
        'Copies that lie there keep their key. A person decides: switching the copying off deletes automated copies.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  // Copies of a cluster that is not encrypted lie under no key at all: cluster-encrypted says so.
  concerns: (facts) =>
    !isBeingDeleted(facts) && facts.ClusterSnapshotCopyStatus !== undefined && facts.Encrypted !== false,

  check({ facts }) {
    const { DestinationRegion: to = 'another region', SnapshotCopyGrantName: grant } =
      facts.ClusterSnapshotCopyStatus ?? {}
    const states = { configured: said(grant ?? null, 'facts'), inForce: said(grant ?? null, 'facts') }
    return grant
      ? pass(
          'granted',
          `copies its snapshots to ${to} under the grant ${grant}, whose key is judged there`,
          states,
        )
      : fail(
          'no-grant',
          `copies its snapshots to ${to} without a grant: there they lie under a key that AWS owns`,
          states,
        )
  },

  examples: {
    pass: {
      'under a grant': copying('granted', { SnapshotCopyGrantName: 'copies-of-sales' }),
    },
    fail: {
      'without a grant': copying('no-grant'),
    },
  },
})

function copying(reason: string, more: { SnapshotCopyGrantName?: string } = {}) {
  const ClusterSnapshotCopyStatus = { DestinationRegion: 'eu-central-1', RetentionPeriod: 7, ...more }
  return cluster({ reason, facts: { ClusterSnapshotCopyStatus } })
}
