// A company that looked away: each practice fails, and every reason to fail can be found somewhere.

import type { World } from '../world.ts'
import {
  accessKey,
  automated,
  formerPartner,
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

export default {
  name: 'neglected',
  about: 'Two accounts in three regions where every practice fails, for every reason there is.',
  accounts: {
    [warehouse]: {
      alias: 'brinkmann-warehouse',
      accessKeys: [accessKey(101, 'redoubt')],
      regions: {
        'eu-central-1': {
          parameterGroups: [group('reporting', 'false'), group('migrated', 'true')],
          clusters: [
            {
              ClusterIdentifier: 'sales',
              ParameterGroup: 'reporting',
              Encrypted: false,
              NodeType: 'dc2.large',
              ClusterCreateTime: '2019-03-04T09:12:00Z',
              AutomatedSnapshotRetentionPeriod: 0,
            },
            // Somebody set require_ssl in its group, and nobody rebooted.
            {
              ClusterIdentifier: 'finance',
              ParameterGroup: 'migrated',
              inForce: { require_ssl: 'false' },
              logging: toBucket('brinkmann-logs', '-40d', {
                LastFailureTime: '-50m',
                LastFailureMessage: 'The bucket policy does not allow redshift.amazonaws.com to write.',
              }),
            },
            // It shares its group with sales, and has not lost it yet.
            {
              ClusterIdentifier: 'logistics',
              ParameterGroup: 'reporting',
              inForce: { require_ssl: 'true' },
              AutomatedSnapshotRetentionPeriod: 7,
              logging: toBucket('brinkmann-logs', '-3d'),
            },
          ],
          snapshots: [
            ...automated('finance', 4),
            ...automated('logistics', 53),
            manual('sales', 'sales-2021-year-end', '2022-01-02T05:00:00Z', -1, sharedWith(stranger)),
            manual('sales', 'sales-before-move', '-400d', -1),
          ],
        },
        'eu-west-1': {
          clusters: [
            {
              ClusterIdentifier: 'loyalty',
              ParameterGroup: 'default.redshift-1.0',
              Encrypted: false,
              ClusterStatus: 'resizing',
              PendingModifiedValues: { EncryptionType: 'KMS' },
              AutomatedSnapshotRetentionPeriod: 7,
              logging: toBucket('brinkmann-logs-ireland', 'never'),
            },
          ],
          snapshots: [manual('loyalty', 'loyalty-for-support', '-90d', 180, sharedWith(support))],
        },
        'us-east-1': {
          // Clusters that are gone; their snapshots are not.
          snapshots: [
            manual('web-shop-2018', 'web-shop-2018-final', '2019-06-30T22:00:00Z', -1),
            manual('web-shop-2018', 'web-shop-2018-copy', '2019-05-31T22:00:00Z', -1),
          ],
        },
      },
    },
    [lake]: {
      alias: 'brinkmann-lake',
      accessKeys: [accessKey(102, 'redoubt')],
      roles: [{ name: 'redoubt-scan', trusts: [warehouse] }],
      regions: {
        'eu-central-1': {
          clusters: [
            {
              ClusterIdentifier: 'datalab',
              ParameterGroup: 'default.redshift-1.0',
              ClusterStatus: 'resizing',
              PendingModifiedValues: { EncryptionType: 'None' },
              logging: toCloudWatch(['connectionlog']),
            },
          ],
          snapshots: [
            ...automated('datalab', 6, 1),
            manual('datalab', 'datalab-demo', '-30d', -1, sharedWith(formerPartner, warehouse)),
          ],
        },
        'eu-west-1': {
          clusters: [{ ClusterIdentifier: 'experiments', ParameterGroup: 'default.redshift-1.0' }],
          snapshots: automated('experiments', 3, 1),
        },
        'us-east-1': { clusters: [{ ClusterIdentifier: 'scratch', Encrypted: false }] },
      },
    },
  },
} satisfies World as World
