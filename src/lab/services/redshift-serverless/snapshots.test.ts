// Snapshots and recovery points through the SDK: how long they take, how long they are kept, and what comes of them.

import { DescribeClusterSnapshotsCommand } from '@aws-sdk/client-redshift'
import {
  ConvertRecoveryPointToSnapshotCommand,
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  DeleteWorkgroupCommand,
  GetNamespaceCommand,
  GetRecoveryPointCommand,
  GetSnapshotCommand,
  GetTableRestoreStatusCommand,
  GetWorkgroupCommand,
  ListRecoveryPointsCommand,
  type ListRecoveryPointsCommandInput,
  ListSnapshotsCommand,
  type ListSnapshotsCommandInput,
  ListTableRestoreStatusCommand,
  type RecoveryPoint,
  RestoreFromRecoveryPointCommand,
  RestoreFromSnapshotCommand,
  RestoreTableFromRecoveryPointCommand,
  RestoreTableFromSnapshotCommand,
  UpdateSnapshotCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { day, minute } from '#kit/time.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(serverlessWorld)

const get = async (snapshotName: string) =>
  (await lab.serverless().send(new GetSnapshotCommand({ snapshotName }))).snapshot

const list = async (filter: ListSnapshotsCommandInput) =>
  (await lab.serverless().send(new ListSnapshotsCommand(filter))).snapshots?.map(
    ({ snapshotName }) => snapshotName,
  )

async function points(filter: ListRecoveryPointsCommandInput): Promise<RecoveryPoint[]> {
  const found: RecoveryPoint[] = []
  let nextToken: string | undefined
  do {
    const page = await lab
      .serverless()
      .send(new ListRecoveryPointsCommand({ ...filter, nextToken, maxResults: 20 }))
    found.push(...(page.recoveryPoints ?? []))
    nextToken = page.nextToken
  } while (nextToken)
  return found
}

const create = (snapshotName: string, more = {}) =>
  lab.serverless().send(new CreateSnapshotCommand({ namespaceName: 'sales', snapshotName, ...more }))

test('a snapshot is kept for ever unless told otherwise, and takes a while', async () => {
  const { snapshot } = await create('now')
  expect(snapshot).toMatchObject({
    status: 'CREATING',
    snapshotRetentionPeriod: -1,
    ownerAccount: home,
    kmsKeyId: 'AWS_OWNED_KMS_KEY',
    adminUsername: 'admin',
    accountsWithRestoreAccess: [],
    accountsWithProvisionedRestoreAccess: [],
  })
  expect(snapshot).not.toHaveProperty('snapshotRemainingDays')
  expect(snapshot?.snapshotArn).toMatch(
    new RegExp(`^arn:aws:redshift-serverless:eu-west-1:${home}:snapshot/[0-9a-f-]{36}$`),
  )
  await expect(create('now')).rejects.toThrow('The snapshot now already exists.')
  const remove = () => lab.serverless().send(new DeleteSnapshotCommand({ snapshotName: 'now' }))
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' })
  lab.move('3m')
  expect((await get('now'))?.status).toBe('AVAILABLE')
  expect((await remove()).snapshot?.status).toBe('DELETED')
  await expect(get('now')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Serverless snapshot now not found.',
    resourceName: 'now',
  })
})

test('a namespace without a workgroup cannot be backed up', async () => {
  await expect(create('idle', { namespaceName: 'lonely' })).rejects.toThrow(
    "You can't create a snapshot because there isn't a workgroup created for the namespace",
  )
})

test.each([0, -2, 3_654])('%d days of retention are refused', async (retentionPeriod) => {
  await expect(create('never', { retentionPeriod })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The retention period must be either -1 or an integer between 1 and 3653.',
  })
})

test('snapshots are listed by namespace, ARN and time', async () => {
  expect(await list({ namespaceName: 'gone' })).toEqual(['orphan'])
  const namespaceArn = (await get('monthly'))?.namespaceArn
  expect(await list({ namespaceArn })).toEqual(['forever', 'monthly', 'shared-plain'])
  const now = lab.lab.clock.now()
  const between = { startTime: new Date(now - 20 * day), endTime: new Date(now - 9 * day) }
  expect(await list(between)).toEqual(['monthly'])
  expect(await list({ maxResults: 1 })).toEqual(['forever'])
})

test('retention counts from its start, changes, and is over at its end', async () => {
  expect(await get('monthly')).toMatchObject({ snapshotRetentionPeriod: 30, snapshotRemainingDays: 20 })
  const update = (retentionPeriod: number) =>
    lab.serverless().send(new UpdateSnapshotCommand({ snapshotName: 'monthly', retentionPeriod }))
  await expect(update(5)).rejects.toThrow('The retention period is in the past.')
  const { snapshot } = await update(12)
  expect(snapshot).toMatchObject({ snapshotRetentionPeriod: 12, snapshotRemainingDays: 2 })
  lab.move('1d')
  expect((await get('monthly'))?.snapshotRemainingDays).toBe(1)
  await update(13)
  lab.move('1d')
  expect(await list({ namespaceName: 'sales' })).toContain('monthly')
  lab.move('1d')
  expect(await list({ namespaceName: 'sales' })).not.toContain('monthly')
  expect(await list({ namespaceName: 'sales' })).toContain('forever')
})

test('a recovery point is taken every half hour and kept for a day', async () => {
  const found = await points({ namespaceName: 'sales' })
  expect(found).toHaveLength(48)
  const times = found.map(({ recoveryPointCreateTime: at }) => at?.getTime() ?? 0)
  const now = lab.lab.clock.now()
  expect(Math.min(...times)).toBeGreaterThan(now - day)
  expect(Math.max(...times)).toBeLessThanOrEqual(now)
  expect(new Set(times.slice(1).map((at, index) => at - (times[index] ?? 0)))).toEqual(new Set([30 * minute]))
  expect(new Set(found.map(({ recoveryPointId }) => recoveryPointId)).size).toBe(48)
  expect(found[0]).toMatchObject({
    namespaceName: 'sales',
    workgroupName: 'sales-wg',
    totalSizeInMegaBytes: 512,
  })
  const oldest = found[0]?.recoveryPointId
  const one = () => lab.serverless().send(new GetRecoveryPointCommand({ recoveryPointId: oldest }))
  expect((await one()).recoveryPoint).toEqual(found[0])
  lab.move('30m')
  await expect(one()).rejects.toMatchObject({ name: 'ResourceNotFoundException', resourceName: oldest })
  expect(await points({ namespaceName: 'lonely' })).toEqual([])
  const startTime = new Date(lab.lab.clock.now() - 65 * minute)
  expect(await points({ namespaceName: 'sales', startTime })).toHaveLength(2)
})

test('a recovery point becomes a snapshot that stays', async () => {
  const [point] = await points({ namespaceName: 'sales' })
  const { snapshot } = await lab.serverless().send(
    new ConvertRecoveryPointToSnapshotCommand({
      recoveryPointId: point?.recoveryPointId,
      snapshotName: 'converted',
      retentionPeriod: 90,
    }),
  )
  expect(snapshot).toMatchObject({
    namespaceName: 'sales',
    snapshotCreateTime: point?.recoveryPointCreateTime,
    snapshotRetentionPeriod: 90,
    snapshotRemainingDays: 90,
  })
  lab.move('60d')
  expect((await get('converted'))?.status).toBe('AVAILABLE')
})

test('a namespace goes back to a recovery point', async () => {
  const [point] = await points({ namespaceName: 'sales' })
  const restore = (workgroupName: string) =>
    lab.serverless().send(
      new RestoreFromRecoveryPointCommand({
        recoveryPointId: point?.recoveryPointId,
        namespaceName: 'sales',
        workgroupName,
      }),
    )
  await expect(restore('open-wg')).rejects.toThrow("isn't associated with the namespace sales")
  const { namespace } = await restore('sales-wg')
  expect(namespace?.status).toBe('MODIFYING')
  const { workgroup } = await lab.serverless().send(new GetWorkgroupCommand({ workgroupName: 'sales-wg' }))
  expect(workgroup?.status).toBe('MODIFYING')
  await expect(restore('sales-wg')).rejects.toMatchObject({ name: 'ConflictException' })
  lab.move('10m')
  const after = await lab.serverless().send(new GetNamespaceCommand({ namespaceName: 'sales' }))
  expect(after.namespace?.status).toBe('AVAILABLE')
})

test('tables are restored one by one', async () => {
  const table = {
    namespaceName: 'sales',
    workgroupName: 'sales-wg',
    sourceDatabaseName: 'dev',
    sourceTableName: 'users',
    newTableName: 'users_before',
  }
  const begun = await lab
    .serverless()
    .send(new RestoreTableFromSnapshotCommand({ ...table, snapshotName: 'converted' }))
  expect(begun.tableRestoreStatus).toMatchObject({
    status: 'PENDING',
    snapshotName: 'converted',
    sourceSchemaName: 'public',
    targetDatabaseName: 'dev',
    targetSchemaName: 'public',
    progressInMegaBytes: 0,
  })
  const tableRestoreRequestId = begun.tableRestoreStatus?.tableRestoreRequestId
  const status = async () =>
    (await lab.serverless().send(new GetTableRestoreStatusCommand({ tableRestoreRequestId })))
      .tableRestoreStatus?.status
  lab.move('2m')
  expect(await status()).toBe('IN_PROGRESS')
  lab.move('4m')
  expect(await status()).toBe('SUCCEEDED')
  const [point] = await points({ namespaceName: 'sales' })
  await lab
    .serverless()
    .send(new RestoreTableFromRecoveryPointCommand({ ...table, recoveryPointId: point?.recoveryPointId }))
  const all = await lab.serverless().send(new ListTableRestoreStatusCommand({ namespaceName: 'sales' }))
  expect(all.tableRestoreStatuses?.map((one) => one.status)).toEqual(['SUCCEEDED', 'PENDING'])
  await expect(
    lab.serverless().send(new RestoreTableFromSnapshotCommand({ ...table, snapshotName: 'orphan' })),
  ).rejects.toThrow('The backup and the workgroup must be of the namespace sales.')
})

test('without its workgroup a namespace gets no more recovery points, and keeps those it has', async () => {
  lab.move('1d')
  await lab.serverless().send(new DeleteWorkgroupCommand({ workgroupName: 'sales-wg' }))
  lab.move('10h')
  expect((await points({ namespaceName: 'sales' })).length).toBe(28)
  lab.move('14h')
  expect(await points({ namespaceName: 'sales' })).toEqual([])
})

test('a namespace is restored from the snapshot of a cluster', async () => {
  const { Snapshots } = await lab
    .redshift()
    .send(new DescribeClusterSnapshotsCommand({ SnapshotIdentifier: 'of-sealed' }))
  const restore = (snapshotArn: string | undefined) =>
    lab
      .serverless()
      .send(new RestoreFromSnapshotCommand({ namespaceName: 'open', workgroupName: 'open-wg', snapshotArn }))
  const arn = Snapshots?.[0]?.SnapshotArn
  expect(await restore(arn)).toMatchObject({ snapshotName: 'of-sealed', ownerAccount: home })
  lab.move('10m')
  const { namespace } = await lab.serverless().send(new GetNamespaceCommand({ namespaceName: 'open' }))
  expect(namespace).toMatchObject({ status: 'AVAILABLE', adminUsername: 'skipper' })
  await expect(restore(`${arn}x`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
