// Which policies let a role do everything with S3 or KMS.

import { expect, test } from 'vitest'
import type { PolicyDocument } from './resource.ts'
import { bucketsAllowedBy, spokenRole, wideRoles } from './role-reach.ts'

const rolesWith = (document: PolicyDocument) => [
  { arn: 'arn:aws:iam::111122223333:role/etl', name: 'etl', policies: [{ name: 'loads', document }] },
]
const wide = (statement: object) =>
  wideRoles(rolesWith({ Statement: { Effect: 'Allow', Resource: '*', ...statement } })).flatMap(
    ({ services }) => services,
  )

test.each<[string, object, string[]]>([
  ['every action there is', { Action: '*' }, ['s3', 'kms']],
  ['every action of S3', { Action: ['s3:*'] }, ['s3']],
  ['letters of any case', { Action: 'S3:*' }, ['s3']],
  [
    'every action of KMS, on one key',
    { Action: ['s3:GetObject', 'kms:*'], Resource: 'arn:aws:kms:::key/1' },
    ['kms'],
  ],
  ['reading only', { Action: ['s3:Get*', 's3:List*', 'kms:Decrypt'] }, []],
  ['every action of something else', { Action: 'glue:*' }, []],
  ['everything but IAM', { NotAction: 'iam:*' }, ['s3', 'kms']],
  ['everything but S3', { NotAction: ['s3:*'] }, ['kms']],
  ['a refusal', { Effect: 'Deny', Action: '*' }, []],
])('%s', (_, statement, expected) => {
  expect(wide(statement)).toEqual(expected)
})

test('a policy that AWS manages is told by its name', () => {
  const policy = 'arn:aws:iam::aws:policy/AmazonS3FullAccess'
  expect(spokenRole({ role: 'etl', policy, services: ['s3', 'kms'] })).toBe(
    'role etl may do everything with S3 and KMS (policy AmazonS3FullAccess)',
  )
})

test('a role without policies may do nothing', () => {
  expect(wideRoles([{ arn: 'arn:aws:iam::111122223333:role/etl', name: 'etl', policies: [] }])).toEqual([])
  expect(wideRoles(rolesWith(null))).toEqual([])
})

test('buckets that a policy names are told once, wildcards and refusals left out', () => {
  const allow = (...Resource: string[]) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource })
  const Statement = [
    allow('arn:aws:s3:::acme-landing', 'arn:aws:s3:::acme-landing/*', 'arn:aws-cn:s3:::acme-beijing/in/*'),
    allow('*', 'arn:aws:s3:::*', 'arn:aws:s3:::acme-*', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
    { ...allow('arn:aws:s3:::acme-secret/*'), Effect: 'Deny' },
  ]
  expect(bucketsAllowedBy({ Statement })).toEqual(['acme-beijing', 'acme-landing'])
})
