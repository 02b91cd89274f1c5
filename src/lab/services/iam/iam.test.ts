// IAM through the SDK: what is made is shown, limits and conflicts are told in IAM's words, and pages follow each other.

import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetGroupCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupsForUserCommand,
  ListPoliciesCommand,
  type ListPoliciesCommandInput,
  ListPolicyVersionsCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListUsers,
  RemoveUserFromGroupCommand,
  SetDefaultPolicyVersionCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { beforeAll, expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, partner, testWorld } from '#lab/testing/world.ts'

// Nothing but people: no other service has to be loaded.
const lab = useLab(() => {
  const world = testWorld()
  for (const account of Object.values(world.accounts)) account.regions = { 'eu-west-1': {} }
  return world
})
const policy = (Action = 's3:GetObject', Effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] })
const trust = (account = partner) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
    ],
  })
const local = (name: string) => `arn:aws:iam::${home}:policy/${name}`
const decoded = (text: string | undefined) => JSON.parse(decodeURIComponent(text ?? ''))
const send: ReturnType<typeof lab.iam>['send'] = (command: never) => lab.iam().send(command)

beforeAll(async () => {
  await send(
    new CreateUserCommand({ UserName: 'ada', Path: '/team/', Tags: [{ Key: 'shift', Value: 'night' }] }),
  )
  await send(new CreateGroupCommand({ GroupName: 'night' }))
  await send(
    new CreateRoleCommand({ RoleName: 'loader', AssumeRolePolicyDocument: trust(), Description: 'Loads.' }),
  )
  await send(
    new CreatePolicyCommand({ PolicyName: 'reading', PolicyDocument: policy(), Description: 'Reads.' }),
  )
})

test('a user is shown as it was made; without a name it is the caller', async () => {
  const { User } = await send(new GetUserCommand({ UserName: 'ada' }))
  expect(User).toEqual({
    Path: '/team/',
    UserName: 'ada',
    UserId: expect.stringMatching(/^AIDA[0-9A-F]{17}$/),
    Arn: `arn:aws:iam::${home}:user/team/ada`,
    CreateDate: new Date(Math.floor(lab.lab.clock.now() / 1000) * 1000),
    Tags: [{ Key: 'shift', Value: 'night' }],
  })
  const own = await send(new GetUserCommand({}))
  expect(own.User?.UserName).toBe('alice')
  const { Users = [] } = await send(new ListUsersCommand({ PathPrefix: '/team/' }))
  expect(Users.map(({ UserName, Tags }) => [UserName, Tags])).toEqual([['ada', undefined]])
})

test.each([
  [new GetUserCommand({ UserName: 'nobody' }), 'The user with name nobody cannot be found.'],
  [new GetGroupCommand({ GroupName: 'none' }), 'The group with name none cannot be found.'],
  [new GetRoleCommand({ RoleName: 'none' }), 'The role with name none cannot be found.'],
  [new GetPolicyCommand({ PolicyArn: local('none') }), `Policy ${local('none')} was not found.`],
  [
    new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: local('none') }),
    `Policy ${local('none')} does not exist or is not attachable.`,
  ],
  [
    new DetachUserPolicyCommand({ UserName: 'ada', PolicyArn: local('reading') }),
    `Policy ${local('reading')} was not found.`,
  ],
  [
    new GetRolePolicyCommand({ RoleName: 'loader', PolicyName: 'x' }),
    'The role policy with name x cannot be found.',
  ],
  [
    new DeleteAccessKeyCommand({ UserName: 'ada', AccessKeyId: 'AKIANOTHERE000000001' }),
    'The Access Key with id AKIANOTHERE000000001 cannot be found.',
  ],
  [
    new GetPolicyVersionCommand({ PolicyArn: local('reading'), VersionId: 'v9' }),
    `Policy ${local('reading')} version v9 does not exist or is not attachable.`,
  ],
])('what is not there: %#', async (command, message) => {
  await expect(send(command as never)).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message,
    $metadata: { httpStatusCode: 404 },
  })
})

test.each([
  [new CreateUserCommand({ UserName: 'ADA' }), 'User with name ADA already exists.'],
  [new CreateGroupCommand({ GroupName: 'night' }), 'Group with name night already exists.'],
  [
    new CreateRoleCommand({ RoleName: 'loader', AssumeRolePolicyDocument: trust() }),
    'Role with name loader already exists.',
  ],
  [
    new CreatePolicyCommand({ PolicyName: 'reading', PolicyDocument: policy() }),
    'A policy called reading already exists. Duplicate names are not allowed.',
  ],
])('what is there already: %#', async (command, message) => {
  await expect(send(command as never)).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message,
    $metadata: { httpStatusCode: 409 },
  })
})

test.each([
  [new CreateUserCommand({ UserName: 'two words' }), 'ValidationError', "Value 'two words' at 'userName'"],
  [
    new CreateUserCommand({ UserName: 'x', Path: 'team' }),
    'ValidationError',
    'The specified value for path is invalid',
  ],
  [
    new UpdateRoleCommand({ RoleName: 'loader', MaxSessionDuration: 60 }),
    'ValidationError',
    'greater than or equal to 3600',
  ],
  [
    new UpdateRoleCommand({ RoleName: 'loader', MaxSessionDuration: 50_000 }),
    'ValidationError',
    'less than or equal to 43200',
  ],
  [
    new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'x', PolicyDocument: '{' }),
    'MalformedPolicyDocumentException',
    'Syntax errors in policy.',
  ],
  [
    new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: policy() }),
    'MalformedPolicyDocumentException',
    'Missing required field Principal',
  ],
  [
    new PutUserPolicyCommand({
      UserName: 'ada',
      PolicyName: 'x',
      PolicyDocument: policy(`s3:${'G'.repeat(2_100)}`),
    }),
    'LimitExceededException',
    'Maximum policy size of 2048 bytes exceeded for user ada',
  ],
  [
    new PutRolePolicyCommand({
      RoleName: 'loader',
      PolicyName: 'x',
      PolicyDocument: policy(`s3:${'G'.repeat(10_300)}`),
    }),
    'LimitExceededException',
    'Maximum policy size of 10240 bytes exceeded for role loader',
  ],
  [
    new CreatePolicyCommand({ PolicyName: 'x', PolicyDocument: policy(`s3:${'G'.repeat(6_200)}`) }),
    'LimitExceededException',
    'Cannot exceed quota for PolicySize: 6144',
  ],
  [
    new AttachUserPolicyCommand({
      UserName: 'ada',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonPollyFullAccess',
    }),
    'PolicyNotAttachableException',
    "The lab does not have AWS's policy",
  ],
  [new ListUsersCommand({ MaxItems: 1_001 }), 'ValidationError', 'between 1 and 1000'],
  [new ListUsersCommand({ Marker: 'x' }), 'ValidationError', 'Invalid Marker'],
  [new GenerateServiceLastAccessedDetailsCommand({ Arn: local('reading') }), 'InvalidAction', ''],
])('refused: %#', async (command, name, words) => {
  await expect(send(command as never)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(words),
  })
})

test('white space does not count in the size of a policy', async () => {
  const spacious = policy().replace('[', `[${' '.repeat(3_000)}`)
  await expect(
    send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'wide', PolicyDocument: spacious })),
  ).resolves.toBeDefined()
  expect((await send(new ListUserPoliciesCommand({ UserName: 'ada' }))).PolicyNames).toEqual(['wide'])
})

test('a role shows whom it trusts, encoded; trust, description and duration can be changed', async () => {
  const { Role } = await send(new GetRoleCommand({ RoleName: 'loader' }))
  expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22%3A%222012-10-17%22/)
  expect(decoded(Role?.AssumeRolePolicyDocument)).toEqual(JSON.parse(trust()))
  expect(Role).toMatchObject({ Description: 'Loads.', MaxSessionDuration: 3_600, Path: '/' })
  await send(new UpdateAssumeRolePolicyCommand({ RoleName: 'loader', PolicyDocument: trust(home) }))
  await send(new UpdateRoleCommand({ RoleName: 'loader', MaxSessionDuration: 7_200 }))
  await send(
    new TagRoleCommand({
      RoleName: 'loader',
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  )
  await send(new UntagRoleCommand({ RoleName: 'loader', TagKeys: ['a'] }))
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await send(new PutRolePermissionsBoundaryCommand({ RoleName: 'loader', PermissionsBoundary }))
  const changed = await send(new GetRoleCommand({ RoleName: 'loader' }))
  expect(decoded(changed.Role?.AssumeRolePolicyDocument)).toEqual(JSON.parse(trust(home)))
  expect(changed.Role).toMatchObject({
    Description: 'Loads.',
    MaxSessionDuration: 7_200,
    Tags: [{ Key: 'b', Value: '2' }],
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: PermissionsBoundary,
    },
  })
})

test('an access key works at once, rests while inactive, and there are two at most', async () => {
  const { AccessKey } = await send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const keys = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const whoAmI = () => lab.sts(keys).send(new GetCallerIdentityCommand({}))
  expect(await whoAmI()).toMatchObject({ Account: home, Arn: `arn:aws:iam::${home}:user/team/ada` })
  const { accessKeyId: AccessKeyId } = keys
  expect(await lab.sts().send(new GetAccessKeyInfoCommand({ AccessKeyId }))).toMatchObject({ Account: home })
  await send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  await expect(send(new CreateAccessKeyCommand({ UserName: 'ada' }))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  })
  await send(new UpdateAccessKeyCommand({ UserName: 'ada', AccessKeyId, Status: 'Inactive' }))
  await expect(whoAmI()).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await send(new UpdateAccessKeyCommand({ UserName: 'ada', AccessKeyId, Status: 'Active' }))
  await expect(whoAmI()).resolves.toBeDefined()
  const { AccessKeyMetadata = [] } = await send(new ListAccessKeysCommand({ UserName: 'ada' }))
  expect(AccessKeyMetadata.map(({ Status }) => Status)).toEqual(['Active', 'Active'])
  for (const key of AccessKeyMetadata) {
    await send(new DeleteAccessKeyCommand({ UserName: 'ada', AccessKeyId: key.AccessKeyId }))
  }
  await expect(whoAmI()).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('a policy has five versions, of which one counts, and the others can go', async () => {
  const PolicyArn = local('reading')
  for (const action of ['s3:List*', 's3:Put*', 's3:Delete*', 's3:*']) {
    await send(
      new CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: policy(action),
        SetAsDefault: action === 's3:Put*',
      }),
    )
  }
  await expect(
    send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy() })),
  ).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: expect.stringContaining('up to 5 versions'),
  })
  const { Versions = [] } = await send(new ListPolicyVersionsCommand({ PolicyArn }))
  expect(Versions.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
    ...[
      ['v5', false],
      ['v4', false],
      ['v3', true],
      ['v2', false],
      ['v1', false],
    ],
  ])
  await expect(send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v3' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete the default version of a policy.',
  })
  await send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
  await send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
  const made = await send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy() }))
  expect(made.PolicyVersion).toMatchObject({ VersionId: 'v6', IsDefaultVersion: false })
  const { PolicyVersion } = await send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v3' }))
  expect(decoded(PolicyVersion?.Document).Statement[0].Action).toBe('s3:Put*')
  expect((await send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    Description: 'Reads.',
  })
  await expect(send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: expect.stringContaining('This policy has more than one version.'),
  })
})

test('nothing is deleted that others depend on', async () => {
  const PolicyArn = local('reading')
  const conflict = (message: string) => ({
    name: 'DeleteConflictException',
    message,
    $metadata: { httpStatusCode: 409 },
  })
  await send(new AddUserToGroupCommand({ UserName: 'ada', GroupName: 'night' }))
  await send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn }))
  await send(new AttachRolePolicyCommand({ RoleName: 'loader', PolicyArn }))
  expect(await send(new ListEntitiesForPolicyCommand({ PolicyArn, EntityFilter: 'User' }))).toMatchObject({
    PolicyUsers: [{ UserName: 'ada' }],
    PolicyRoles: [],
  })
  const { AttachedPolicies } = await send(new ListAttachedUserPoliciesCommand({ UserName: 'ada' }))
  expect(AttachedPolicies).toEqual([{ PolicyName: 'reading', PolicyArn }])
  const { Groups = [] } = await send(new ListGroupsForUserCommand({ UserName: 'ada' }))
  expect(Groups.map(({ GroupName }) => GroupName)).toEqual(['night'])

  await expect(send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(
    conflict('Cannot delete a policy attached to entities.'),
  )
  await expect(send(new DeleteRoleCommand({ RoleName: 'loader' }))).rejects.toMatchObject(
    conflict('Cannot delete entity, must detach all policies first.'),
  )
  await send(new DetachUserPolicyCommand({ UserName: 'ada', PolicyArn }))
  await send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own', PolicyDocument: policy() }))
  await expect(send(new DeleteUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(
    conflict('Cannot delete entity, must delete policies first.'),
  )
  await expect(send(new DeleteGroupCommand({ GroupName: 'night' }))).rejects.toMatchObject(
    conflict('Cannot delete entity, must remove users from group first.'),
  )
  const key = await send(new CreateAccessKeyCommand({ UserName: 'dave' }))
  await send(
    new DetachUserPolicyCommand({
      UserName: 'dave',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  )
  await expect(send(new DeleteUserCommand({ UserName: 'dave' }))).rejects.toMatchObject(
    conflict('Cannot delete entity, must delete access keys first.'),
  )
  await send(new DeleteAccessKeyCommand({ UserName: 'dave', AccessKeyId: key.AccessKey?.AccessKeyId }))
  await send(new AddUserToGroupCommand({ UserName: 'dave', GroupName: 'night' }))
  await expect(send(new DeleteUserCommand({ UserName: 'dave' }))).rejects.toMatchObject(
    conflict('Cannot delete entity, must remove users from group first.'),
  )
  await send(new RemoveUserFromGroupCommand({ UserName: 'dave', GroupName: 'night' }))
  await send(new DeleteUserCommand({ UserName: 'dave' }))
  await expect(send(new GetUserCommand({ UserName: 'dave' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
})

test('pages follow each other, each item once', async () => {
  for (let index = 0; index < 7; index += 1) await send(new CreateUserCommand({ UserName: `page-${index}` }))
  const names: string[] = []
  let pages = 0
  for await (const page of paginateListUsers({ client: lab.iam(), pageSize: 3 }, {})) {
    names.push(...(page.Users ?? []).map(({ UserName = '' }) => UserName))
    pages += 1
  }
  expect(names.filter((name) => name.startsWith('page-'))).toHaveLength(7)
  expect(new Set(names).size).toBe(names.length)
  expect(pages).toBe(Math.ceil(names.length / 3))
})

test('everybody’s permissions in one list, over pages, by kind', async () => {
  const seen: Record<string, string[]> = {}
  const config = { client: lab.iam(), pageSize: 2 }
  for await (const page of paginateGetAccountAuthorizationDetails(config, {})) {
    for (const user of page.UserDetailList ?? []) seen.user = [...(seen.user ?? []), user.UserName ?? '']
    for (const role of page.RoleDetailList ?? []) seen.role = [...(seen.role ?? []), role.RoleName ?? '']
    for (const one of page.Policies ?? []) {
      seen.policy = [...(seen.policy ?? []), one.PolicyName ?? '']
      const inForce = one.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)
      expect(decoded(inForce?.Document).Version).toBe('2012-10-17')
    }
  }
  expect(seen.user).toContain('ada')
  expect(seen.role).toEqual(['auditor', 'loader', 'operator'])
  expect(seen.policy).toEqual(['reading', 'AdministratorAccess'])
  const filtered = await send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'] }))
  expect(filtered.UserDetailList ?? []).toEqual([])
  expect(filtered.RoleDetailList).toHaveLength(3)
})

test('policies are listed by whose they are and whether they are used', async () => {
  const names = async (input: ListPoliciesCommandInput) =>
    ((await send(new ListPoliciesCommand(input))).Policies ?? []).map(({ PolicyName }) => PolicyName)
  expect(await names({ Scope: 'Local' })).toEqual(['reading'])
  expect(await names({ Scope: 'AWS' })).toContain('AmazonRedshiftReadOnlyAccess')
  expect(await names({ OnlyAttached: true })).toEqual(['reading', 'AdministratorAccess'])
  expect(await names({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual(['ReadOnlyAccess'])
})

test('the account has an alias and numbers', async () => {
  expect((await send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['home'])
  await send(new CreateAccountAliasCommand({ AccountAlias: 'away' }))
  expect((await send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['away'])
  const { SummaryMap } = await send(new GetAccountSummaryCommand({}))
  expect(SummaryMap).toMatchObject({ Roles: 3, Groups: 1, Policies: 1, AccessKeysPerUserQuota: 2 })
})
