// Whom a policy shares with, and what is left of it without strangers.

import { expect, test } from 'vitest'
import { sharedWith, without } from './sharing-policy.ts'

const allow = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'redshift-serverless:RestoreFromSnapshot',
  ...more,
})
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
  ['a refusal', [{ ...allow({ AWS: stranger }), Effect: 'Deny' }], []],
])('names %s', (_, statements, accounts) => {
  expect(sharedWith(policy(...(statements as object[])))).toEqual(accounts)
})

test('no policy names nobody, and nothing is left of it', () => {
  expect(sharedWith(null)).toEqual([])
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

test('a policy that allows nobody any more is none', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: '*' }
  expect(without({ Statement: allow({ AWS: stranger }) }, isGone)).toBeNull()
  expect(without(policy(allow({ AWS: stranger }), deny), isGone)).toBeNull()
})
