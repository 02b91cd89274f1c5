// Sessions through the SDK: what trust policies ask for, what session policies leave, how long credentials last.

import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { DescribeClustersCommand, DescribeLoggingStatusCommand } from '@aws-sdk/client-redshift'
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type Credentials,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { beforeAll, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { bob, home, partner, testWorld } from '#lab/testing/world.ts'
import type { World } from '#lab/world.ts'

const lina = { accessKeyId: 'AKIALINA000000000001', secretAccessKey: 'lina-secret' }
const reading = 'arn:aws:iam::aws:policy/AmazonRedshiftReadOnlyAccess'

function world(): World {
  const made = testWorld()
  const account = made.accounts[home]
  if (!account) throw new Error('the test world has no home')
  account.accessKeys.push({ id: lina.accessKeyId, secret: lina.secretAccessKey, user: 'lina' })
  const logging = statement('redshift:DescribeLoggingStatus')
  account.users = [{ UserName: 'lina', UserPolicyList: [{ PolicyName: 'logs', PolicyDocument: logging }] }]
  return made
}

const lab = useLab(world)

function statement(Action: string | string[], more: object = {}) {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
  })
}

const trusting = (
  Condition: object = {},
  who = `arn:aws:iam::${home}:root`,
  Action: string[] = ['sts:AssumeRole'],
) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: who }, Action, Condition }],
  })

async function makeRole(RoleName: string, trust: string, MaxSessionDuration = 3_600) {
  await lab
    .iam()
    .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, MaxSessionDuration }))
  const PolicyDocument = statement('redshift:Describe*')
  await lab.iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'reads', PolicyDocument }))
}

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
const keysOf = (given: Credentials | undefined): Keys => ({
  accessKeyId: given?.AccessKeyId ?? '',
  secretAccessKey: given?.SecretAccessKey ?? '',
  sessionToken: given?.SessionToken ?? '',
})
const assume = (role: string, more: Partial<AssumeRoleCommandInput> = {}, as?: Keys) =>
  lab.sts(as).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${home}:role/${role}`,
      RoleSessionName: 'visit',
      ...more,
    }),
  )
const clusters = (as: Keys) => lab.redshift(as).send(new DescribeClustersCommand({}))
const logging = (as: Keys) =>
  lab.redshift(as).send(new DescribeLoggingStatusCommand({ ClusterIdentifier: 'sales' }))

beforeAll(async () => {
  await makeRole('reader', trusting(), 7_200)
  await makeRole('guarded', trusting({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }))
  await makeRole('named', trusting({ StringEquals: { 'sts:RoleSessionName': 'visit' } }))
  await makeRole('tagged', trusting({}, undefined, ['sts:AssumeRole', 'sts:TagSession']))
  await makeRole(
    'for-bob',
    trusting({ StringEquals: { 'sts:ExternalId': 'word' } }, `arn:aws:iam::${partner}:user/bob`),
  )
})

test('a session has the permissions of its role, and loses them with the role’s', async () => {
  const { Credentials } = await assume('reader')
  const session = keysOf(Credentials)
  await expect(clusters(session)).resolves.toBeDefined()
  const remove = new PutRolePolicyCommand({
    RoleName: 'reader',
    PolicyName: 'reads',
    PolicyDocument: statement('redshift:DescribeLoggingStatus'),
  })
  await lab.iam().send(remove)
  await expect(clusters(session)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:sts::${home}:assumed-role/reader/visit is not authorized to perform: redshift:DescribeClusters on resource: arn:aws:redshift:eu-west-1:${home}:cluster:* because no identity-based policy allows the redshift:DescribeClusters action`,
  })
  await lab.iam().send(
    new PutRolePolicyCommand({
      RoleName: 'reader',
      PolicyName: 'reads',
      PolicyDocument: statement('redshift:Describe*'),
    }),
  )
})

test.each([
  ['a policy in the call', { Policy: statement('redshift:DescribeClusters') }],
  ['a managed policy', { PolicyArns: [{ arn: reading }], Policy: statement('redshift:DescribeClusters') }],
])('session policies limit the role: %s', async (_what, input) => {
  const { Credentials, PackedPolicySize } = await assume('reader', input)
  expect(PackedPolicySize).toBeGreaterThan(0)
  await expect(clusters(keysOf(Credentials))).resolves.toBeDefined()
})

test('what session policies leave out is refused in their name; one of several is enough', async () => {
  const narrow = await assume('reader', { Policy: statement('redshift:DescribeClusters') })
  await expect(logging(keysOf(narrow.Credentials))).rejects.toMatchObject({
    message: expect.stringContaining(
      'because no session policy allows the redshift:DescribeLoggingStatus action',
    ),
  })
  const wide = await assume('reader', {
    Policy: statement('redshift:DescribeClusters'),
    PolicyArns: [{ arn: reading }],
  })
  await expect(logging(keysOf(wide.Credentials))).resolves.toBeDefined()
})

test('a second factor, a session name and an external id are conditions of a trust policy', async () => {
  await expect(assume('guarded')).rejects.toMatchObject({ name: 'AccessDenied' })
  const factor = { SerialNumber: `arn:aws:iam::${home}:mfa/alice`, TokenCode: '123456' }
  await expect(assume('guarded', factor)).resolves.toBeDefined()
  await expect(assume('guarded', { SerialNumber: factor.SerialNumber })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('must provide both MFA serial number and one time pass code'),
  })
  await expect(assume('named')).resolves.toBeDefined()
  await expect(assume('named', { RoleSessionName: 'other' })).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(assume('for-bob', { ExternalId: 'word' }, bob)).resolves.toBeDefined()
  await expect(assume('for-bob', {}, bob)).rejects.toMatchObject({
    message: `User: arn:aws:iam::${partner}:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${home}:role/for-bob`,
  })
})

test('who has no permission to assume roles is told so, and needs none where the trust policy names them', async () => {
  await expect(assume('reader', {}, lina)).rejects.toMatchObject({
    message: `User: arn:aws:iam::${home}:user/lina is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${home}:role/reader because no identity-based policy allows the sts:AssumeRole action`,
  })
  await makeRole('for-lina', trusting({}, `arn:aws:iam::${home}:user/lina`))
  await expect(assume('for-lina', {}, lina)).resolves.toBeDefined()
})

test('session tags need a permission of their own, and cover the tags of the role', async () => {
  const tags = { Tags: [{ Key: 'team', Value: 'night' }], TransitiveTagKeys: ['team'] }
  await expect(assume('reader', tags)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('is not authorized to perform: sts:TagSession'),
  })
  const PolicyDocument = statement(['redshift:Describe*', 'sts:*'], {
    Condition: { StringEquals: { 'aws:PrincipalTag/team': 'night' } },
  })
  await lab.iam().send(new PutRolePolicyCommand({ RoleName: 'tagged', PolicyName: 'reads', PolicyDocument }))
  const without = await assume('tagged')
  await expect(clusters(keysOf(without.Credentials))).rejects.toMatchObject({ name: 'AccessDenied' })
  const { Credentials } = await assume('tagged', tags)
  await expect(clusters(keysOf(Credentials))).resolves.toBeDefined()
  // Transitive: from role to role.
  const next = await assume('tagged', {}, keysOf(Credentials))
  await expect(clusters(keysOf(next.Credentials))).resolves.toBeDefined()
  await expect(assume('tagged', tags, keysOf(Credentials))).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('a session lasts an hour, longer up to the role’s maximum, and an hour from role to role', async () => {
  const { Credentials } = await assume('reader')
  expect(Credentials?.Expiration?.getTime()).toBe(lab.lab.clock.now() + 3_600_000)
  await expect(assume('reader', { DurationSeconds: 7_200 })).resolves.toBeDefined()
  await expect(assume('reader', { DurationSeconds: 7_201 })).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  })
  const operator = await assume('operator')
  await expect(
    assume('reader', { DurationSeconds: 3_601 }, keysOf(operator.Credentials)),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
  })
  await expect(
    assume('reader', { DurationSeconds: 3_600 }, keysOf(operator.Credentials)),
  ).resolves.toBeDefined()
})

test.each([
  ['a policy that is none', { Policy: '{' }, 'MalformedPolicyDocument'],
  [
    'a policy that is not there',
    { PolicyArns: [{ arn: `arn:aws:iam::${home}:policy/none` }] },
    'ValidationError',
  ],
  ['a long policy', { Policy: statement(`s3:${'G'.repeat(2_100)}`) }, 'ValidationError'],
  ['a source identity, which the lab does not model', { SourceIdentity: 'alice' }, 'ValidationError'],
])('refused: %s', async (_what, input, code) => {
  const error: unknown = await assume('reader', input).catch((thrown: unknown) => thrown)
  expect((error as { name: string }).name).toContain(code)
})

test('a session token is the user still, for twelve hours, and opens no further one', async () => {
  const { Credentials } = await lab.sts().send(new GetSessionTokenCommand({}))
  expect(Credentials?.Expiration?.getTime()).toBe(lab.lab.clock.now() + 12 * 3_600_000)
  const session = keysOf(Credentials)
  const me = await lab.sts(session).send(new GetCallerIdentityCommand({}))
  expect(me.Arn).toBe(`arn:aws:iam::${home}:user/alice`)
  await expect(clusters(session)).resolves.toBeDefined()
  await expect(lab.sts(session).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Cannot call GetSessionToken with session credentials',
  })
  await expect(
    lab.sts().send(new GetAccessKeyInfoCommand({ AccessKeyId: session.accessKeyId })),
  ).resolves.toMatchObject({ Account: home })
})

test('a session token opens IAM only with a second factor, a federated user never', async () => {
  const factor = { SerialNumber: `arn:aws:iam::${home}:mfa/alice`, TokenCode: '123456' }
  const users = (given: Credentials | undefined) => lab.iam(keysOf(given)).send(new ListUsersCommand({}))
  const plain = await lab.sts().send(new GetSessionTokenCommand({}))
  await expect(users(plain.Credentials)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  const sure = await lab.sts().send(new GetSessionTokenCommand(factor))
  await expect(users(sure.Credentials)).resolves.toBeDefined()
  const guest = await lab.sts().send(new GetFederationTokenCommand({ Name: 'guest', Policy: statement('*') }))
  await expect(users(guest.Credentials)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('a federated user may do what both the user and the session allow', async () => {
  const token = async (Policy?: string, as?: Keys) =>
    keysOf((await lab.sts(as).send(new GetFederationTokenCommand({ Name: 'guest', Policy }))).Credentials)
  const guest = await token(statement('redshift:DescribeClusters'))
  const me = await lab.sts(guest).send(new GetCallerIdentityCommand({}))
  expect(me).toMatchObject({ Arn: `arn:aws:sts::${home}:federated-user/guest`, UserId: `${home}:guest` })
  await expect(clusters(guest)).resolves.toBeDefined()
  await expect(logging(guest)).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(clusters(await token())).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(token(statement('*'), lina)).rejects.toMatchObject({
    message: expect.stringContaining(
      `sts:GetFederationToken on resource: arn:aws:sts::${home}:federated-user/guest`,
    ),
  })
  await lab.iam().send(
    new PutUserPolicyCommand({
      UserName: 'lina',
      PolicyName: 'more',
      PolicyDocument: statement('sts:GetFederationToken'),
    }),
  )
  await expect(clusters(await token(statement('*'), lina))).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('sessions end with their role', async () => {
  await makeRole('brief', trusting())
  const { Credentials } = await assume('brief')
  const session = keysOf(Credentials)
  await expect(clusters(session)).resolves.toBeDefined()
  await lab.iam().send(new DeleteRolePolicyCommand({ RoleName: 'brief', PolicyName: 'reads' }))
  await lab.iam().send(new DeleteRoleCommand({ RoleName: 'brief' }))
  await expect(clusters(session)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})
