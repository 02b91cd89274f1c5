// Edges of namespace-resource-policy: who is a stranger, and what is left of the policy.

import { expect, test } from 'vitest'
import { exampleNamespace, namespace } from './examples/namespace.ts'
import practice from './namespace-resource-policy.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const allow = (Principal: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action: 'redshift:CreateInboundIntegration',
  ...(Condition && { Condition }),
})
const source = (account: string) => ({
  ...allow(
    { Service: 'redshift.amazonaws.com' },
    { StringEquals: { 'aws:SourceArn': `arn:aws:dynamodb:eu-west-1:${account}:table/orders` } },
  ),
  Action: 'redshift:AuthorizeInboundIntegration',
})
const of = (...Statement: object[]) => namespace({ reason: '', policy: { Version: '2012-10-17', Statement } })

test.each([
  ['everybody', [allow('*')], 'fail foreign: lets in by its resource policy everybody'],
  [
    'the own account',
    [allow({ AWS: '111122223333' })],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'a service of AWS',
    [allow({ Service: 'redshift.amazonaws.com' })],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'everybody, of the own account alone',
    [allow('*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } })],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'a stranger whom it refuses again',
    [allow({ AWS: '999988887777' }), { ...allow({ AWS: '999988887777' }), Effect: 'Deny' }],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'users of the own identity provider',
    [allow({ Federated: 'arn:aws:iam::111122223333:saml-provider/staff' })],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'users of an identity provider of no account',
    [allow({ Federated: 'accounts.google.com' })],
    'unknown federated: names users of accounts.google.com in its policy, and whether Redshift lets them in, AWS does not tell',
  ],
  [
    'a source of the own account',
    [source('111122223333')],
    'pass none: lets in no other account by its resource policy',
  ],
  [
    'a source of a stranger, and another stranger',
    [source('999988887777'), allow({ AWS: '777766665555' })],
    'fail foreign: lets in by its resource policy 777766665555, and takes data from sources of 999988887777 by its resource policy',
  ],
])('%s', (_, statements, verdict) => {
  expect(verdictOf(practice, of(...statements))).toBe(verdict)
})

test('what lets in a service stays, and the old document is what the undo writes', () => {
  const service = allow({ Service: 'redshift.amazonaws.com' })
  const example = of(service, allow({ AWS: '999988887777' }))
  const put = (document: object | null | undefined) => ({
    action: 'redshift:PutResourcePolicy',
    input: { ResourceArn: exampleNamespace, Policy: JSON.stringify(document) },
  })
  const [change] = changesOf(practice, example)
  expect(change?.call).toEqual(put({ Version: '2012-10-17', Statement: [service] }))
  expect(change?.undo).toMatchObject({ call: put(example.answers.policy) })
})

test('who takes out a source is told that its data stops flowing in', () => {
  const notes = (...statements: object[]) => changesOf(practice, of(...statements))[0]?.notes
  expect(notes(source('999988887777'), allow({ AWS: '777766665555' }))).toEqual([
    'AWS deactivates the integrations from sources of 999988887777: their data stops flowing in',
  ])
  expect(notes(allow({ AWS: '777766665555' }))).toEqual([
    'integrations that exist go on until they are deleted',
  ])
})
