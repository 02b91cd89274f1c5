// Serverless snapshots shared with accounts that restore them to clusters.

import {
  AuthorizeSnapshotAccessCommand,
  RestoreFromClusterSnapshotCommand,
  RevokeSnapshotAccessCommand,
} from '@aws-sdk/client-redshift'
import { GetSnapshotCommand } from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { serverlessWorld } from '#lab/services/redshift-serverless/testing/world.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home, partner } from '#lab/testing/world.ts'

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

test('restoring one to a cluster is refused, not said to be impossible', async () => {
  const { snapshotArn: SnapshotArn } = (await show()) ?? {}
  const wish = { SnapshotArn, ClusterIdentifier: 'from-serverless' }
  await expect(lab.redshift().send(new RestoreFromClusterSnapshotCommand(wish))).rejects.toThrow(
    'The lab does not restore serverless snapshots to clusters.',
  )
})
