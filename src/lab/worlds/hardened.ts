// A company that does it all: every practice passes on everything, with a paused and a new cluster among the rest.

import type { ClusterSeed, World } from '../world.ts'
import { accessKey, automated, lake, manual, toBucket, toCloudWatch, warehouse } from './parts.ts'

const key = (region: string, account: string, id: string) => `arn:aws:kms:${region}:${account}:key/${id}`

const ssl = (name: string) => ({
  ParameterGroupName: name,
  ParameterGroupFamily: 'redshift-2.0',
  Description: 'TLS required, user activity logged',
  values: { require_ssl: 'true', enable_user_activity_logging: 'true' },
})

/** A cluster as this company makes them. */
function cluster(ClusterIdentifier: string, more: Partial<ClusterSeed>): ClusterSeed {
  return {
    ClusterIdentifier,
    ParameterGroup: 'company-standard',
    NodeType: 'ra3.4xlarge',
    AutomatedSnapshotRetentionPeriod: 14,
    ManualSnapshotRetentionPeriod: 90,
    EnhancedVpcRouting: true,
    logging: toCloudWatch(),
    ...more,
  }
}

export default {
  name: 'hardened',
  about: 'Two accounts in three regions where every practice passes.',
  accounts: {
    [warehouse]: {
      alias: 'nordlicht-warehouse',
      accessKeys: [accessKey(301, 'redoubt')],
      regions: {
        'eu-central-1': {
          parameterGroups: [ssl('company-standard')],
          clusters: [
            cluster('orders', {
              KmsKeyId: key('eu-central-1', warehouse, '0b7c4a52-9f5e-4f0e-8d55-3f1c7a0f2a10'),
              logging: toBucket('nordlicht-audit-eu-central-1', '-20m', { S3KeyPrefix: 'redshift/' }),
            }),
            cluster('payments', {
              KmsKeyId: key('eu-central-1', warehouse, '5be1d2a4-1f6b-4c55-9a3e-7d0c5d7b9e21'),
              AutomatedSnapshotRetentionPeriod: 35,
            }),
          ],
          snapshots: [
            ...automated('orders', 2),
            ...automated('payments', 5),
            manual('orders', 'orders-before-upgrade', '-20d', 90),
            manual('payments', 'payments-year-end-2025', '-325d', 3653),
          ],
        },
        'eu-west-1': {
          parameterGroups: [ssl('company-standard')],
          clusters: [
            cluster('returns', {}),
            cluster('planning', {
              ClusterStatus: 'paused',
              ClusterAvailabilityStatus: 'Unavailable',
              logging: toCloudWatch(undefined, '-9d'),
            }),
          ],
          snapshots: [...automated('returns', 7), ...automated('planning', 216)],
        },
        'us-east-1': {
          clusters: [
            cluster('web-events', { ParameterGroup: 'default.redshift-2.0', NodeType: 'rg.xlarge' }),
          ],
          snapshots: automated('web-events', 1),
        },
      },
    },
    [lake]: {
      alias: 'nordlicht-lake',
      accessKeys: [accessKey(302, 'redoubt')],
      roles: [{ name: 'redoubt-scan', trusts: [warehouse] }],
      regions: {
        'eu-central-1': {
          parameterGroups: [ssl('company-standard')],
          clusters: [cluster('analysts', { AutomatedSnapshotRetentionPeriod: 7 })],
          snapshots: [
            ...automated('analysts', 4),
            manual('analysts', 'analysts-course-material', '-3d', 30),
            // Its cluster is gone, and so will it be.
            manual('spring-campaign', 'spring-campaign-final', '-60d', 180),
          ],
        },
        'eu-west-1': {
          clusters: [
            cluster('forecast', {
              ParameterGroup: 'default.redshift-2.0',
              ClusterCreateTime: '-2h',
              logging: toCloudWatch(undefined, 'never'),
            }),
          ],
        },
        'us-east-1': {
          parameterGroups: [ssl('company-standard')],
          clusters: [cluster('ads', { logging: toBucket('nordlicht-lake-audit-us') })],
          snapshots: automated('ads', 6),
        },
      },
    },
  },
} satisfies World as World
