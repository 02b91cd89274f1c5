// What holds for all policies: denies win, allows never hurt, order is nothing.

import { deserialize, serialize } from 'node:v8'
import { array, assert, constantFrom, option, property, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { mark, textMatcher } from './pattern.ts'
import { alice, away, home, loader, redshift, root } from './testing/case.ts'
import type { AccessRequest, Policies, PolicyDocument, ResourcePolicy, Statement } from './types.ts'

const runs = { numRuns: 2000 }

const actions = constantFrom('*', 's3:*', 's3:Get*', 's3:GetObject', 'kms:Decrypt')
const resources = constantFrom(
  '*',
  'arn:aws:s3:::reports/*',
  'arn:aws:s3:::reports/q?.csv',
  'arn:aws:s3:::other',
)
const names = [
  '*',
  home,
  away,
  `arn:aws:iam::${home}:root`,
  `arn:aws:iam::${home}:user/staff/alice`,
  `arn:aws:iam::${home}:role/etl/loader`,
  `arn:aws:sts::${home}:assumed-role/loader/nightly`,
]
const conditions = constantFrom<NonNullable<Statement['Condition']>[]>(
  { Bool: { 'aws:SecureTransport': ['true'] } },
  { StringNotEquals: { 'aws:PrincipalAccount': [away] } },
  { Null: { 'aws:SourceIp': ['true'] } },
)

const plain = record(
  {
    Effect: constantFrom('Allow', 'Allow', 'Deny'),
    Action: array(actions, { minLength: 1, maxLength: 2 }),
    Resource: array(resources, { minLength: 1, maxLength: 2 }),
    Condition: conditions,
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
)
const named = record({
  statement: plain,
  principals: record({
    AWS: subarray(names, { minLength: 1 }),
    Service: subarray(['redshift.amazonaws.com', 's3.amazonaws.com']),
  }),
}).map(({ statement, principals }): Statement => ({ ...statement, Principal: principals }))

const document = (statements: Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
})
const identity = array(plain, { maxLength: 4 }).map(document)
const limit = option(identity, { nil: undefined, freq: 2 })

const policies = record({
  identity,
  boundary: limit,
  session: limit,
  scp: limit,
  resource: option(array(named, { maxLength: 4 }).map(document), { nil: undefined, freq: 2 }),
  kind: constantFrom<ResourcePolicy['kind'][]>('usual', 'kms', 'trust'),
})
type Drawn = {
  identity: PolicyDocument
  boundary: PolicyDocument | undefined
  session: PolicyDocument | undefined
  scp: PolicyDocument | undefined
  resource: PolicyDocument | undefined
  kind: ResourcePolicy['kind']
}

const requests = record({
  caller: constantFrom(alice, loader, root, redshift),
  action: constantFrom('s3:GetObject', 's3:PutObject', 'kms:Decrypt'),
  resource: constantFrom('arn:aws:s3:::reports/q1.csv', 'arn:aws:s3:::other', '*'),
  resourceAccount: constantFrom(home, away),
  conditions: constantFrom<AccessRequest['conditions'][]>({}, { 'aws:SecureTransport': 'true' }),
})

const layers = ['identity', 'boundary', 'session', 'scp', 'resource'] as const

function built({ identity, boundary, session, scp, resource, kind }: Drawn): Policies {
  return {
    identity: [{ name: 'own', document: identity }],
    ...(boundary && { boundary }),
    ...(session && { session: [session] }),
    ...(scp && { scps: [[scp]] }),
    ...(resource && { resource: { document: resource, kind } }),
  }
}

/** The policies with every layer that there is changed. */
function changed(
  drawn: Drawn,
  only: readonly string[],
  change: (statements: Statement[]) => Statement[],
): Drawn {
  const copy = { ...drawn }
  for (const layer of layers) {
    const policy = copy[layer]
    if (policy && only.includes(layer)) copy[layer] = { ...policy, Statement: change(policy.Statement) }
  }
  return copy
}

test('a deny of everything wins wherever it stands and whatever else there is', () => {
  const everyone = { Principal: { AWS: ['*'] } }
  assert(
    property(policies, requests, constantFrom(...layers), (drawn, request, layer) => {
      const deny: Statement = {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        ...(layer === 'resource' ? everyone : {}),
      }
      const before = built(drawn)
      const after = built(changed(drawn, [layer], (statements) => [...statements, deny]))
      const { kind } = request.caller
      const isHeard =
        drawn[layer] !== undefined &&
        (layer === 'resource' || kind !== 'service') &&
        !(kind === 'root' && (layer === 'boundary' || layer === 'session'))
      expect(evaluate(after, request).allowed).toBe(isHeard ? false : evaluate(before, request).allowed)
    }),
    runs,
  )
})

test('another statement that allows never takes a permission away', () => {
  assert(
    property(policies, requests, plain, named, (drawn, request, more, forResource) => {
      if (!evaluate(built(drawn), request).allowed) return
      const inner = changed(drawn, ['identity', 'boundary', 'session', 'scp'], (statements) => [
        ...statements,
        { ...more, Effect: 'Allow' },
      ])
      const both = changed(inner, ['resource'], (statements) => [
        ...statements,
        { ...forResource, Effect: 'Allow' },
      ])
      expect(evaluate(built(both), request).allowed).toBe(true)
    }),
    runs,
  )
})

test('the order of statements changes neither answer nor reason', () => {
  assert(
    property(policies, requests, (drawn, request) => {
      const { allowed, reason } = evaluate(built(drawn), request)
      const turned = built(changed(drawn, layers, (statements) => statements.toReversed()))
      expect(evaluate(turned, request)).toMatchObject({ allowed, reason })
    }),
    runs,
  )
})

test('policies are plain data: a copy that was stored and loaded says the same', () => {
  assert(
    property(policies, requests, (drawn, request) => {
      const copy: Policies = deserialize(serialize(built(drawn)))
      expect(evaluate(copy, request)).toEqual(evaluate(built(drawn), request))
    }),
    { numRuns: 200 },
  )
})

test('wildcards match as a slow reading of them does', () => {
  const letters = (more: string[]) => array(constantFrom('a', 'b', ':', '.', ...more), { maxLength: 6 })
  assert(
    property(letters(['*', '?']), letters([]), (pattern, text) => {
      expect(textMatcher(mark(pattern.join('')))(text.join(''))).toBe(slowly(pattern, text))
    }),
    { numRuns: 5000 },
  )
})

function slowly([first, ...pattern]: string[], text: string[]): boolean {
  if (first === undefined) return text.length === 0
  if (first === '*')
    return slowly(pattern, text) || (text.length > 0 && slowly(['*', ...pattern], text.slice(1)))
  return text.length > 0 && (first === '?' || first === text[0]) && slowly(pattern, text.slice(1))
}
