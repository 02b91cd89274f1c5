// The simulator, and what services may do for themselves.

import {
  PutRolePermissionsBoundaryCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { serviceMay } from '#lab/access.ts'
import { parsePolicy } from '#lab/iam/parse.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  for (const account of Object.values(world.accounts)) account.regions = { 'eu-west-1': {} }
  const account = world.accounts[home]
  const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
  account?.roles?.push({
    name: 'scan',
    trusts: [home],
    AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AmazonRedshiftReadOnlyAccess' }],
    RolePolicyList: [
      {
        PolicyName: 'limits',
        PolicyDocument: document(
          { Effect: 'Deny', Action: 'redshift:DescribeTags', Resource: '*' },
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::logs/*',
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          },
        ),
      },
    ],
  })
  return world
})

const PolicySourceArn = `arn:aws:iam::${home}:role/scan`
const decide = async (ActionNames: string[], more: object = {}) => {
  const command = new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...more })
  const { EvaluationResults = [] } = await lab.iam().send(command)
  return EvaluationResults.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision])
}

test('a role’s actions are allowed, denied or not mentioned', async () => {
  expect(await decide(['redshift:DescribeClusters', 'redshift:DescribeTags', 'kms:DescribeKey'])).toEqual([
    ['redshift:DescribeClusters', 'allowed'],
    ['redshift:DescribeTags', 'explicitDeny'],
    ['kms:DescribeKey', 'implicitDeny'],
  ])
})

test('a condition is asked for, and met by what the caller says', async () => {
  const ResourceArns = ['arn:aws:s3:::logs/a']
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn,
    ActionNames: ['s3:GetObject'],
    ResourceArns,
  })
  const { EvaluationResults = [] } = await lab.iam().send(command)
  expect(EvaluationResults[0]).toMatchObject({
    EvalDecision: 'implicitDeny',
    EvalResourceName: 'arn:aws:s3:::logs/a',
    MissingContextValues: ['aws:SecureTransport'],
  })
  const ContextEntries = [
    { ContextKeyName: 'aws:SecureTransport', ContextKeyType: 'boolean', ContextKeyValues: ['true'] },
  ]
  expect(await decide(['s3:GetObject'], { ResourceArns, ContextEntries })).toEqual([
    ['s3:GetObject', 'allowed'],
  ])
})

test('boundaries and further policies have a say', async () => {
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
  await lab.iam().send(new PutRolePermissionsBoundaryCommand({ RoleName: 'scan', PermissionsBoundary }))
  expect(await decide(['redshift:DescribeClusters'])).toEqual([['redshift:DescribeClusters', 'implicitDeny']])
  const all = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  const PermissionsBoundaryPolicyInputList = [all]
  expect(await decide(['kms:DescribeKey'], { PermissionsBoundaryPolicyInputList })).toEqual([
    ['kms:DescribeKey', 'implicitDeny'],
  ])
  expect(
    await decide(['kms:DescribeKey'], { PermissionsBoundaryPolicyInputList, PolicyInputList: [all] }),
  ).toEqual([['kms:DescribeKey', 'allowed']])
  const custom = new SimulateCustomPolicyCommand({ PolicyInputList: [all], ActionNames: ['iam:CreateUser'] })
  const { EvaluationResults = [] } = await lab.iam().send(custom)
  expect(EvaluationResults[0]?.EvalDecision).toBe('allowed')
})

test('what the lab does not simulate is refused, as is a source that is not there', async () => {
  await expect(decide(['s3:GetObject'], { ResourcePolicy: '{}' })).rejects.toMatchObject({
    name: 'InvalidInputException',
  })
  const nobody = { PolicySourceArn: `arn:aws:iam::${home}:role/nobody` }
  await expect(decide(['s3:GetObject'], nobody)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

describe('a service may', () => {
  const document = parsePolicy({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'redshift.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::logs/*',
        Condition: { StringEquals: { 'aws:SourceAccount': home } },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::logs/*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  })
  const access = {
    action: 's3:PutObject',
    resource: 'arn:aws:s3:::logs/a.gz',
    resourceAccount: home,
    policy: { document, kind: 'usual' as const },
  }
  const source = { 'aws:SourceAccount': home }
  const { policy: _policy, ...bare } = access
  test.each([
    ['what the policy gives it', 'redshift.amazonaws.com', access, source, true],
    [
      'nothing for another account',
      'redshift.amazonaws.com',
      access,
      { 'aws:SourceAccount': '999999999999' },
      false,
    ],
    ['nothing that another service may', 'cloudtrail.amazonaws.com', access, source, false],
    ['nothing without a policy', 'redshift.amazonaws.com', bare, source, false],
    ['nothing else', 'redshift.amazonaws.com', { ...access, action: 's3:GetObject' }, source, false],
  ])('%s', (_what, service, asked, conditions, isAllowed) => {
    expect(serviceMay(service, asked, conditions)).toBe(isAllowed)
  })
})
