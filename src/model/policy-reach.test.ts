// Whom policies let in, case by case. The rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
// and https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html

import { describe, expect, test } from 'vitest'
import { accessOf } from './policy-reach.ts'

const partner = '999988887777'
const question = { account: partner, action: 'kms:Decrypt', viaService: 'redshift.eu-west-1.amazonaws.com' }
const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${partner}:root` },
  Action: 'kms:Decrypt',
  Resource: '*',
  ...more,
})
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' })
const of = (...Statement: object[]) => accessOf({ Version: '2012-10-17', Statement }, question)

describe('who', () => {
  test.each([
    ['the root of the account', allow(), 'allowed'],
    ['the account by its id', allow({ Principal: { AWS: partner } }), 'allowed'],
    ['a role of the account', allow({ Principal: { AWS: `arn:aws:iam::${partner}:role/etl` } }), 'allowed'],
    [
      'a session of a role',
      allow({ Principal: { AWS: `arn:aws:sts::${partner}:assumed-role/etl/x` } }),
      'allowed',
    ],
    ['everybody', allow({ Principal: '*' }), 'allowed'],
    ['everybody, written as AWS', allow({ Principal: { AWS: '*' } }), 'allowed'],
    ['one of several', allow({ Principal: { AWS: ['111122223333', partner] } }), 'allowed'],
    ['another account', allow({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }), 'refused'],
    ['a service', allow({ Principal: { Service: 'redshift.amazonaws.com' } }), 'refused'],
    [
      'an account whose id is in a name',
      allow({ Principal: { AWS: `arn:aws:iam::111122223333:role/${partner}` } }),
      'refused',
    ],
    [
      'whoever is not named',
      allow({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
      'depends',
    ],
  ])('%s: %s', (_, statement, expected) => {
    expect(of(statement)).toBe(expected)
  })
})

describe('what', () => {
  test.each([
    ['kms:*', 'allowed'],
    ['*', 'allowed'],
    ['kms:Dec*', 'allowed'],
    ['KMS:decrypt', 'allowed'],
    ['kms:Decryp?', 'allowed'],
    ['kms:Encrypt', 'refused'],
    ['kms:DecryptX', 'refused'],
    ['s3:*', 'refused'],
  ])('Action %s: %s', (Action, expected) => {
    expect(of(allow({ Action }))).toBe(expected)
  })

  test('NotAction allows what it does not name', () => {
    expect(of(allow({ Action: undefined, NotAction: ['kms:ScheduleKeyDeletion'] }))).toBe('allowed')
    expect(of(allow({ Action: undefined, NotAction: ['kms:*'] }))).toBe('refused')
  })
})

describe('under a condition', () => {
  const under = (operator: string, key: string, value: unknown) =>
    allow({ Principal: '*', Condition: { [operator]: { [key]: value } } })

  test.each([
    ['on the account that calls', under('StringEquals', 'kms:CallerAccount', partner), 'allowed'],
    ['on another account', under('StringEquals', 'kms:CallerAccount', '111122223333'), 'refused'],
    [
      'on either account',
      under('StringEquals', 'aws:PrincipalAccount', ['111122223333', partner]),
      'allowed',
    ],
    ['on every other account', under('StringNotEquals', 'aws:PrincipalAccount', partner), 'refused'],
    [
      'through Redshift',
      under('StringEquals', 'kms:ViaService', 'redshift.eu-west-1.amazonaws.com'),
      'allowed',
    ],
    ['through S3', under('StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'), 'refused'],
    [
      'through any service here',
      under('StringLike', 'kms:ViaService', '*.eu-west-1.amazonaws.com'),
      'allowed',
    ],
    ['on the organization', under('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'), 'depends'],
    ['on an address', under('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), 'depends'],
  ])('%s: %s', (_, statement, expected) => {
    expect(of(statement)).toBe(expected)
  })

  test('several must all hold', () => {
    const Condition = {
      StringEquals: { 'kms:CallerAccount': partner, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    }
    expect(of(allow({ Condition }))).toBe('refused')
  })
})

describe('refusals', () => {
  test.each([
    ['before', [deny(), allow()], 'refused'],
    ['after', [allow(), deny()], 'refused'],
    [
      'of one role leaves the others',
      [allow(), deny({ Principal: { AWS: `arn:aws:iam::${partner}:role/etl` } })],
      'depends',
    ],
    ['of another account', [allow(), deny({ Principal: { AWS: '111122223333' } })], 'allowed'],
    ['of everything else', [allow(), deny({ Action: 'kms:PutKeyPolicy' })], 'allowed'],
    [
      'under a condition on the organization',
      [deny({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), allow()],
      'depends',
    ],
  ])('%s: %s', (_, statements, expected) => {
    expect(of(...(statements as object[]))).toBe(expected)
  })
})

test.each([[null], [{}], [{ Statement: 'nonsense' }], [{ Statement: [null, 7] }]])(
  '%j lets nobody in',
  (document) => {
    expect(accessOf(document as never, question)).toBe('refused')
  },
)

test('one statement needs no list', () => {
  expect(accessOf({ Statement: allow() }, question)).toBe('allowed')
})
