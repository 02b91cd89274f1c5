// Snapshots and their copies lie in no region where data may not lie.

import { isoDay } from '#kit/time.ts'
import { definePractice, fail, pass, said } from '#model/practice.ts'
import { isLost, type SnapshotFacts } from '#model/resource.ts'
import { deletionOf, neverExpires } from '#model/retention.ts'
import { allowsRegion } from '#model/settings.ts'
import { snapshot } from './examples.ts'

export default definePractice({
  id: 'snapshot-region',
  title: 'Snapshots and their copies lie in allowed regions only',
  severity: 'medium',
  resource: 'redshift:snapshot',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html',
  ],
  why: 'Switching the copying off does not bring the copies back: those of manual snapshots stay in the other region until somebody deletes them, and no page of the cluster shows them.',
  whenNotTo: 'Copies that are meant to lie there: list the region under allowedRegions in redoubt.yaml.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-cluster-snapshots --region REGION --query "Snapshots[?SourceRegion].[SnapshotIdentifier,SourceRegion,ManualSnapshotRetentionPeriod]"',
      ],
      console: ['In each region: Amazon Redshift › Clusters › Snapshots › SNAPSHOT: Source region.'],
    },
    change: {
      cli: [
        'aws redshift modify-cluster-snapshot --region REGION --snapshot-identifier SNAPSHOT --manual-snapshot-retention-period 90',
        'aws redshift delete-cluster-snapshot --region REGION --snapshot-identifier SNAPSHOT --snapshot-cluster-identifier CLUSTER',
      ],
      console: [
        'In that region, Amazon Redshift › Clusters › Snapshots › SNAPSHOT › Actions › Manual snapshot settings: retention period, Save; or Delete snapshot.',
        'Deleting is for a person: it may be the only copy. Redoubt gives those that never expire an end under manual-snapshot-retention. Automated copies go with the retention of the copying.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/snapshot-manual-retention-period.html',
    readOn: '2026-11-27',
  },

  concerns: (facts, { account }) => (facts.OwnerAccount ?? account) === account && !isLost(facts),

  check({ facts, region }, { policy }) {
    const { SourceRegion: source = region } = facts
    const states = { configured: said(region, 'facts'), inForce: said(region, 'facts') }
    const from = source === region ? '' : `, copied from ${source}`
    if (allowsRegion(policy, region, source)) {
      return pass(source === region ? 'at-home' : 'allowed', `lies in ${region}${from}, as it may`, states)
    }
    const place = `lies in ${region}${from}, which is not among the allowed regions`
    return isForEver(facts)
      ? fail('outside-for-ever', `${place}, and never expires`, states)
      : fail('outside', `${place}, ${endOf(facts)}`, states)
  },

  examples: {
    pass: {
      'where its cluster is': snapshot({ reason: 'at-home' }),
      'a copy in an allowed region': {
        ...snapshot({ reason: 'allowed', facts: { SourceRegion: 'eu-central-1' } }),
        policy: { allowedRegions: ['eu-central-1', 'eu-west-1'] },
      },
    },
    fail: {
      'a copy that stayed behind, for ever': snapshot({
        reason: 'outside-for-ever',
        facts: { SourceRegion: 'us-east-1', ManualSnapshotRetentionPeriod: -1 },
      }),
      'a copy that expires': snapshot({ reason: 'outside', facts: { SourceRegion: 'us-east-1' } }),
      'taken in a region that is not allowed': {
        ...snapshot({ reason: 'outside' }),
        policy: { allowedRegions: ['eu-central-1'] },
      },
    },
  },
})

/** Automated snapshots go with their retention, whatever stands in the members of manual ones. */
function isForEver(facts: SnapshotFacts): boolean {
  return facts.SnapshotType === 'manual' && neverExpires(facts)
}

function endOf(facts: SnapshotFacts): string {
  if (facts.SnapshotType !== 'manual') return 'and goes with the retention of automated snapshots'
  const end = deletionOf(facts, facts.ManualSnapshotRetentionPeriod ?? 0)
  return end === undefined ? 'and expires' : `until ${isoDay(end)}`
}
