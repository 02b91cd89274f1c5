// Whom policies let in, case by case. The rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
// and https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html

import { describe, expect, test } from 'vitest'
import { accessOf, accountsNamedBy } from './policy-reach.ts'

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
      'whoever is not left out',
      allow({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
      'allowed',
    ],
    [
      'whoever of it is not left out',
      allow({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${partner}:role/etl` } }),
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
    [
      'on all principals of the account',
      under('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${partner}:*`),
      'allowed',
    ],
    [
      'on some principals of the account',
      under('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${partner}:role/*`),
      'allowed',
    ],
    [
      'on principals of another account',
      under('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'),
      'refused',
    ],
    ['on a role of any account', under('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/etl'), 'allowed'],
    [
      'on all principals but those of another account',
      under('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:*'),
      'allowed',
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
    ['on a variable', under('StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}'), 'depends'],
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
      'of whoever is not of another account',
      [
        allow(),
        deny({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } } }),
      ],
      'refused',
    ],
    [
      'of whoever is not one of its own roles leaves those',
      [
        allow(),
        deny({
          Principal: '*',
          Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${partner}:role/etl` } },
        }),
      ],
      'depends',
    ],
    [
      'of whoever is not left out',
      [allow(), deny({ Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } })],
      'refused',
    ],
    [
      'of whoever of it is not left out leaves some',
      [allow(), deny({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${partner}:role/etl` } })],
      'depends',
    ],
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

test('accounts are named as principals of permissions, and in their conditions on who calls', () => {
  const Statement = [
    allow(),
    allow({
      Principal: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': ['444455556666'], 'aws:PrincipalOrgID': '123456789012' },
        ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::222233334444:role/*', 'arn:aws:iam::*:role/etl'] },
      },
    }),
    deny({ Principal: { AWS: '777766665555' } }),
  ]
  expect(accountsNamedBy({ Statement })).toEqual(['222233334444', '444455556666', partner])
})
