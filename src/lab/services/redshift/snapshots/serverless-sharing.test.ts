// Serverless snapshots shared with accounts that restore them to clusters.

import { ListAliasesCommand } from '@aws-sdk/client-kms'
import {
  AuthorizeSnapshotAccessCommand,
  DescribeClustersCommand,
  RestoreFromClusterSnapshotCommand,
  type RestoreFromClusterSnapshotCommandInput,
  RevokeSnapshotAccessCommand,
} from '@aws-sdk/client-redshift'
import { CreateSnapshotCommand, GetSnapshotCommand } from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { serverlessWorld } from '#lab/services/redshift-serverless/testing/world.ts'
import { useLab } from '#lab/testing/lab.ts'
import { bob, home, partner } from '#lab/testing/world.ts'
import { openVault } from '../keys/vault.ts'

const lab = useLab(serverlessWorld)

const show = async () =>
  (await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'forever' }))).snapshot

test('an account is let in by the ARN of the snapshot, once, and shut out again', async () => {
  const { snapshotArn: SnapshotArn } = (await show()) ?? {}
  const wish = { SnapshotArn, AccountWithRestoreAccess: partner }
  const authorize = () => lab.redshift().send(new AuthorizeSnapshotAccessCommand(wish))
  const revoke = () => lab.redshift().send(new RevokeSnapshotAccessCommand(wish))
  expect((await authorize()).Snapshot).toMatchObject({
    SnapshotArn,
    AccountsWithRestoreAccess: [{ AccountId: partner }],
  })
  expect((await show())?.accountsWithProvisionedRestoreAccess).toEqual([partner])
  await expect(authorize()).rejects.toThrow(`Account ${partner} is already authorized to restore forever.`)
  await revoke()
  expect((await show())?.accountsWithProvisionedRestoreAccess).toEqual([])
  await expect(revoke()).rejects.toThrow(`Account ${partner} is not authorized to restore forever.`)
})

test('the owner needs no access', async () => {
  const { snapshotArn: SnapshotArn } = (await show()) ?? {}
  const wish = { SnapshotArn, AccountWithRestoreAccess: home }
  await expect(lab.redshift().send(new AuthorizeSnapshotAccessCommand(wish))).rejects.toThrow(
    `Account ${home} owns the snapshot.`,
  )
})

const arnOf = async (snapshotName: string) =>
  (await lab.serverless().send(new GetSnapshotCommand({ snapshotName }))).snapshot?.snapshotArn
const size = { NodeType: 'ra3.xlplus', NumberOfNodes: 2 }
const restore = (wish: RestoreFromClusterSnapshotCommandInput, credentials?: typeof bob) =>
  lab.redshift(credentials).send(new RestoreFromClusterSnapshotCommand(wish))

test('one is restored to a cluster of the size that is asked for, with its data', async () => {
  const SnapshotArn = await arnOf('shared-shut')
  const wish = { SnapshotArn, ClusterIdentifier: 'from-serverless' }
  await expect(restore(wish)).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
    message: 'Specify NodeType and NumberOfNodes to restore a serverless snapshot to a cluster.',
  })
  const { Cluster } = await restore({ ...wish, ...size })
  const { Aliases = [] } = await lab.kms().send(new ListAliasesCommand({}))
  const mine = Aliases.find(({ AliasName }) => AliasName === 'alias/mine')?.TargetKeyId
  expect(Cluster).toMatchObject({
    ...{ ClusterStatus: 'creating', MasterUsername: 'chief', NumberOfNodes: 2, Encrypted: true },
    KmsKeyId: expect.stringContaining(String(mine)),
  })
  lab.move('2h')
  const region = lab.lab.state.accounts.get(home)?.regions.get('eu-west-1')
  const made = region?.redshift.clusters.get('from-serverless')
  const source = region?.serverless.snapshots.get('shared-shut')
  if (!region || !made?.vault || !source) throw new Error('the cluster has no keys')
  const where = { state: lab.lab.state, region, now: lab.lab.clock.now() }
  // The keys are new ones, what is under them is the same.
  expect(made.vault.dek).not.toEqual(source.vault.dek)
  expect(openVault(where, made.vault).blocks).toEqual(openVault(where, source.vault).blocks)
  const { Clusters } = await lab
    .redshift()
    .send(new DescribeClustersCommand({ ClusterIdentifier: 'from-serverless' }))
  expect(Clusters).toMatchObject([{ ClusterStatus: 'available', RestoreStatus: { Status: 'completed' } }])
})

test('another account restores it when it was let in, and the key lets it in', async () => {
  const wish = async (name: string, ClusterIdentifier: string) => ({
    ...{ SnapshotArn: await arnOf(name), ClusterIdentifier, ...size },
  })
  const open = await wish('shared-open', 'from-home')
  // That namespaces of the account may restore it says nothing of clusters.
  await expect(restore(open, bob)).rejects.toMatchObject({ name: 'AccessToSnapshotDeniedFault' })
  for (const name of ['shared-open', 'shared-shut', 'forever'])
    await lab.redshift().send(
      new AuthorizeSnapshotAccessCommand({
        ...{ SnapshotArn: await arnOf(name), AccountWithRestoreAccess: partner },
      }),
    )
  expect((await restore(open, bob)).Cluster).toMatchObject({ ClusterIdentifier: 'from-home' })
  for (const name of ['shared-shut', 'forever'])
    await expect(restore(await wish(name, `from-${name}`), bob)).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    })
})

test('one that is still being made is not restored', async () => {
  const wish = { namespaceName: 'sales', snapshotName: 'fresh', retentionPeriod: 1 }
  await lab.serverless().send(new CreateSnapshotCommand(wish))
  const early = { SnapshotArn: await arnOf('fresh'), ClusterIdentifier: 'too-early', ...size }
  await expect(restore(early)).rejects.toMatchObject({ name: 'InvalidClusterSnapshotStateFault' })
})
