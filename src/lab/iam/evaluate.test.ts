// What a verdict names, and what a refusal says.

import { expect, test, vi } from 'vitest'
import { evaluate } from './evaluate.ts'
import { parsePolicy } from './parse.ts'
import { refusalMessage } from './refusal.ts'
import { alice, allow, deny, home, loader, redshift, requestOf, root, verdictOf } from './testing/case.ts'
import type { AccessRequest, Policies } from './types.ts'

const request: AccessRequest = {
  caller: alice,
  action: 'redshift:DescribeClusters',
  resource: `arn:aws:redshift:eu-west-1:${home}:cluster:*`,
  resourceAccount: home,
  conditions: {},
}
const who = `User: arn:aws:iam::${home}:user/staff/alice is not authorized to perform: redshift:DescribeClusters`

test('the refusal of a call nobody allows, as AWS words it', () => {
  expect(refusalMessage(evaluate({ identity: [] }, request), request)).toBe(
    `${who} on resource: arn:aws:redshift:eu-west-1:${home}:cluster:* because no identity-based policy allows the redshift:DescribeClusters action`,
  )
})

test('the refusal of a call somebody denies, as AWS words it', () => {
  const document = parsePolicy({ Statement: deny('redshift:*') }, 'identity')
  expect(refusalMessage(evaluate({ identity: [{ name: 'x', document }] }, request), request)).toBe(
    `${who} on resource: arn:aws:redshift:eu-west-1:${home}:cluster:* with an explicit deny in an identity-based policy`,
  )
})

test.each([
  [loader, `User: arn:aws:sts::${home}:assumed-role/loader/nightly is not`],
  [root, `User: arn:aws:iam::${home}:root is not`],
  [redshift, 'User: redshift.amazonaws.com is not'],
])('a refusal names the caller: %j', (caller, start) => {
  const verdict = evaluate({ identity: [] }, { ...request, caller, resourceAccount: '444455556666' })
  expect(refusalMessage(verdict, { ...request, caller })).toContain(start)
})

test('a trust policy denies with an article of its own', () => {
  const one = {
    page: '',
    says: '',
    is: '',
    kind: 'trust' as const,
    resource: [{ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: '*' }],
    request: { action: 'sts:AssumeRole' },
  }
  expect(refusalMessage(verdictOf(one), requestOf(one))).toContain(
    'with an explicit deny in the role trust policy',
  )
})

test('a verdict names policy and statement', () => {
  const document = parsePolicy(
    { Statement: [allow('*', { Sid: 'All' }), deny('iam:*', { Sid: 'NoIam' }), deny('sts:*')] },
    'identity',
  )
  const policies = { identity: [{ name: 'Team', document }] }
  expect(evaluate(policies, request)).toMatchObject({ allowed: true, explicit: false, by: 'Team#All' })
  expect(evaluate(policies, { ...request, action: 'iam:ListRoles' })).toMatchObject({
    allowed: false,
    explicit: true,
    by: 'Team#NoIam',
  })
  expect(evaluate(policies, { ...request, action: 'sts:AssumeRole' }).by).toBe('Team')
})

test('one of several policies of a kind is enough, and so is one that denies', () => {
  const yes = parsePolicy({ Statement: allow('redshift:*') }, 'identity')
  const other = parsePolicy({ Statement: allow('s3:*') }, 'identity')
  const no = parsePolicy({ Statement: deny('redshift:*') }, 'identity')
  const said = (...documents: (typeof yes)[]) => ({
    identity: documents.map((document) => ({ name: 'x', document })),
    session: documents,
    scps: [documents],
  })
  expect(evaluate(said(other, yes), request).allowed).toBe(true)
  expect(evaluate(said(other), request).allowed).toBe(false)
  expect(evaluate(said(yes, no), request).explicit).toBe(true)
})

test('no session policies limit nothing', () => {
  const document = parsePolicy({ Statement: allow('*') }, 'identity')
  const policies = { identity: [{ name: 'x', document }], session: [] }
  expect(evaluate(policies, { ...request, caller: loader }).allowed).toBe(true)
})

test('a time without a zone is UTC wherever the lab runs', () => {
  vi.stubEnv('TZ', 'America/New_York')
  const Condition = { DateLessThan: { 'aws:CurrentTime': '2026-01-01T12:00:00' } }
  const document = parsePolicy({ Statement: allow('*', { Condition }) }, 'identity')
  const at = (time: string) => ({ ...request, conditions: { 'aws:CurrentTime': time } })
  const policies = { identity: [{ name: 'x', document }] }
  expect(evaluate(policies, at('2026-01-01T11:59:59Z')).allowed).toBe(true)
  expect(evaluate(policies, at('2026-01-01T12:00:00Z')).allowed).toBe(false)
  vi.unstubAllEnvs()
})

test('a condition operator that does not exist is not passed over', () => {
  const policies: Policies = {
    identity: [
      {
        name: 'x',
        document: {
          Statement: [
            { Effect: 'Allow', Action: ['*'], Resource: ['*'], Condition: { StringIs: { a: ['b'] } } },
          ],
        },
      },
    ],
  }
  expect(() => evaluate(policies, request)).toThrow('there is no condition operator StringIs')
})

test('of three policies of ten statements each, the one is named that allows', () => {
  const Condition = {
    StringEquals: { 'aws:PrincipalOrgID': 'o-a1' },
    Bool: { 'aws:SecureTransport': 'true' },
  }
  const documents = [0, 1, 2].map((policy) => ({
    name: `p${policy}`,
    document: parsePolicy(
      {
        Version: '2012-10-17',
        Statement: Array.from({ length: 10 }, (_, at) =>
          allow(['redshift:Describe*', `kms:List${at}`], {
            Resource: at === 9 && policy === 2 ? '*' : `arn:aws:redshift:*:${home}:cluster:c${policy}${at}-*`,
            Condition,
          }),
        ),
      },
      'identity',
    ),
  }))
  const conditions = {
    'aws:SecureTransport': 'true',
    'aws:PrincipalOrgID': 'o-a1',
    'aws:SourceIp': '10.0.0.1',
  }
  const asked = { ...request, conditions }
  expect(evaluate({ identity: documents }, asked).by).toBe('p2')
})
