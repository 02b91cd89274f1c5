// Edges of workgroup-endpoint-access: who is a stranger, what is left of the policy, and that it must be read.

import { afterEach, expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { key, place, worldOf } from './testing/world.ts'
import practice from './workgroup-endpoint-access.ts'

holdsInCommon(practice)

const allow = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'redshift-serverless:CreateEndpointAccess',
  ...more,
})
const stranger = '999988887777'
const of = (...Statement: object[]) =>
  workgroup({ reason: 'granted', resourcePolicy: { Version: '2012-10-17', Statement } })

test.each([
  ['the own account', [allow({ AWS: '111122223333' })], 'pass private: grants endpoint access to nobody'],
  [
    'a stranger whom it refuses again',
    [allow({ AWS: stranger }), { ...allow({ AWS: stranger }), Effect: 'Deny' }],
    'pass private: grants endpoint access to nobody',
  ],
  ['everybody', [allow('*')], 'fail granted: grants endpoint access to everybody'],
  [
    'users of the identity provider of a stranger',
    [allow({ Federated: `arn:aws:iam::${stranger}:saml-provider/their-staff` })],
    'fail granted: grants endpoint access to 999988887777',
  ],
  [
    'users of an identity provider of no account',
    [allow({ Federated: 'accounts.google.com' })],
    'unknown federated: names users of accounts.google.com in its policy, and whether Redshift lets them in, AWS does not tell',
  ],
  [
    'an organization',
    [allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })],
    'manual depends: grants endpoint access to anybody who meets a condition that cannot be judged from here',
  ],
])('%s', (_, statements, verdict) => {
  expect(verdictOf(practice, of(...statements))).toBe(verdict)
})

test('a policy that nobody is left in is deleted, and written again by the undo', () => {
  const [change] = changesOf(practice, of(allow({ AWS: stranger })))
  expect(change?.call.action).toBe('redshift-serverless:DeleteResourcePolicy')
  expect(change?.undo).toMatchObject({ call: { action: 'redshift-serverless:PutResourcePolicy' } })
})

let lab: Driver | undefined
afterEach(() => lab?.stop())

test('a policy that may not be read is unknown, and the permission is named', async () => {
  const { world, arn } = worldOf(practice.resource, of(allow({ AWS: stranger })))
  Object.assign(world.accounts[place.account]?.accessKeys[0] ?? {}, {
    denied: [{ action: 'redshift-serverless:GetResourcePolicy' }],
  })
  lab = await drive(world, { key, regions: [place.region] })
  const { findings } = await lab.scan()
  const found = findings.find(({ practice: id, resource }) => id === practice.id && resource === arn)
  expect([found?.status, found?.permission]).toEqual(['unknown', 'redshift-serverless:GetResourcePolicy'])
})
