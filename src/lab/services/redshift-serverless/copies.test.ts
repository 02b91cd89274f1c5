// Copies in another region through the SDK: what is copied, under which key, how long it stays.

import { DescribeKeyCommand, DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import {
  ConvertRecoveryPointToSnapshotCommand,
  CreateSnapshotCommand,
  CreateSnapshotCopyConfigurationCommand,
  type CreateSnapshotCopyConfigurationCommandInput,
  DeleteSnapshotCommand,
  DeleteSnapshotCopyConfigurationCommand,
  GetSnapshotCommand,
  ListRecoveryPointsCommand,
  ListSnapshotCopyConfigurationsCommand,
  ListSnapshotsCommand,
  UpdateSnapshotCopyConfigurationCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { openVault } from '#lab/services/redshift/keys/vault.ts'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const far = 'eu-central-1'
const lab = useLab(serverlessWorld)

const configure = (more: Partial<CreateSnapshotCopyConfigurationCommandInput> = {}) =>
  lab.serverless().send(
    new CreateSnapshotCopyConfigurationCommand({
      namespaceName: 'secret',
      destinationRegion: far,
      ...more,
    }),
  )

const there = async () =>
  (await lab.serverless(undefined, far).send(new ListSnapshotsCommand({}))).snapshots ?? []

const take = async (snapshotName: string) => {
  await lab.serverless().send(new CreateSnapshotCommand({ namespaceName: 'secret', snapshotName }))
  lab.move('3m')
}

const configurations = async (input = {}) =>
  (await lab.serverless().send(new ListSnapshotCopyConfigurationsCommand(input)))
    .snapshotCopyConfigurations ?? []

const farKey = async () =>
  (await lab.kms(undefined, far).send(new DescribeKeyCommand({ KeyId: 'alias/far' }))).KeyMetadata?.Arn

test.each([
  ['the same Region', { destinationRegion: 'eu-west-1' }, 'must be another Region'],
  ['a Region nobody uses', { destinationRegion: 'af-south-1' }, "isn't available"],
  ['no Region', { destinationRegion: 'mars-1' }, "isn't available"],
  ['a key of elsewhere', { destinationKmsKeyId: 'alias/mine' }, "The KMS key alias/mine doesn't exist."],
  ['no days', { snapshotRetentionPeriod: 0 }, 'The retention period must be'],
])('copying to %s is refused', async (_what, more, message) => {
  await expect(configure(more)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
})

test('a namespace has one destination at a time', async () => {
  const { snapshotCopyConfiguration } = await configure({
    destinationKmsKeyId: 'alias/far',
    snapshotRetentionPeriod: 10,
  })
  expect(snapshotCopyConfiguration).toEqual({
    snapshotCopyConfigurationId: expect.any(String),
    snapshotCopyConfigurationArn: `arn:aws:redshift-serverless:eu-west-1:${home}:snapshotcopyconfiguration/${snapshotCopyConfiguration?.snapshotCopyConfigurationId}`,
    namespaceName: 'secret',
    destinationRegion: far,
    destinationKmsKeyId: await farKey(),
    snapshotRetentionPeriod: 10,
  })
  await expect(configure({ destinationRegion: 'eu-west-2' })).rejects.toMatchObject({
    name: 'ConflictException',
  })
  expect(await configurations({ namespaceName: 'secret' })).toEqual([snapshotCopyConfiguration])
  expect(await configurations({ namespaceName: 'sales' })).toEqual([])
  await expect(configurations({ namespaceName: 'mars' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(configurations({ nextToken: 'nonsense' })).rejects.toMatchObject({
    name: 'InvalidPaginationException',
  })
})

test('a new snapshot is copied, under the key there and with a retention of its own', async () => {
  await take('first')
  const source = (await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'first' }))).snapshot
  const [copy, ...others] = await there()
  expect(others).toEqual([])
  expect(copy).toMatchObject({
    snapshotName: 'first',
    status: 'COPYING',
    namespaceName: 'secret',
    namespaceArn: source?.namespaceArn,
    kmsKeyId: await farKey(),
    snapshotRetentionPeriod: 10,
    snapshotRemainingDays: 10,
  })
  expect(copy?.snapshotArn).toMatch(new RegExp(`^arn:aws:redshift-serverless:${far}:${home}:snapshot/`))
  expect(source?.kmsKeyId).not.toBe(copy?.kmsKeyId)
  lab.move('10m')
  expect((await there())[0]?.status).toBe('AVAILABLE')
})

test('the bytes prove it: the same data under another root key', () => {
  const { state, clock } = lab.lab
  const account = state.accounts.get(home)
  if (!account) throw new Error('no account')
  const [here, away] = [regionIn(account, 'eu-west-1'), regionIn(account, far)]
  const [source, copy] = [here, away].map(({ serverless }) => serverless.snapshots.get('first')?.vault)
  if (!source || !copy) throw new Error('no snapshot')
  expect(copy.cek.equals(source.cek)).toBe(false)
  expect(copy.dek.equals(source.dek)).toBe(true)
  const opened = openVault({ state, region: away, now: clock.now() }, copy)
  expect(opened.cek.equals(openVault({ state, region: here, now: clock.now() }, source).cek)).toBe(true)
})

test('recovery points are copied for a day, and can be kept there', async () => {
  lab.move('2h')
  const list = async (region: string) =>
    (await lab.serverless(undefined, region).send(new ListRecoveryPointsCommand({ namespaceName: 'secret' })))
      .recoveryPoints ?? []
  const copies = await list(far)
  expect(copies).toHaveLength(5)
  expect(copies[0]).not.toHaveProperty('workgroupName')
  const ids = (await list('eu-west-1')).map(({ recoveryPointId }) => recoveryPointId)
  expect(ids).not.toContain(copies[0]?.recoveryPointId)
  const { snapshot } = await lab.serverless(undefined, far).send(
    new ConvertRecoveryPointToSnapshotCommand({
      recoveryPointId: copies[0]?.recoveryPointId,
      snapshotName: 'kept-there',
    }),
  )
  expect(snapshot?.kmsKeyId).toBe(await farKey())
})

test('a new retention is for new copies', async () => {
  const [configuration] = await configurations()
  const snapshotCopyConfigurationId = configuration?.snapshotCopyConfigurationId
  await lab.serverless().send(
    new UpdateSnapshotCopyConfigurationCommand({
      snapshotCopyConfigurationId,
      snapshotRetentionPeriod: 100,
    }),
  )
  await take('second')
  const kept = (await there()).map(({ snapshotName, snapshotRetentionPeriod }) => [
    snapshotName,
    snapshotRetentionPeriod,
  ])
  expect(kept).toEqual([
    ['first', 10],
    ['kept-there', -1],
    ['second', 100],
  ])
})

test('nothing is copied while the key there cannot be used', async () => {
  await lab.kms(undefined, far).send(new DisableKeyCommand({ KeyId: await farKey() }))
  await take('third')
  expect((await there()).map(({ snapshotName }) => snapshotName)).not.toContain('third')
  await lab.kms(undefined, far).send(new EnableKeyCommand({ KeyId: await farKey() }))
})

test('copies stay when the original and the configuration are gone, until their own retention is over', async () => {
  await lab.serverless().send(new DeleteSnapshotCommand({ snapshotName: 'first' }))
  const [configuration] = await configurations()
  const id = { snapshotCopyConfigurationId: configuration?.snapshotCopyConfigurationId }
  await lab.serverless().send(new DeleteSnapshotCopyConfigurationCommand(id))
  await expect(lab.serverless().send(new DeleteSnapshotCopyConfigurationCommand(id))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await take('fourth')
  expect((await there()).map(({ snapshotName }) => snapshotName)).toEqual(['first', 'kept-there', 'second'])
  lab.move('25h')
  const points = await lab.serverless(undefined, far).send(new ListRecoveryPointsCommand({}))
  expect(points.recoveryPoints).toEqual([])
  lab.move('10d')
  expect((await there()).map(({ snapshotName }) => snapshotName)).toEqual(['kept-there', 'second'])
})
