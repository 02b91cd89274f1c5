// The account of the world `mixed` in which the warehouses run.

import type { AccountSeed, RegionSeed, SnapshotSeed } from '../world.ts'
import {
  accessKey,
  automated,
  group,
  lake,
  manual,
  sharedWith,
  stranger,
  support,
  toBucket,
  toCloudWatch,
  warehouse,
} from './parts.ts'

const arn = (region: string, resource: string) => `arn:aws:redshift:${region}:${warehouse}:${resource}`

/**
 * 120 daily closes, so that the second page of snapshots has something on it. They are kept for 180 days, but
 * for four that somebody took without a thought: on the first page, and on the second.
 */
const dailyCloses: SnapshotSeed[] = Array.from({ length: 120 }, (_, index) => {
  const number = index + 1
  const name = `orders-close-${String(number).padStart(3, '0')}`
  return manual('orders', name, `-${number}d`, [1, 50, 101, 120].includes(number) ? -1 : 180)
})

const frankfurt: RegionSeed = {
  parameterGroups: [
    group('analytics', 'true'),
    group('rollout', 'true'),
    group('opening', 'false'),
    // Nobody uses it, so nothing is wrong with it.
    group('unused-open', 'false'),
  ],
  clusters: [
    {
      ClusterIdentifier: 'orders',
      ParameterGroup: 'analytics',
      AutomatedSnapshotRetentionPeriod: 7,
      KmsKeyId: `arn:aws:kms:eu-central-1:${warehouse}:key/1c3e4a5b-7d80-4c2e-8f49-6f0a1b2c3d4e`,
      logging: toBucket('meridian-audit'),
    },
    // TLS is set and waits for a reboot. Logs without a bucket, a key that AWS owns.
    {
      ClusterIdentifier: 'payments',
      ParameterGroup: 'rollout',
      inForce: { require_ssl: 'false' },
      AutomatedSnapshotRetentionPeriod: 35,
      logging: toCloudWatch(),
    },
    // TLS is still in force and will not be after the reboot, which would apply what others left pending as well.
    {
      ClusterIdentifier: 'returns',
      ParameterGroup: 'opening',
      inForce: { require_ssl: 'true' },
      AutomatedSnapshotRetentionPeriod: 7,
      PendingModifiedValues: { AutomatedSnapshotRetentionPeriod: 14, MaintenanceTrackName: 'trailing' },
    },
    // Minutes old: nothing is due yet. The default group of 2025 requires TLS.
    {
      ClusterIdentifier: 'loyalty',
      ClusterCreateTime: '-20m',
      AutomatedSnapshotRetentionPeriod: 35,
      logging: toBucket('meridian-audit', 'never'),
    },
    // Old default group, no automated snapshots but a manual one, a bucket that refuses since today.
    {
      ClusterIdentifier: 'archive-2019',
      ParameterGroup: 'default.redshift-1.0',
      NodeType: 'dc2.large',
      Encrypted: false,
      ClusterCreateTime: '2019-02-11T07:30:00Z',
      AutomatedSnapshotRetentionPeriod: 0,
      logging: toBucket('meridian-audit-old', '-5h', {
        LastFailureTime: '-40m',
        LastFailureMessage: 'The specified bucket does not exist.',
      }),
    },
  ],
  snapshots: [
    ...automated('orders', 3),
    ...automated('payments', 6, 1),
    ...automated('returns', 8, 1),
    ...dailyCloses,
    manual('archive-2019', 'archive-2019-before-migration', '-2d', 30),
  ],
}

const ireland: RegionSeed = {
  parameterGroups: [
    // The same name as in Frankfurt, the opposite value.
    group('analytics', 'false'),
    group('sealed', 'true'),
  ],
  clusters: [
    // Neither its parameters nor its logging status may be read.
    {
      ClusterIdentifier: 'claims',
      ParameterGroup: 'sealed',
      AutomatedSnapshotRetentionPeriod: 7,
      logging: toBucket('meridian-audit-ireland'),
    },
    // Being decrypted; its audit log is on and never came.
    {
      ClusterIdentifier: 'reports',
      ParameterGroup: 'analytics',
      ClusterStatus: 'resizing',
      ClusterAvailabilityStatus: 'Modifying',
      PendingModifiedValues: { EncryptionType: 'None' },
      logging: toBucket('meridian-audit-ireland', 'never'),
    },
    {
      ClusterIdentifier: 'ledger',
      ClusterStatus: 'paused',
      ClusterAvailabilityStatus: 'Unavailable',
      AutomatedSnapshotRetentionPeriod: 7,
      logging: toBucket('meridian-audit-ireland', '-10d'),
    },
    // On its way out: nothing is said of it, whatever it is like.
    {
      ClusterIdentifier: 'sandbox',
      ParameterGroup: 'default.redshift-1.0',
      ClusterStatus: 'deleting',
      Encrypted: false,
    },
  ],
  snapshots: [
    ...automated('claims', 40, 1),
    ...automated('reports', 5, 1),
    ...automated('ledger', 240, 1),
    // A copy that came from Frankfurt.
    {
      SnapshotIdentifier: 'copy:rs:orders-0027h-ago',
      ClusterIdentifier: 'orders',
      SourceRegion: 'eu-central-1',
      SnapshotCreateTime: '-27h',
    },
    // Support, a trusted account, a stranger, and all three.
    manual('reports', 'reports-for-support', '-12d', 90, sharedWith(support)),
    manual('reports', 'reports-for-lake', '-12d', 90, sharedWith(lake)),
    manual('reports', 'reports-for-partner', '-12d', 90, sharedWith(stranger)),
    manual('reports', 'reports-for-all', '-12d', 90, sharedWith(support, lake, stranger)),
    manual('reports', 'reports-broken', '-12d', -1, { Status: 'failed' }),
    manual('claims', 'claims-right-now', '-1m', -1, { Status: 'creating' }),
    manual('claims', 'awsbackup:job-7f3a', '-4d', -1),
    manual('sandbox', 'sandbox-final', '-1d', -1),
    // The cluster is gone: the newer one is the last copy of its data.
    manual('campaigns-2021', 'campaigns-2021-midyear', '-900d', -1, campaigns()),
    manual('campaigns-2021', 'campaigns-2021-final', '-800d', -1, campaigns()),
  ],
}

function campaigns() {
  return { ClusterCreateTime: '2021-01-04T10:00:00Z', Encrypted: false }
}

const virginia: RegionSeed = {
  parameterGroups: [group('strict', 'true')],
  clusters: [
    // All but the user activity log.
    {
      ClusterIdentifier: 'mart',
      ParameterGroup: 'strict',
      AutomatedSnapshotRetentionPeriod: 7,
      logging: toCloudWatch(['connectionlog', 'userlog']),
    },
    // Its snapshots cannot be listed, but three days are too few without looking. Delivered two days ago.
    {
      ClusterIdentifier: 'clickstream',
      Encrypted: false,
      ClusterStatus: 'resizing',
      ClusterAvailabilityStatus: 'Modifying',
      PendingModifiedValues: { EncryptionType: 'KMS' },
      AutomatedSnapshotRetentionPeriod: 3,
      logging: toBucket('meridian-audit-us', '-49h'),
    },
  ],
  snapshots: [...automated('mart', 4), manual('mart', 'mart-nobody-sees', '-3d', -1, sharedWith(stranger))],
}

/** What no key of the account may read. */
const sealed = [
  {
    action: 'redshift:DescribeLoggingStatus',
    region: 'eu-west-1',
    resource: arn('eu-west-1', 'cluster:claims'),
  },
  {
    action: 'redshift:DescribeClusterParameters',
    region: 'eu-west-1',
    resource: arn('eu-west-1', 'parametergroup:sealed'),
  },
  { action: 'redshift:DescribeClusterSnapshots', region: 'us-east-1' },
]

export const warehouseAccount: AccountSeed = {
  alias: 'meridian-warehouse',
  accessKeys: [
    accessKey(201, 'redoubt', sealed),
    // AWS's own read-only policy would allow more.
    accessKey(202, 'auditor', [
      ...sealed,
      { action: 'redshift:DescribeLoggingStatus' },
      { action: 'redshift:DescribeClusterParameters' },
      { action: 'redshift:DescribeClusterParameterGroups' },
    ]),
  ],
  regions: { 'eu-central-1': frankfurt, 'eu-west-1': ireland, 'us-east-1': virginia },
}
