// The account of the world `mixed` in which the analysts play; the warehouse account may scan it through a role.

import type { AccountSeed, RegionSeed } from '../world.ts'
import {
  accessKey,
  automated,
  formerPartner,
  manual,
  sharedWith,
  toBucket,
  toCloudWatch,
  warehouse,
} from './parts.ts'

const frankfurt: RegionSeed = {
  parameterGroups: [
    {
      ParameterGroupName: 'lake',
      ParameterGroupFamily: 'redshift-2.0',
      values: { require_ssl: 'true', enable_user_activity_logging: 'true' },
    },
    // The name that the warehouse account uses too, with another value.
    {
      ParameterGroupName: 'analytics',
      ParameterGroupFamily: 'redshift-1.0',
      values: { require_ssl: 'false' },
    },
  ],
  clusters: [
    // Something waits for a reboot, but not what is judged here.
    {
      ClusterIdentifier: 'lake',
      ParameterGroup: 'lake',
      inForce: { enable_user_activity_logging: 'false' },
      AutomatedSnapshotRetentionPeriod: 14,
      logging: toCloudWatch(),
    },
    {
      ClusterIdentifier: 'orders',
      ParameterGroup: 'analytics',
      AutomatedSnapshotRetentionPeriod: 7,
      // It failed once, and has delivered since.
      logging: toBucket('meridian-lake-audit', '-30m', {
        LastFailureTime: '-3d',
        LastFailureMessage: 'Access Denied',
      }),
    },
  ],
  snapshots: [
    ...automated('lake', 2),
    ...automated('orders', 4, 2),
    manual('lake', 'lake-for-warehouse', '-5d', 30, sharedWith(warehouse)),
    manual('lake', 'lake-for-former-partner', '-200d', 365, sharedWith(formerPartner)),
  ],
}

const ireland: RegionSeed = {
  clusters: [
    {
      ClusterIdentifier: 'orders',
      AutomatedSnapshotRetentionPeriod: 7,
      logging: toBucket('meridian-lake-audit-ireland'),
    },
  ],
  snapshots: [
    ...automated('orders', 30, 1),
    // Fresh, but a copy of the cluster of the same name in Frankfurt: it does not make the one here fresh.
    {
      SnapshotIdentifier: 'copy:rs:orders-0001h-ago',
      ClusterIdentifier: 'orders',
      SourceRegion: 'eu-central-1',
      SnapshotCreateTime: '-1h',
    },
  ],
}

const virginia: RegionSeed = {
  clusters: [{ ClusterIdentifier: 'trial', ParameterGroup: 'default.redshift-1.0' }],
  snapshots: [manual('trial', 'trial-2025', '-300d', -1)],
}

const noClusters = [{ action: 'redshift:DescribeClusters', region: 'us-east-1' }]

export const lakeAccount: AccountSeed = {
  alias: 'meridian-lake',
  accessKeys: [accessKey(203, 'redoubt', noClusters)],
  roles: [{ name: 'redoubt-scan', trusts: [warehouse], denied: noClusters }],
  regions: { 'eu-central-1': frankfurt, 'eu-west-1': ireland, 'us-east-1': virginia },
}
