// Snapshots of clusters that are gone have an end.

import { isoDay } from '#kit/time.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { isCopied, isLost } from '#model/resource.ts'
import { deletionOf, neverExpires, overdueBy } from '#model/retention.ts'
import { snapshot } from './examples.ts'

export default definePractice({
  id: 'snapshot-orphaned',
  title: 'Snapshots of clusters that are gone have an end',
  severity: 'medium',
  resource: 'redshift:snapshot',
  needs: ['clusterLives'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteCluster.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
  ],
  why: 'The final snapshot of a deleted cluster, and every manual one before it, is kept for ever unless it was told otherwise. It is a whole warehouse that no list of clusters shows, and whose keys can never be rotated again: that takes the cluster.',
  whenNotTo:
    'Archives that are kept on purpose: give them the years they need, or suppress the finding with its reason and owner.',
  guide: {
    check: {
      cli: ['aws redshift describe-cluster-snapshots --no-cluster-exists'],
      console: [
        'Amazon Redshift › Clusters › Snapshots: those whose cluster is not in the list of clusters.',
      ],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-snapshot --snapshot-identifier SNAPSHOT --manual-snapshot-retention-period 365',
        'aws redshift delete-cluster-snapshot --snapshot-identifier SNAPSHOT --snapshot-cluster-identifier CLUSTER',
      ],
      console: [
        'Amazon Redshift › Clusters › Snapshots › SNAPSHOT › Actions › Manual snapshot settings: retention period, Save.',
        'It may be the last copy of the data. Redoubt plans its retention under manual-snapshot-retention, when it is named.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/snapshot-manual-retention-period.html',
    readOn: '2026-11-27',
  },

  concerns: (facts, { account }) =>
    facts.SnapshotType === 'manual' && (facts.OwnerAccount ?? account) === account && !isLost(facts),

  check(subject, { now }) {
    const { facts, region, clusterLives } = subject
    const { ClusterIdentifier, ManualSnapshotRetentionPeriod: days, SourceRegion } = facts
    const name = isCopied(facts, region) ? `${ClusterIdentifier} in ${SourceRegion}` : ClusterIdentifier
    if (clusterLives === null) {
      return unknown(
        'untold',
        `cannot be told from an orphan: AWS does not tell of which cluster ${name} it was taken`,
      )
    }
    if (clusterLives) return pass('lives', `was taken of ${name}, which is still there`)
    const states = { configured: said(days ?? null, 'facts'), inForce: said(days ?? null, 'facts') }
    if (neverExpires(facts)) {
      return fail('for-ever', `outlives its cluster ${name}, which is gone, for ever`, states)
    }
    const expiry = deletionOf(facts, Number(days))
    const past = overdueBy(facts, now) === undefined ? '' : ', which is past'
    const until = expiry === undefined ? `for ${days} days` : `until ${isoDay(expiry)}${past}`
    return pass('expires', `outlives its cluster ${name}, which is gone, ${until}`, states)
  },

  examples: {
    pass: {
      'its cluster is still there': snapshot({
        reason: 'lives',
        facts: { ManualSnapshotRetentionPeriod: -1 },
      }),
      'a copy whose cluster is still there, in the other region': snapshot({
        reason: 'lives',
        facts: { ManualSnapshotRetentionPeriod: -1, SourceRegion: 'eu-central-1' },
      }),
      'its cluster is gone, and it expires': snapshot({ reason: 'expires', clusterLives: false }),
    },
    fail: {
      'its cluster is gone, and it is kept for ever': snapshot({
        reason: 'for-ever',
        facts: { ManualSnapshotRetentionPeriod: -1 },
        clusterLives: false,
      }),
      'a copy whose cluster is gone from the other region': snapshot({
        reason: 'for-ever',
        facts: { ManualSnapshotRetentionPeriod: -1, SourceRegion: 'eu-central-1' },
        clusterLives: false,
      }),
    },
  },
})
