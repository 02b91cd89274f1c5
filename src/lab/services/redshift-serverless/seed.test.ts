// What a world may say of Redshift Serverless, and the sentences for what it may not.

import {
  GetNamespaceCommand,
  GetResourcePolicyCommand,
  GetSnapshotCommand,
  GetWorkgroupCommand,
  ListSnapshotCopyConfigurationsCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { seedState } from '#lab/seed.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home } from '#lab/testing/world.ts'
import type { RegionSeed, World } from '#lab/world.ts'
import { serverlessWorld } from './testing/world.ts'

const foreign = 'arn:aws:kms:eu-west-1:999988887777:key/11111111-2222-4333-8444-555555555555'

function worldWith(change: (region: RegionSeed) => void): World {
  const world = serverlessWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region) change(region)
  return world
}

const lab = useLab(() =>
  worldWith((region) => {
    region.namespaces?.push(
      { namespaceName: 'guest', kmsKeyId: foreign },
      { namespaceName: 'busy', status: 'MODIFYING' },
      { namespaceName: 'going', status: 'DELETING' },
    )
    region.workgroups?.push({ workgroupName: 'busy', namespaceName: 'busy', status: 'CREATING' })
    region.serverlessSnapshots?.push({ snapshotName: 'fresh', namespaceName: 'sales', status: 'CREATING' })
    region.snapshotCopyConfigurations = [
      { ...copying, namespaceName: 'sales', destinationRegion: 'eu-central-1' },
    ]
    region.resourcePolicies = [
      {
        snapshotName: 'forever',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: ['777788889999'] },
              Action: 'redshift-serverless:RestoreFromSnapshot',
            },
          ],
        },
      },
    ]
  }),
)

// The id that a scan told of.
const copying = { snapshotCopyConfigurationId: '331c2967-9385-434d-b181-3506c8e11664' }

test('what a world says is under way comes to its end', async () => {
  const client = lab.serverless()
  const status = async () => ({
    namespace: (await client.send(new GetNamespaceCommand({ namespaceName: 'busy' }))).namespace?.status,
    workgroup: (await client.send(new GetWorkgroupCommand({ workgroupName: 'busy' }))).workgroup?.status,
    snapshot: (await client.send(new GetSnapshotCommand({ snapshotName: 'fresh' }))).snapshot?.status,
  })
  expect(await status()).toEqual({ namespace: 'MODIFYING', workgroup: 'CREATING', snapshot: 'CREATING' })
  lab.move('5m')
  expect(await status()).toEqual({ namespace: 'AVAILABLE', workgroup: 'AVAILABLE', snapshot: 'AVAILABLE' })
  const gone = client.send(new GetNamespaceCommand({ namespaceName: 'going' }))
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a world may share, copy and use keys of accounts it does not describe', async () => {
  const { snapshot } = await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'forever' }))
  expect(snapshot?.accountsWithRestoreAccess).toEqual(['777788889999'])
  const resourceArn = snapshot?.snapshotArn
  const { resourcePolicy } = await lab.serverless().send(new GetResourcePolicyCommand({ resourceArn }))
  expect(JSON.parse(resourcePolicy?.policy ?? '').Statement).toHaveLength(1)
  const { snapshotCopyConfigurations } = await lab
    .serverless()
    .send(new ListSnapshotCopyConfigurationsCommand({}))
  expect(snapshotCopyConfigurations).toMatchObject([
    { ...copying, namespaceName: 'sales', destinationRegion: 'eu-central-1', snapshotRetentionPeriod: -1 },
  ])
  const { namespace } = await lab.serverless().send(new GetNamespaceCommand({ namespaceName: 'guest' }))
  expect(namespace).toMatchObject({ kmsKeyId: foreign, status: 'AVAILABLE' })
})

test.each<[string, (region: RegionSeed) => void, string]>([
  [
    'a name twice',
    (region) => region.namespaces?.push({ namespaceName: 'sales' }),
    'namespace sales is given twice',
  ],
  [
    'a workgroup of nothing',
    (region) => region.workgroups?.push({ workgroupName: 'lost', namespaceName: 'mars' }),
    'workgroup lost is of the unknown namespace mars',
  ],
  [
    'an unknown key',
    (region) => region.namespaces?.push({ namespaceName: 'locked', kmsKeyId: 'alias/none' }),
    'namespace locked names the unknown key alias/none',
  ],
  [
    'a member AWS does not have',
    (region) => region.namespaces?.push({ namespaceName: 'odd', ...{ colour: 'red' } }),
    "namespace odd has no member colour in AWS's Namespace",
  ],
  [
    'a status that namespaces do not have',
    (region) => region.namespaces?.push({ namespaceName: 'moving', status: 'CREATING' as never }),
    'namespace moving has the status CREATING; it can be AVAILABLE, MODIFYING, DELETING',
  ],
  [
    'a policy for nothing',
    (region) => {
      region.resourcePolicies = [{ snapshotName: 'mars', policy: {} }]
    },
    'a resource policy is for the unknown snapshot mars',
  ],
  [
    'a policy for no namespace',
    (region) => {
      region.resourcePolicies = [{ namespaceName: 'mars', policy: {} }]
    },
    'a resource policy is for the unknown namespace mars',
  ],
])('%s is told', async (_what, change, message) => {
  await expect(seedState(worldWith(change), Date.parse('2026-11-22T12:00:00Z'))).rejects.toThrow(message)
})
