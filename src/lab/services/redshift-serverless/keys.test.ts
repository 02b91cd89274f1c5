// Keys of namespaces through the SDK: whose they are, changing them, who may use them, and what happens without them.

import {
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  ListGrantsCommand,
  PutKeyPolicyCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms'
import {
  CreateNamespaceCommand,
  CreateSnapshotCommand,
  CreateWorkgroupCommand,
  DeleteSnapshotCommand,
  GetNamespaceCommand,
  GetSnapshotCommand,
  GetWorkgroupCommand,
  ListRecoveryPointsCommand,
  RestoreFromSnapshotCommand,
  RestoreTableFromSnapshotCommand,
  UpdateNamespaceCommand,
  UpdateWorkgroupCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { openVault } from '#lab/services/redshift/keys/vault.ts'
import { regionIn } from '#lab/state.ts'
import { useLab } from '#lab/testing/lab.ts'
import { carol, home } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(() => {
  const world = serverlessWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  region?.keys?.push({ aliases: ['off'], KeyState: 'Disabled' })
  region?.namespaces?.push({ namespaceName: 'shut', kmsKeyId: 'alias/off' })
  const keys = world.accounts[home]?.accessKeys
  keys?.find(({ id }) => id === carol.accessKeyId)?.denied?.push({ action: 'kms:GenerateDataKey' })
  return world
})

const arnOf = async (KeyId: string) =>
  (await lab.kms().send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Arn ?? ''

const get = async (namespaceName: string) =>
  (await lab.serverless().send(new GetNamespaceCommand({ namespaceName }))).namespace

const grantsOf = async (KeyId: string) =>
  (await lab.kms().send(new ListGrantsCommand({ KeyId: await arnOf(KeyId) }))).Grants ?? []

const changeKey = (namespaceName: string, kmsKeyId: string) =>
  lab.serverless().send(new UpdateNamespaceCommand({ namespaceName, kmsKeyId }))

const region = () => {
  const account = lab.lab.state.accounts.get(home)
  if (!account) throw new Error('no account')
  return regionIn(account, 'eu-west-1')
}

const vaultOf = (name: string) => {
  const vault = region().serverless.namespaces.get(name)?.vault
  if (!vault) throw new Error('no namespace')
  return vault
}

const open = (vault: ReturnType<typeof vaultOf>) =>
  openVault({ state: lab.lab.state, region: region(), now: lab.lab.clock.now() }, vault)

test('a key that is disabled in the world keeps its namespace shut from the beginning', async () => {
  expect((await get('shut'))?.status).toBe('inaccessible-kms-key')
})

test('a namespace under a customer key shows its ARN, and Redshift holds a grant for it', async () => {
  const arn = await arnOf('alias/mine')
  const namespace = await get('secret')
  expect(namespace?.kmsKeyId).toBe(arn)
  const grants = await grantsOf('alias/mine')
  expect(grants.map(({ Constraints }) => Constraints?.EncryptionContextSubset)).toContainEqual({
    'aws:redshift-serverless:arn': namespace?.namespaceArn,
  })
  expect(grants[0]?.Operations).toEqual(expect.arrayContaining(['Decrypt', 'GenerateDataKey']))
  expect(vaultOf('secret').keyArn).toBe(arn)
})

test('an unknown key is refused', async () => {
  const call = new CreateNamespaceCommand({ namespaceName: 'nokey', kmsKeyId: 'alias/nobody' })
  await expect(lab.serverless().send(call)).rejects.toMatchObject({
    name: 'ValidationException',
    message: "The KMS key alias/nobody doesn't exist.",
  })
})

test('who creates a workgroup or restores needs the key', async () => {
  await lab.serverless().send(new CreateNamespaceCommand({ namespaceName: 'keyed', kmsKeyId: 'alias/mine' }))
  const call = { workgroupName: 'keyed-wg', namespaceName: 'keyed' }
  const refusal = { name: 'ValidationException', message: 'Insufficient KMS permissions.' }
  await expect(lab.serverless(carol).send(new CreateWorkgroupCommand(call))).rejects.toMatchObject(refusal)
  const restore = new RestoreFromSnapshotCommand({
    namespaceName: 'secret',
    workgroupName: 'secret-wg',
    snapshotName: 'shared-shut',
  })
  await expect(lab.serverless(carol).send(restore)).rejects.toMatchObject(refusal)
  // A table needs kms:Decrypt alone.
  const table = new RestoreTableFromSnapshotCommand({
    namespaceName: 'secret',
    workgroupName: 'secret-wg',
    snapshotName: 'shared-shut',
    sourceDatabaseName: 'dev',
    sourceTableName: 'users',
    newTableName: 'users2',
  })
  await expect(lab.serverless(carol).send(table)).resolves.toBeDefined()
  await expect(lab.serverless().send(new CreateWorkgroupCommand(call))).resolves.toBeDefined()
})

test('each of the operations is needed, and the key policy has a say', async () => {
  const KeyId = await arnOf('alias/shared')
  const everything = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${home}:root` },
    Action: 'kms:*',
    Resource: '*',
  }
  const put = (...more: object[]) => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [everything, ...more] })
    return lab.kms().send(new PutKeyPolicyCommand({ KeyId, Policy }))
  }
  for (const operation of ['Encrypt', 'GenerateDataKey', 'CreateGrant', 'Decrypt']) {
    await put({ ...everything, Effect: 'Deny', Action: `kms:${operation}` })
    await expect(changeKey('sales', KeyId)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Insufficient KMS permissions.',
    })
  }
  await put()
})

test('changing the key takes a quarter of an hour, renews all keys and keeps the data', async () => {
  const before = vaultOf('sales')
  await lab.serverless().send(new CreateSnapshotCommand({ namespaceName: 'sales', snapshotName: 'before' }))
  const { namespace } = await changeKey('sales', 'alias/mine')
  expect(namespace).toMatchObject({ status: 'MODIFYING', kmsKeyId: 'AWS_OWNED_KMS_KEY' })
  lab.move('14m')
  expect((await get('sales'))?.status).toBe('MODIFYING')
  const change = new UpdateWorkgroupCommand({ workgroupName: 'sales-wg', port: 5440 })
  await expect(lab.serverless().send(change)).rejects.toMatchObject({ name: 'ConflictException' })
  lab.move('1m')
  expect(await get('sales')).toMatchObject({ status: 'AVAILABLE', kmsKeyId: await arnOf('alias/mine') })
  const after = vaultOf('sales')
  expect(after.cek.equals(before.cek)).toBe(false)
  expect(open(after).dek.equals(open(before).dek)).toBe(false)
  expect(open(after).blocks.map(String)).toEqual(open(before).blocks.map(String))
  // What was backed up before stays under the key of then.
  const { snapshot } = await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'before' }))
  expect(snapshot?.kmsKeyId).toBe('AWS_OWNED_KMS_KEY')
})

test('there is no way back to a key of AWS', async () => {
  await expect(changeKey('sales', 'AWS_OWNED_KMS_KEY')).rejects.toMatchObject({
    name: 'ValidationException',
    message: "You can't change from a customer managed KMS key to an AWS KMS key.",
  })
  await expect(changeKey('sales', 'alias/mine')).rejects.toThrow('is encrypted with this KMS key already')
})

test('a grant goes when neither the namespace nor a snapshot of it needs the key any more', async () => {
  const arn = (await get('secret'))?.namespaceArn
  const grants = async () =>
    (await grantsOf('alias/mine')).filter(
      ({ Constraints }) => Constraints?.EncryptionContextSubset?.['aws:redshift-serverless:arn'] === arn,
    ).length
  await changeKey('secret', 'alias/shared')
  lab.move('15m')
  await get('secret')
  expect(await grants()).toBe(1)
  await lab.serverless().send(new DeleteSnapshotCommand({ snapshotName: 'shared-shut' }))
  expect(await grants()).toBe(0)
  // One without snapshots lets go of its former key at once.
  const sales = (await get('sales'))?.namespaceArn
  await changeKey('sales', 'alias/shared')
  lab.move('15m')
  await get('sales')
  const left = (await grantsOf('alias/mine')).map(
    ({ Constraints }) => Constraints?.EncryptionContextSubset?.['aws:redshift-serverless:arn'],
  )
  expect(left).not.toContain(sales)
  await changeKey('sales', 'alias/mine')
  lab.move('15m')
})

test('without its key a namespace is inaccessible, and comes back with it', async () => {
  const KeyId = await arnOf('alias/shared')
  const points = async () =>
    (await lab.serverless().send(new ListRecoveryPointsCommand({ namespaceName: 'open' }))).recoveryPoints
      ?.length
  await lab.kms().send(new DisableKeyCommand({ KeyId }))
  expect((await get('open'))?.status).toBe('inaccessible-kms-key')
  const { workgroup } = await lab.serverless().send(new GetWorkgroupCommand({ workgroupName: 'open-wg' }))
  expect(workgroup?.status).toBe('inaccessible-kms-key')
  await expect(
    lab.serverless().send(new UpdateNamespaceCommand({ namespaceName: 'open', logExports: [] })),
  ).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'The KMS key of the namespace open is inaccessible.',
  })
  lab.move('13d')
  expect(await points()).toBe(0)
  await lab.kms().send(new EnableKeyCommand({ KeyId }))
  expect((await get('open'))?.status).toBe('AVAILABLE')
  lab.move('1h')
  expect(await points()).toBe(2)
  lab.move('5d')
  expect((await get('open'))?.status).toBe('AVAILABLE')
})

test('after 14 days without its key a namespace is lost, its snapshots are not', async () => {
  const KeyId = await arnOf('alias/shared')
  await lab.kms().send(new DisableKeyCommand({ KeyId }))
  lab.move('14d')
  await expect(get('open')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(
    lab.serverless().send(new GetWorkgroupCommand({ workgroupName: 'open-wg' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const { snapshot } = await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'shared-open' }))
  expect(snapshot?.status).toBe('AVAILABLE')
  const restore = new RestoreFromSnapshotCommand({
    namespaceName: 'sales',
    workgroupName: 'sales-wg',
    snapshotName: 'shared-open',
  })
  await expect(lab.serverless().send(restore)).rejects.toThrow(`The KMS key ${KeyId} isn't enabled.`)
  await lab.kms().send(new EnableKeyCommand({ KeyId }))
  await expect(lab.serverless().send(restore)).resolves.toMatchObject({ snapshotName: 'shared-open' })
})

test('a grant that is revoked is a key that is lost', async () => {
  const KeyId = await arnOf('alias/mine')
  const { namespace } = await lab
    .serverless()
    .send(new CreateNamespaceCommand({ namespaceName: 'fragile', kmsKeyId: 'alias/mine' }))
  const grant = (await grantsOf('alias/mine')).find(
    ({ Constraints }) =>
      Constraints?.EncryptionContextSubset?.['aws:redshift-serverless:arn'] === namespace?.namespaceArn,
  )
  expect((await get('fragile'))?.status).toBe('AVAILABLE')
  await lab.kms().send(new RevokeGrantCommand({ KeyId, GrantId: grant?.GrantId }))
  expect((await get('fragile'))?.status).toBe('inaccessible-kms-key')
})
