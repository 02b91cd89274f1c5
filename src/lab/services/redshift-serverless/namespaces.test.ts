// Namespaces through the SDK: what they are made with, one kind of change at a time, and how they end.

import {
  CreateNamespaceCommand,
  CreateWorkgroupCommand,
  DeleteNamespaceCommand,
  DeleteWorkgroupCommand,
  GetNamespaceCommand,
  GetSnapshotCommand,
  GetWorkgroupCommand,
  ListNamespacesCommand,
  ListTagsForResourceCommand,
  UpdateNamespaceCommand,
  type UpdateNamespaceCommandInput,
  UpdateWorkgroupCommand,
} from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { carol, home } from '#lab/testing/world.ts'
import { serverlessWorld } from './testing/world.ts'

const lab = useLab(() => {
  const world = serverlessWorld()
  const keys = world.accounts[home]?.accessKeys
  keys?.find(({ id }) => id === carol.accessKeyId)?.denied?.push({ action: 'iam:PassRole' })
  return world
})

const role = `arn:aws:iam::${home}:role/copy`

const get = async (namespaceName: string) =>
  (await lab.serverless().send(new GetNamespaceCommand({ namespaceName }))).namespace

const update = (namespaceName: string, change: Omit<UpdateNamespaceCommandInput, 'namespaceName'>) =>
  lab.serverless().send(new UpdateNamespaceCommand({ namespaceName, ...change }))

test('a namespace that says nothing gets what AWS gives', async () => {
  const { namespace } = await lab.serverless().send(new CreateNamespaceCommand({ namespaceName: 'plain' }))
  expect(namespace).toEqual({
    namespaceName: 'plain',
    namespaceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    namespaceArn: `arn:aws:redshift-serverless:eu-west-1:${home}:namespace/${namespace?.namespaceId}`,
    adminUsername: 'admin',
    dbName: 'dev',
    kmsKeyId: 'AWS_OWNED_KMS_KEY',
    iamRoles: [],
    logExports: [],
    creationDate: new Date(lab.lab.clock.now()),
    status: 'AVAILABLE',
  })
  await expect(
    lab.serverless().send(new CreateNamespaceCommand({ namespaceName: 'plain' })),
  ).rejects.toMatchObject({ name: 'ConflictException', message: 'The namespace plain already exists.' })
})

test.each([
  ['table', 'table is a reserved word.'],
  [
    'ab',
    "Value 'ab' at 'namespaceName' failed to satisfy constraint: Member must have length greater than or equal to 3",
  ],
  ['Upper', 'Member must satisfy regular expression pattern: ^[a-z0-9-]+$'],
  ['x'.repeat(65), 'Member must have length less than or equal to 64'],
])('the name %s is refused', async (namespaceName, message) => {
  const call = lab.serverless().send(new CreateNamespaceCommand({ namespaceName }))
  await expect(call).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
})

test('the password is never shown, and Secrets Manager may keep it instead', async () => {
  const made = await lab.serverless().send(
    new CreateNamespaceCommand({
      namespaceName: 'typed',
      adminUsername: 'root1',
      adminUserPassword: 'Passw0rd1',
    }),
  )
  expect(JSON.stringify(made)).not.toContain('Passw0rd1')
  expect(made.namespace?.adminPasswordSecretArn).toBeUndefined()
  const kept = await lab
    .serverless()
    .send(new CreateNamespaceCommand({ namespaceName: 'kept', manageAdminPassword: true }))
  expect(kept.namespace?.adminPasswordSecretArn).toMatch(
    new RegExp(`^arn:aws:secretsmanager:eu-west-1:${home}:secret:redshift!kept-admin-[0-9a-f]{6}$`),
  )
  const both = { namespaceName: 'twofold', manageAdminPassword: true, adminUserPassword: 'Passw0rd1' }
  await expect(lab.serverless().send(new CreateNamespaceCommand(both))).rejects.toThrow(
    "You can't use adminUserPassword if manageAdminPassword is true.",
  )
  const weak = { namespaceName: 'weak', adminUsername: 'admin', adminUserPassword: 'password' }
  await expect(lab.serverless().send(new CreateNamespaceCommand(weak))).rejects.toThrow(/8 to 64 characters/)
  const stray = { namespaceName: 'stray', adminPasswordSecretKmsKeyId: 'alias/mine' }
  await expect(lab.serverless().send(new CreateNamespaceCommand(stray))).rejects.toThrow(
    'You can only use adminPasswordSecretKmsKeyId if manageAdminPassword is true.',
  )
})

test('namespaces are listed in pages, each once', async () => {
  const seen: (string | undefined)[] = []
  let nextToken: string | undefined
  do {
    const page = await lab.serverless().send(new ListNamespacesCommand({ maxResults: 2, nextToken }))
    expect(page.namespaces?.length).toBeLessThanOrEqual(2)
    seen.push(...(page.namespaces ?? []).map(({ namespaceName }) => namespaceName))
    nextToken = page.nextToken
  } while (nextToken)
  expect(seen).toEqual([...new Set(seen)])
  expect(seen).toEqual(expect.arrayContaining(['lonely', 'open', 'sales', 'secret']))
  for (const maxResults of [0, 101])
    await expect(lab.serverless().send(new ListNamespacesCommand({ maxResults }))).rejects.toThrow(
      `Value '${maxResults}' at 'maxResults' failed to satisfy constraint`,
    )
  await expect(
    lab.serverless().send(new ListNamespacesCommand({ nextToken: 'xyz12345' })),
  ).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('log exports are replaced as a list, and meanwhile the namespace and its workgroup are busy', async () => {
  const { namespace } = await update('sales', { logExports: ['connectionlog', 'useractivitylog'] })
  expect(namespace).toMatchObject({ status: 'MODIFYING', logExports: ['userlog'] })
  await expect(update('sales', { logExports: [] })).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'There is an operation running on the namespace. Try updating the namespace again later.',
  })
  const change = new UpdateWorkgroupCommand({ workgroupName: 'sales-wg', port: 5440 })
  await expect(lab.serverless().send(change)).rejects.toMatchObject({ name: 'ConflictException' })
  lab.move('2m')
  expect(await get('sales')).toMatchObject({
    status: 'AVAILABLE',
    logExports: ['connectionlog', 'useractivitylog'],
  })
  await expect(update('sales', { logExports: ['everything' as 'userlog'] })).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('one family of members a request', async () => {
  await expect(update('open', { logExports: ['userlog'], kmsKeyId: 'alias/mine' })).rejects.toMatchObject({
    name: 'ValidationException',
    message: "Can't update multiple configurations at the same time for namespace open.",
  })
  await expect(update('open', {})).rejects.toMatchObject({ name: 'ValidationException' })
  // Two members of one family are one change.
  await update('open', { adminUsername: 'boss', adminUserPassword: 'Passw0rd1' })
  lab.move('2m')
  expect((await get('open'))?.adminUsername).toBe('boss')
  await expect(update('open', { adminUsername: 'boss' })).rejects.toThrow(
    'adminUsername and adminUserPassword must be updated together.',
  )
})

test('roles are shown as AWS shows them, and the caller must be able to pass them', async () => {
  const wish = { iamRoles: [role], defaultIamRoleArn: role }
  await expect(
    lab.serverless(carol).send(new UpdateNamespaceCommand({ namespaceName: 'open', ...wish })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`not authorized to perform: iam:PassRole on resource: ${role}`),
  })
  await update('open', wish)
  expect((await get('open'))?.iamRoles).toEqual([`IamRole(applyStatus=adding, iamRoleArn=${role})`])
  lab.move('2m')
  expect(await get('open')).toMatchObject({
    iamRoles: [`IamRole(applyStatus=in-sync, iamRoleArn=${role})`],
    defaultIamRoleArn: role,
  })
  const stranger = `arn:aws:iam::${home}:role/other`
  await expect(update('open', { iamRoles: [role], defaultIamRoleArn: stranger })).rejects.toThrow(
    'The default IAM role must be one of the IAM roles of the namespace.',
  )
  await update('open', { iamRoles: [], defaultIamRoleArn: '' })
  expect((await get('open'))?.iamRoles).toEqual([`IamRole(applyStatus=removing, iamRoleArn=${role})`])
  lab.move('2m')
  expect(await get('open')).toMatchObject({ iamRoles: [] })
  await expect(update('open', { iamRoles: ['copy'] })).rejects.toThrow("The IAM role copy isn't valid.")
})

test('a namespace is deleted without its workgroup only, with a final snapshot where asked', async () => {
  const remove = (more = {}) =>
    lab.serverless().send(new DeleteNamespaceCommand({ namespaceName: 'sales', ...more }))
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' })
  await lab.serverless().send(new DeleteWorkgroupCommand({ workgroupName: 'sales-wg' }))
  await expect(remove()).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'There is an operation running on the namespace. Try deleting the namespace again later.',
  })
  lab.move('4m')
  const gone = lab.serverless().send(new GetWorkgroupCommand({ workgroupName: 'sales-wg' }))
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException', resourceName: 'sales-wg' })
  await expect(remove({ finalSnapshotName: 'last', finalSnapshotRetentionPeriod: 0 })).rejects.toThrow(
    'The retention period must be either -1 or an integer between 1 and 3653.',
  )
  const arn = (await get('sales'))?.namespaceArn
  const { namespace } = await remove({ finalSnapshotName: 'last', finalSnapshotRetentionPeriod: 7 })
  expect(namespace?.status).toBe('DELETING')
  lab.move('3m')
  await expect(get('sales')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Serverless namespace sales not found.',
    resourceName: 'sales',
  })
  await expect(
    lab.serverless().send(new ListTagsForResourceCommand({ resourceArn: arn })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const { snapshot } = await lab.serverless().send(new GetSnapshotCommand({ snapshotName: 'last' }))
  expect(snapshot).toMatchObject({ status: 'AVAILABLE', namespaceArn: arn, snapshotRetentionPeriod: 7 })
})

test('a region has 25 namespaces', async () => {
  const client = lab.serverless(undefined, 'eu-west-2')
  for (let number = 0; number < 25; number++)
    await client.send(new CreateNamespaceCommand({ namespaceName: `many-${number}` }))
  const more = client.send(new CreateNamespaceCommand({ namespaceName: 'many-25' }))
  await expect(more).rejects.toThrow('You have reached the limit of 25 namespaces.')
  const { workgroup } = await client.send(
    new CreateWorkgroupCommand({ workgroupName: 'many-wg', namespaceName: 'many-0' }),
  )
  expect(workgroup?.status).toBe('CREATING')
})

test('publishing system tables is a thing of its own', async () => {
  const tables = { logDestinationType: 's3table' as const }
  const status = async () => (await get('open'))?.s3TablePublishStatus
  await expect(update('open', tables)).rejects.toThrow('s3TableGranularity is required.')
  await expect(update('open', { s3TableNames: ['all'] })).rejects.toMatchObject({
    name: 'ValidationException',
  })
  const wish = { ...tables, s3TableGranularity: 'namespace' as const }
  await expect(update('open', { ...wish, s3TableNames: ['userlog'] })).rejects.toThrow("userlog isn't valid")
  await expect(update('open', { ...wish, logExports: ['userlog'] })).rejects.toThrow(
    /multiple configurations/,
  )
  const logs = (await get('open'))?.logExports
  await update('open', { ...wish, s3TableNames: ['sys_userlog', 'sys_query_history'] })
  lab.move('2m')
  expect(await status()).toMatchObject({
    s3Tables: ['sys_userlog', 'sys_query_history'],
    enabledAll: false,
    s3TableNamespace: expect.stringMatching(/^[0-9a-f-]{36}_sys$/),
    s3TableGranularity: 'namespace',
  })
  expect((await get('open'))?.logExports).toEqual(logs)
  await update('open', { ...tables, s3TableAction: 'Disable', s3TableNames: ['sys_userlog'] })
  lab.move('2m')
  expect((await status())?.s3Tables).toEqual(['sys_query_history'])
  await update('open', { ...tables, s3TableAction: 'Disable' })
  lab.move('2m')
  expect(await status()).toBeUndefined()
})
