// The small world the lab's own tests start: two accounts that know each other, three clusters.

import type { World } from '../world.ts'

export const home = '111122223333'
export const partner = '444455556666'

export const alice = { accessKeyId: 'AKIAALICE00000000001', secretAccessKey: 'alice-secret' }
export const bob = { accessKeyId: 'AKIABOB0000000000001', secretAccessKey: 'bob-secret' }
export const carol = { accessKeyId: 'AKIACAROL00000000001', secretAccessKey: 'carol-secret' }
export const temporary = {
  accessKeyId: 'ASIATEMPORARY0000001',
  secretAccessKey: 'temporary-secret',
  sessionToken: 'temporary-token',
}
export const expired = { accessKeyId: 'AKIAEXPIRED000000001', secretAccessKey: 'expired-secret' }

/** A fresh copy for each test. */
export function testWorld(): World {
  return {
    name: 'test',
    about: 'Two accounts, three clusters.',
    accounts: {
      [home]: {
        alias: 'home',
        accessKeys: [
          { id: alice.accessKeyId, secret: alice.secretAccessKey, user: 'alice' },
          {
            id: carol.accessKeyId,
            secret: carol.secretAccessKey,
            user: 'carol',
            denied: [
              { action: 'redshift:DescribeLoggingStatus' },
              { action: 'sts:GetCallerIdentity' },
              { action: 'ec2:DescribeRegions' },
            ],
          },
          {
            id: temporary.accessKeyId,
            secret: temporary.secretAccessKey,
            sessionToken: temporary.sessionToken,
            user: 'dave',
          },
          { id: expired.accessKeyId, secret: expired.secretAccessKey, user: 'erin', expired: true },
        ],
        roles: [
          { name: 'auditor', trusts: [partner], externalId: 'shared-word' },
          { name: 'operator', trusts: [home], denied: [{ action: 'redshift:RebootCluster' }] },
        ],
        regions: {
          'eu-west-1': {
            parameterGroups: [
              {
                ParameterGroupName: 'strict',
                ParameterGroupFamily: 'redshift-1.0',
                values: { require_ssl: 'true' },
              },
              { ParameterGroupName: 'lax', ParameterGroupFamily: 'redshift-1.0' },
              { ParameterGroupName: 'unused', ParameterGroupFamily: 'redshift-2.0' },
            ],
            clusters: [
              { ClusterIdentifier: 'sales', ParameterGroup: 'lax', Tags: [{ Key: 'team', Value: 'sales' }] },
              { ClusterIdentifier: 'stock', ParameterGroup: 'strict', inForce: { require_ssl: 'false' } },
              { ClusterIdentifier: 'scratch', NodeType: 'dc2.large', ParameterGroup: 'default.redshift-1.0' },
            ],
          },
          'me-south-1': {},
        },
      },
      [partner]: {
        accessKeys: [{ id: bob.accessKeyId, secret: bob.secretAccessKey, user: 'bob' }],
        regions: { 'eu-west-1': {} },
      },
    },
  }
}
