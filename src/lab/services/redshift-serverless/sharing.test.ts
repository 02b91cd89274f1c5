// Sharing through the SDK: what a resource policy does, who sees a shared snapshot, and whom the key lets restore it.

import {
  DeleteResourcePolicyCommand,
  GetNamespaceCommand,
  GetResourcePolicyCommand,
  GetSnapshotCommand,
  ListSnapshotsCommand,
  PutResourcePolicyCommand,
  RestoreFromSnapshotCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { openVault } from '#lab/services/redshift/keys/vault.ts'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { bob, home, partner } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'
import { serverlessSnapshot, shareWithClusters, unshareWithClusters } from './use.ts'

const lab = useLab(serverlessWorld)

const get = async (snapshotName: string) =>
  (await lab.serverless().send(new GetSnapshotCommand({ snapshotName }))).snapshot

const policyFor = (principals: string[], change = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowUserRestoreFromSnapshot',
        Effect: 'Allow',
        Principal: { AWS: principals },
        Action: ['redshift-serverless:RestoreFromSnapshot'],
        ...change,
      },
    ],
  })

const put = (resourceArn: string | undefined, policy: string) =>
  lab.serverless().send(new PutResourcePolicyCommand({ resourceArn, policy }))

const restore = (snapshotName: string) =>
  lab.serverless(bob).send(
    new RestoreFromSnapshotCommand({
      namespaceName: 'lab',
      workgroupName: 'lab-wg',
      snapshotName,
      ownerAccount: home,
    }),
  )

test('the policy says with whom a snapshot is shared; it is replaced as a whole and taken away', async () => {
  const arn = (await get('forever'))?.snapshotArn
  await expect(
    lab.serverless().send(new GetResourcePolicyCommand({ resourceArn: arn })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', resourceName: arn })
  const policy = policyFor([partner, '777788889999'])
  const answer = await put(arn, policy)
  expect(answer.resourcePolicy).toEqual({ resourceArn: arn, policy })
  expect((await get('forever'))?.accountsWithRestoreAccess).toEqual([partner, '777788889999'])
  await put(arn, policyFor([`arn:aws:iam::${partner}:role/auditor`]))
  expect((await get('forever'))?.accountsWithRestoreAccess).toEqual([partner])
  await lab.serverless().send(new DeleteResourcePolicyCommand({ resourceArn: arn }))
  expect((await get('forever'))?.accountsWithRestoreAccess).toEqual([])
  await expect(
    lab.serverless().send(new DeleteResourcePolicyCommand({ resourceArn: arn })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a Deny in the policy shares nothing', async () => {
  const arn = (await get('forever'))?.snapshotArn
  const deny = {
    Effect: 'Deny',
    Principal: { AWS: [partner] },
    Action: ['redshift-serverless:RestoreFromSnapshot'],
  }
  const { Statement } = JSON.parse(policyFor([partner, '777788889999']))
  await put(arn, JSON.stringify({ Version: '2012-10-17', Statement: [...Statement, deny] }))
  expect((await get('forever'))?.accountsWithRestoreAccess).toEqual(['777788889999'])
})

test.each([
  ['everybody', policyFor(['*']), 'The principals of the resource policy must be AWS accounts.'],
  ['another action', policyFor([partner], { Action: 'redshift-serverless:*' }), 'may only have the action'],
  ['another resource', policyFor([partner], { Resource: 'arn:aws:s3:::x' }), 'names another resource'],
  ['no policy', '{}', 'Missing required field Statement'],
])('a policy for %s is refused', async (_what, policy, message) => {
  await expect(put((await get('forever'))?.snapshotArn, policy)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
})

test('namespaces have no policies here, and snapshots 20 accounts at most', async () => {
  const { namespace } = await lab.serverless().send(new GetNamespaceCommand({ namespaceName: 'sales' }))
  await expect(put(namespace?.namespaceArn, policyFor([partner]))).rejects.toThrow("isn't a snapshot")
  const many = Array.from({ length: 21 }, (_, index) => String(100_000_000_000 + index))
  const arn = (await get('forever'))?.snapshotArn
  await expect(put(arn, policyFor(many))).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  await put(arn, policyFor(many.slice(1)))
})

test('another account sees what is shared with it, without being told with whom else', async () => {
  const list = async (input: object) =>
    (await lab.serverless(bob).send(new ListSnapshotsCommand(input))).snapshots
  expect(await list({})).toEqual([])
  const shared = await list({ ownerAccount: home })
  expect(shared?.map(({ snapshotName }) => snapshotName)).toEqual([
    'shared-open',
    'shared-plain',
    'shared-shut',
  ])
  expect(shared?.[0]).toMatchObject({ ownerAccount: home, status: 'AVAILABLE' })
  expect(shared?.[0]).not.toHaveProperty('accountsWithRestoreAccess')
  const byArn = await lab
    .serverless(bob)
    .send(new GetSnapshotCommand({ snapshotArn: shared?.[0]?.snapshotArn }))
  expect(byArn.snapshot?.snapshotName).toBe('shared-open')
  const hidden = new GetSnapshotCommand({ snapshotName: 'orphan', ownerAccount: home })
  await expect(lab.serverless(bob).send(hidden)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(lab.serverless(bob).send(new GetSnapshotCommand({}))).rejects.toThrow(
    'Specify either snapshotName or snapshotArn.',
  )
})

test('a key of AWS, and a key that does not let the account in, keep a shared snapshot shut', async () => {
  for (const name of ['shared-plain', 'shared-shut'])
    await expect(restore(name)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Insufficient KMS permissions.',
    })
  await expect(restore('orphan')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('with the policy and the key the data comes over, under a key of the account that restores it', async () => {
  const { state, clock } = lab.lab
  const account = state.accounts.get(partner)
  if (!account) throw new Error('no partner')
  const region = regionIn(account, 'eu-west-1')
  const before = region.serverless.namespaces.get('lab')?.vault
  const { namespace, ownerAccount } = await restore('shared-open')
  expect(ownerAccount).toBe(home)
  expect(namespace).toMatchObject({ status: 'MODIFYING', kmsKeyId: 'AWS_OWNED_KMS_KEY' })
  lab.move('10m')
  await lab.serverless(bob).send(new GetNamespaceCommand({ namespaceName: 'lab' }))
  const after = region.serverless.namespaces.get('lab')
  if (!before || !after) throw new Error('no namespace')
  expect(after.work).toBeUndefined()
  expect(after.vault.keyArn).toBe(before.keyArn)
  expect(after.vault.cek.equals(before.cek)).toBe(false)
  const opened = openVault({ state, region, now: clock.now() }, after.vault)
  // The rows tell whose they were: the sharer's.
  const rows = expect.stringMatching(new RegExp(`^(customers|orders) of arn:aws:redshift.*:${home}:`))
  expect(opened.blocks.map(String)).toEqual([rows, rows])
})

test('what is no longer shared cannot be restored any more', async () => {
  const resourceArn = (await get('shared-open'))?.snapshotArn
  await lab.serverless().send(new DeleteResourcePolicyCommand({ resourceArn }))
  await expect(restore('shared-open')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('the other list is of accounts that may restore to clusters', async () => {
  const account = lab.lab.state.accounts.get(home)
  const arn = (await get('forever'))?.snapshotArn ?? ''
  const snapshot = account && serverlessSnapshot(regionIn(account, 'eu-west-1'), arn)
  if (!snapshot) throw new Error('no snapshot')
  expect(shareWithClusters(snapshot, partner)).toBe(true)
  expect(shareWithClusters(snapshot, partner)).toBe(false)
  expect((await get('forever'))?.accountsWithProvisionedRestoreAccess).toEqual([partner])
  expect(unshareWithClusters(snapshot, partner)).toBe(true)
  expect(unshareWithClusters(snapshot, partner)).toBe(false)
  expect((await get('forever'))?.accountsWithProvisionedRestoreAccess).toEqual([])
})
