// A world with warehouses of Redshift Serverless: one under AWS's key, one under a customer's, and one without computing.

import { home, partner, testWorld } from '#lab/testing/world.ts'
import type { World } from '#lab/world.ts'

const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })

/** Lets the owner do everything and other accounts what they need to restore. */
function keyPolicy(others: string[]): object {
  const own = { Effect: 'Allow', Principal: root(home), Action: 'kms:*', Resource: '*' }
  const guests = others.map((account) => ({
    Effect: 'Allow',
    Principal: root(account),
    Action: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey'],
    Resource: '*',
  }))
  return { Version: '2012-10-17', Statement: [own, ...guests] }
}

/** A fresh copy for each test. */
export function serverlessWorld(): World {
  const world = testWorld()
  const here = world.accounts[home]?.regions
  const there = world.accounts[partner]?.regions
  if (!here || !there) throw new Error('the test world has changed')
  here['eu-west-1'] = {
    keys: [
      { aliases: ['mine'], Policy: keyPolicy([]) },
      { aliases: ['shared'], Policy: keyPolicy([partner]) },
    ],
    namespaces: [
      { namespaceName: 'sales', tags: [{ key: 'team', value: 'sales' }], logExports: ['userlog'] },
      { namespaceName: 'secret', kmsKeyId: 'alias/mine', adminUsername: 'chief' },
      { namespaceName: 'open', kmsKeyId: 'alias/shared' },
      { namespaceName: 'lonely' },
    ],
    workgroups: [
      { workgroupName: 'sales-wg', namespaceName: 'sales', creationDate: '-100d' },
      { workgroupName: 'secret-wg', namespaceName: 'secret', publiclyAccessible: true },
      { workgroupName: 'open-wg', namespaceName: 'open' },
    ],
    clusters: [
      { ClusterIdentifier: 'sealed', Encrypted: true, KmsKeyId: 'alias/mine', MasterUsername: 'skipper' },
    ],
    snapshots: [{ SnapshotIdentifier: 'of-sealed', ClusterIdentifier: 'sealed' }],
    serverlessSnapshots: [
      { snapshotName: 'forever', namespaceName: 'sales', snapshotCreateTime: '-40d' },
      {
        snapshotName: 'monthly',
        namespaceName: 'sales',
        snapshotCreateTime: '-10d',
        snapshotRetentionPeriod: 30,
      },
      { snapshotName: 'shared-plain', namespaceName: 'sales', accountsWithRestoreAccess: [partner] },
      { snapshotName: 'shared-shut', namespaceName: 'secret', accountsWithRestoreAccess: [partner] },
      { snapshotName: 'shared-open', namespaceName: 'open', accountsWithRestoreAccess: [partner] },
      { snapshotName: 'orphan', namespaceName: 'gone', snapshotCreateTime: '-300d' },
    ],
  }
  here['eu-central-1'] = { keys: [{ aliases: ['far'] }] }
  there['eu-west-1'] = {
    namespaces: [{ namespaceName: 'lab' }],
    workgroups: [{ workgroupName: 'lab-wg', namespaceName: 'lab' }],
  }
  return world
}
