// Permissions through the SDK: what policies of every kind give and take, in AWS's words, at once.

import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeRegionsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2'
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { ListAliasesCommand } from '@aws-sdk/client-kms'
import {
  AuthorizeSnapshotAccessCommand,
  CreateTagsCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  DescribeLoggingStatusCommand,
  ModifyClusterIamRolesCommand,
} from '@aws-sdk/client-redshift'
import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { DecodeAuthorizationMessageCommand } from '@aws-sdk/client-sts'
import { beforeEach, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, home, partner, testWorld } from '#lab/testing/world.ts'
import type { World } from '#lab/world.ts'

const fred = { accessKeyId: 'AKIAFRED000000000001', secretAccessKey: 'fred-secret' }
const reader = { accessKeyId: 'AKIAREADER0000000001', secretAccessKey: 'reader-secret' }
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`
const arnOf = (user: string) => `arn:aws:iam::${home}:user/${user}`

function world(): World {
  const made = testWorld()
  const account = made.accounts[home]
  if (!account) throw new Error('the test world has no home')
  account.groups = [
    { GroupName: 'operators', AttachedManagedPolicies: [{ PolicyArn: aws('AmazonRedshiftFullAccess') }] },
  ]
  account.policies = [
    {
      PolicyName: 'no-deleting',
      PolicyVersionList: [
        { Document: policy({ Effect: 'Deny', Action: 'redshift:Delete*', Resource: '*' }) },
      ],
    },
  ]
  account.users = [
    {
      UserName: 'fred',
      UserPolicyList: [{ PolicyName: 'nothing', PolicyDocument: policy(allow('s3:ListAllMyBuckets')) }],
    },
    { UserName: 'reader', AttachedManagedPolicies: [{ PolicyArn: aws('AmazonRedshiftReadOnlyAccess') }] },
  ]
  const region = account.regions['eu-west-1']
  if (region) region.snapshots = [{ SnapshotIdentifier: 'weekly', ClusterIdentifier: 'sales' }]
  account.accessKeys.push({ id: fred.accessKeyId, secret: fred.secretAccessKey, user: 'fred' })
  account.accessKeys.push({ id: reader.accessKeyId, secret: reader.secretAccessKey, user: 'reader' })
  return made
}

const lab = useLab(world)

type Statement = {
  Effect: string
  Action: string | string[]
  Resource: string
  Condition?: object
  Sid?: string
}
const allow = (Action: string | string[], Resource = '*', Condition?: object): Statement => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...(Condition && { Condition }),
})
const policy = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const give = (...statements: Statement[]) =>
  lab.iam().send(
    new PutUserPolicyCommand({
      UserName: 'fred',
      PolicyName: 'test',
      PolicyDocument: policy(...statements),
    }),
  )
const clusters = () => lab.redshift(fred).send(new DescribeClustersCommand({}))
const logging = (ClusterIdentifier: string) =>
  lab.redshift(fred).send(new DescribeLoggingStatusCommand({ ClusterIdentifier }))
const refused = (user: string, action: string, resource: string, why?: string) => ({
  name: expect.stringMatching(/^AccessDenied(Exception)?$/),
  message: `User: ${arnOf(user)} is not authorized to perform: ${action} on resource: ${resource} ${why ?? `because no identity-based policy allows the ${action} action`}`,
})
const clusterArn = (name: string) => `arn:aws:redshift:eu-west-1:${home}:cluster:${name}`

beforeEach(() => give(allow('s3:ListAllMyBuckets')))

test('AmazonRedshiftReadOnlyAccess shows clusters, and neither keys nor buckets nor users', async () => {
  await expect(lab.redshift(reader).send(new DescribeClustersCommand({}))).resolves.toBeDefined()
  await expect(lab.ec2(reader).send(new DescribeVpcsCommand({}))).resolves.toBeDefined()
  await expect(lab.kms(reader).send(new ListAliasesCommand({}))).rejects.toMatchObject(
    refused('reader', 'kms:ListAliases', '*'),
  )
  await expect(lab.s3(reader).send(new ListBucketsCommand({}))).rejects.toMatchObject(
    refused('reader', 's3:ListAllMyBuckets', '*'),
  )
  await expect(lab.iam(reader).send(new ListUsersCommand({}))).rejects.toMatchObject(
    refused('reader', 'iam:ListUsers', `arn:aws:iam::${home}:user/`),
  )
  const remove = new DeleteClusterCommand({ ClusterIdentifier: 'sales', SkipFinalClusterSnapshot: true })
  await expect(lab.redshift(reader).send(remove)).rejects.toMatchObject(
    refused('reader', 'redshift:DeleteCluster', clusterArn('sales')),
  )
})

test('EC2 refuses in words of its own, and its encoded message can be decoded', async () => {
  await expect(lab.ec2(fred).send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: `You are not authorized to perform this operation. User: ${arnOf('fred')} is not authorized to perform: ec2:DescribeRegions because no identity-based policy allows the ec2:DescribeRegions action`,
  })
  const authorise = new AuthorizeSecurityGroupIngressCommand({ GroupId: 'sg-1', IpPermissions: [] })
  const error: unknown = await lab
    .ec2(fred)
    .send(authorise)
    .catch((thrown: unknown) => thrown)
  const { message } = error as Error
  expect(message).toContain(
    `User: ${arnOf('fred')} is not authorized to perform: ec2:AuthorizeSecurityGroupIngress on`,
  )
  const [, EncodedMessage = ''] = message.split('. Encoded authorization failure message: ')
  const decode = (text: string) =>
    lab.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: text }))
  const { DecodedMessage = '' } = await decode(EncodedMessage)
  expect(JSON.parse(DecodedMessage)).toMatchObject({
    allowed: false,
    explicitDeny: false,
    context: { principal: { arn: arnOf('fred') }, action: 'ec2:AuthorizeSecurityGroupIngress' },
  })
  await expect(decode('something')).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException' })
})

test('a policy counts from the moment it is written, and no longer than it is there', async () => {
  await expect(clusters()).rejects.toMatchObject({ name: 'AccessDenied' })
  await give(allow('redshift:DescribeClusters'))
  await expect(clusters()).resolves.toBeDefined()
  await lab.iam().send(new DeleteUserPolicyCommand({ UserName: 'fred', PolicyName: 'test' }))
  await expect(clusters()).rejects.toMatchObject(
    refused('fred', 'redshift:DescribeClusters', clusterArn('*')),
  )
})

test('a policy may name one cluster, and tells them apart', async () => {
  await give(allow('redshift:DescribeLoggingStatus', clusterArn('sales')))
  await expect(logging('sales')).resolves.toBeDefined()
  await expect(logging('stock')).rejects.toMatchObject(
    refused('fred', 'redshift:DescribeLoggingStatus', clusterArn('stock')),
  )
})

test('a policy that names the cluster of a snapshot needs the call to name it as well', async () => {
  const snapshots = `arn:aws:redshift:eu-west-1:${home}:snapshot`
  const share = (more: object) =>
    lab.redshift(fred).send(
      new AuthorizeSnapshotAccessCommand({
        SnapshotIdentifier: 'weekly',
        AccountWithRestoreAccess: partner,
        ...more,
      }),
    )
  await give(allow('redshift:AuthorizeSnapshotAccess', `${snapshots}:sales/*`))
  await expect(share({})).rejects.toMatchObject(
    refused('fred', 'redshift:AuthorizeSnapshotAccess', `${snapshots}:*/weekly`),
  )
  await expect(share({ SnapshotClusterIdentifier: 'sales' })).resolves.toBeDefined()
})

test.each([
  [
    'of the cluster',
    allow('redshift:DescribeLoggingStatus', '*', { StringEquals: { 'aws:ResourceTag/team': 'sales' } }),
  ],
  [
    'that a call may not name',
    {
      ...allow('redshift:CreateTags'),
      Effect: 'Deny',
      Condition: { StringEquals: { 'aws:RequestTag/team': 'night' } },
    },
  ],
])('tags %s are conditions', async (_what, limit) => {
  await give(limit, allow('redshift:CreateTags'))
  if (limit.Effect === 'Allow') {
    await expect(logging('sales')).resolves.toBeDefined()
    await expect(logging('stock')).rejects.toMatchObject({ name: 'AccessDenied' })
    return
  }
  const tag = (Value: string) =>
    lab
      .redshift(fred)
      .send(new CreateTagsCommand({ ResourceName: clusterArn('sales'), Tags: [{ Key: 'team', Value }] }))
  await expect(tag('night')).rejects.toMatchObject({ message: expect.stringContaining('explicit deny') })
  await expect(tag('sales')).resolves.toBeDefined()
})

test('an attached policy works like an inline one, and a group’s like the user’s own', async () => {
  const PolicyArn = aws('AmazonRedshiftReadOnlyAccess')
  await lab.iam().send(new AttachUserPolicyCommand({ UserName: 'fred', PolicyArn }))
  await expect(clusters()).resolves.toBeDefined()
  await lab.iam().send(new DetachUserPolicyCommand({ UserName: 'fred', PolicyArn }))
  await expect(clusters()).rejects.toMatchObject({ name: 'AccessDenied' })
  await lab.iam().send(new AddUserToGroupCommand({ UserName: 'fred', GroupName: 'operators' }))
  await expect(clusters()).resolves.toBeDefined()
  await lab.iam().send(new RemoveUserFromGroupCommand({ UserName: 'fred', GroupName: 'operators' }))
  await expect(clusters()).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('an explicit deny wins, and says so', async () => {
  await give(allow('redshift:*'), {
    Effect: 'Deny',
    Action: 'redshift:DescribeLoggingStatus',
    Resource: clusterArn('stock'),
  })
  await expect(logging('sales')).resolves.toBeDefined()
  const why = 'with an explicit deny in an identity-based policy'
  await expect(logging('stock')).rejects.toMatchObject(
    refused('fred', 'redshift:DescribeLoggingStatus', clusterArn('stock'), why),
  )
})

test('a boundary limits what policies give, and gives nothing itself', async () => {
  const { iam } = lab
  await give(allow('redshift:*'))
  const PermissionsBoundary = aws('AmazonRedshiftReadOnlyAccess')
  await iam().send(new PutUserPermissionsBoundaryCommand({ UserName: 'fred', PermissionsBoundary }))
  await expect(clusters()).resolves.toBeDefined()
  const remove = new DeleteClusterCommand({ ClusterIdentifier: 'sales', SkipFinalClusterSnapshot: true })
  const why = 'because no permissions boundary allows the redshift:DeleteCluster action'
  await expect(lab.redshift(fred).send(remove)).rejects.toMatchObject(
    refused('fred', 'redshift:DeleteCluster', clusterArn('sales'), why),
  )
  await give(allow('s3:ListAllMyBuckets'))
  await expect(clusters()).rejects.toMatchObject(
    refused('fred', 'redshift:DescribeClusters', clusterArn('*')),
  )
  await iam().send(
    new PutUserPermissionsBoundaryCommand({
      UserName: 'fred',
      PermissionsBoundary: aws('AdministratorAccess'),
    }),
  )
})

test.each([
  ['aws:RequestedRegion', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, true],
  ['another region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, false],
  ['aws:SourceIp', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, true],
  ['another address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
  ['aws:SecureTransport', { Bool: { 'aws:SecureTransport': 'true' } }, true],
  ['aws:username', { StringEquals: { 'aws:username': 'fred' } }, true],
  ['aws:userid', { StringLike: { 'aws:userid': 'AIDA*' } }, true],
  ['a time that is past', { DateLessThan: { 'aws:CurrentTime': '2001-01-01T00:00:00Z' } }, false],
  ['a time to come', { DateLessThan: { 'aws:CurrentTime': '2101-01-01T00:00:00Z' } }, true],
  ['seconds', { NumericGreaterThan: { 'aws:EpochTime': '1000000000' } }, true],
  [
    'a second factor, which a long-term key never tells',
    { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    false,
  ],
  ['an organization there is none of', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, false],
])('the condition %s', async (_what, condition, isAllowed) => {
  await give(allow('redshift:DescribeClusters', '*', condition))
  const call = clusters()
  if (isAllowed) await expect(call).resolves.toBeDefined()
  else await expect(call).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('the tags of a user are conditions', async () => {
  await give(allow('redshift:DescribeClusters', '*', { StringEquals: { 'aws:PrincipalTag/team': 'night' } }))
  await expect(clusters()).rejects.toMatchObject({ name: 'AccessDenied' })
  await lab.iam().send(new TagUserCommand({ UserName: 'fred', Tags: [{ Key: 'team', Value: 'night' }] }))
  await expect(clusters()).resolves.toBeDefined()
})

test('a cluster gets a role only from somebody who may pass it to Redshift', async () => {
  const role = `arn:aws:iam::${home}:role/operator`
  const change = () =>
    lab
      .redshift(fred)
      .send(new ModifyClusterIamRolesCommand({ ClusterIdentifier: 'sales', AddIamRoles: [role] }))
  await give(allow('redshift:*'))
  await expect(change()).rejects.toMatchObject(refused('fred', 'iam:PassRole', role))
  const toLambda = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
  await give(allow('redshift:*'), allow('iam:PassRole', role, toLambda))
  await expect(change()).rejects.toMatchObject(refused('fred', 'iam:PassRole', role))
  const toRedshift = { StringEquals: { 'iam:PassedToService': 'redshift.amazonaws.com' } }
  await give(allow('redshift:*'), allow('iam:PassRole', role, toRedshift))
  await expect(change()).resolves.toBeDefined()
})

test('whoever the world gives no policies may do everything; a denial takes that away', async () => {
  await expect(lab.iam(alice).send(new ListUsersCommand({}))).resolves.toBeDefined()
  const denial = { accessKeyId: alice.accessKeyId, action: 'iam:ListUsers' }
  await lab.control('POST', 'deny', denial)
  await expect(lab.iam(alice).send(new ListUsersCommand({}))).rejects.toMatchObject(
    refused('alice', 'iam:ListUsers', `arn:aws:iam::${home}:user/`),
  )
  await lab.control('POST', 'allow', denial)
})

test('an administrator loses what another policy denies', async () => {
  await lab.iam().send(
    new AttachRolePolicyCommand({
      RoleName: 'operator',
      PolicyArn: `arn:aws:iam::${home}:policy/no-deleting`,
    }),
  )
  await lab.iam().send(
    new AttachUserPolicyCommand({
      UserName: 'carol',
      PolicyArn: `arn:aws:iam::${home}:policy/no-deleting`,
    }),
  )
  const carol = { accessKeyId: 'AKIACAROL00000000001', secretAccessKey: 'carol-secret' }
  const remove = new DeleteClusterCommand({ ClusterIdentifier: 'sales', SkipFinalClusterSnapshot: true })
  const why = 'with an explicit deny in an identity-based policy'
  await expect(lab.redshift(carol).send(remove)).rejects.toMatchObject(
    refused('carol', 'redshift:DeleteCluster', clusterArn('sales'), why),
  )
})
