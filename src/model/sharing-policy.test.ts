// Whom a policy shares with, and what is left of it without strangers.

import { expect, test } from 'vitest'
import { audienceOf, without } from './sharing-policy.ts'

const allow = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'redshift-serverless:RestoreFromSnapshot',
  ...more,
})
const deny = (Principal: unknown, more: object = {}) => ({
  ...allow(Principal),
  Action: '*',
  ...more,
  Effect: 'Deny',
})
const of = (key: string, value: unknown, operator = 'StringEquals') => ({
  Condition: { [operator]: { [key]: value } },
})
const tls = of('aws:SecureTransport', 'false', 'Bool')
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const friend = '444455556666'
const stranger = '999988887777'
const isGone = (account: string) => account !== friend

test.each<[string, unknown[], string[]]>([
  ['by its id', [allow({ AWS: stranger })], [stranger]],
  ['by its root', [allow({ AWS: [`arn:aws:iam::${stranger}:root`, friend] })], [friend, stranger]],
  ['a role of it', [allow({ AWS: `arn:aws-cn:iam::${stranger}:role/etl` })], [stranger]],
  ['everybody', [allow('*')], ['*']],
  ['everybody in AWS', [allow({ AWS: '*' })], ['*']],
  ['all but one', [{ Effect: 'Allow', NotPrincipal: { AWS: friend }, Action: '*' }], ['*']],
  ['a service', [allow({ Service: 'redshift.amazonaws.com' })], []],
  ['a refusal', [deny({ AWS: stranger })], []],
  ['whom it refuses again', [allow({ AWS: [stranger, friend] }), deny({ AWS: stranger })], [friend]],
  [
    'whom it refuses only a part',
    [allow({ AWS: stranger }), deny({ AWS: stranger }, { Action: 'other:*' })],
    [stranger],
  ],
  ['whom it refuses under a condition', [allow({ AWS: stranger }), deny({ AWS: stranger }, tls)], [stranger]],
  ['nobody, when it refuses all', [allow('*'), deny('*')], []],
  [
    'the accounts that a condition leaves of everybody',
    [allow('*', of('aws:PrincipalAccount', [stranger]))],
    [stranger],
  ],
])('names %s', (_, statements, accounts) => {
  expect(audienceOf(policy(...(statements as object[]))).accounts).toEqual(accounts)
})

test('no policy names nobody, and nothing is left of it', () => {
  expect(audienceOf(null)).toEqual({ accounts: [], providers: [], sources: [], depends: false })
  expect(without(null, isGone)).toBeNull()
})

test('strangers are taken out, and the rest stays as it was', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: '*' }
  const service = allow({ Service: 'redshift.amazonaws.com', AWS: stranger })
  expect(
    without(policy(allow({ AWS: [stranger, friend] }, { Sid: 'both' }), deny, service, allow('*')), isGone),
  ).toEqual(
    policy(allow({ AWS: [friend] }, { Sid: 'both' }), deny, allow({ Service: 'redshift.amazonaws.com' })),
  )
})

test('everybody is taken out from beside those that are named', () => {
  const both = policy(allow({ AWS: ['*', friend] }))
  expect(audienceOf(both).accounts).toEqual(['*', friend])
  expect(without(both, isGone)).toEqual(policy(allow({ AWS: [friend] })))
})

const vouched = (account: string) => `arn:aws:iam::${account}:saml-provider/staff`

test('users of an identity provider are of the account that runs it, or of none', () => {
  const { accounts, providers } = audienceOf(
    policy(allow({ Federated: [vouched(stranger), 'accounts.google.com'] }), allow({ AWS: friend })),
  )
  expect([accounts, providers]).toEqual([[friend, stranger], ['accounts.google.com']])
  expect(audienceOf(policy(allow({ Federated: vouched(stranger) }), deny('*')))).toMatchObject({
    accounts: [],
  })
})

test('users of the identity providers of strangers are taken out, wherever they stand', () => {
  const both = policy(allow({ Federated: [vouched(stranger), vouched(friend), 'accounts.google.com'] }))
  expect(without(both, (account) => account === stranger)).toEqual(
    policy(allow({ Federated: [vouched(friend), 'accounts.google.com'] })),
  )
  const organization = of('aws:PrincipalOrgID', 'o-a1b2c3d4e5')
  expect(without(policy(allow({ AWS: '*', Federated: vouched(stranger) }, organization)), isGone)).toEqual(
    policy(allow({ AWS: '*' }, organization)),
  )
  expect(without(policy(allow({ Federated: vouched(stranger) })), isGone)).toBeNull()
})

test('a policy that allows nobody any more is none', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: '*' }
  expect(without({ Statement: allow({ AWS: stranger }) }, isGone)).toBeNull()
  expect(without(policy(allow({ AWS: stranger }), deny), isGone)).toBeNull()
})

test('everybody under another condition is whoever meets it', () => {
  const org = allow('*', of('aws:PrincipalOrgID', 'o-a1b2c3d4e5'))
  expect(audienceOf(policy(org))).toEqual({ accounts: [], providers: [], sources: [], depends: true })
  expect(without(policy(org, allow({ AWS: stranger })), isGone)).toEqual(policy(org))
})

test.each([
  ['aws:PrincipalAccount', '9999*'],
  ['aws:PrincipalArn', 'arn:aws:iam::9999????????:role/*'],
])('accounts by a pattern on %s are whoever meets it', (key, pattern) => {
  expect(audienceOf(policy(allow('*', of(key, pattern, 'StringLike')))).depends).toBe(true)
  expect(audienceOf(policy(allow('*', of(key, friend, 'StringLike')))).depends).toBe(false)
})

test('the accounts of a condition are taken out, and the statement with the last of them', () => {
  const both = (...accounts: string[]) => allow('*', of('aws:PrincipalAccount', accounts))
  expect(without(policy(both(friend, stranger)), isGone)).toEqual(policy(both(friend)))
  expect(without(policy(both(stranger), allow({ AWS: friend })), isGone)).toEqual(
    policy(allow({ AWS: friend })),
  )
})

const arnOf = (account: string) => `arn:aws:rds:eu-west-1:${account}:cluster:orders`
const source = (...values: string[]) =>
  allow({ Service: 'redshift.amazonaws.com' }, of('aws:SourceArn', values, 'ArnLike'))

test('sources that a service acts for are told by their accounts; a bucket tells none', () => {
  const { accounts, sources } = audienceOf(
    policy(source(arnOf(stranger), 'arn:aws:s3:::orders', arnOf(friend))),
  )
  expect([accounts, sources]).toEqual([[], [friend, stranger]])
  const byAccount = allow({ Service: 'redshift.amazonaws.com' }, of('AWS:SourceAccount', stranger))
  expect(audienceOf(policy(byAccount)).sources).toEqual([stranger])
})

test('sources of strangers are taken out, and the statement with the last of them', () => {
  expect(without(policy(source(arnOf(stranger), arnOf(friend))), isGone)).toEqual(
    policy(source(arnOf(friend))),
  )
  expect(without(policy(source(arnOf(stranger)), allow({ AWS: friend })), isGone)).toEqual(
    policy(allow({ AWS: friend })),
  )
})
