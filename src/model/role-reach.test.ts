// Which policies let a role do everything with S3 or KMS.

import { describe, expect, test } from 'vitest'
import type { PolicyDocument } from './resource.ts'
import { bucketsAllowedBy, spokenRole, wideRoles } from './role-reach.ts'

const rolesWith = (document: PolicyDocument) => [
  { arn: 'arn:aws:iam::111122223333:role/etl', name: 'etl', policies: [{ name: 'loads', document }] },
]
const wide = (statement: object) =>
  wideRoles(rolesWith({ Statement: { Effect: 'Allow', Resource: '*', ...statement } })).flatMap(
    ({ services }) => services.map(({ name }) => name),
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
  ['every action, in other letters', { Action: ['s3:?*', 'kms:**'] }, ['s3', 'kms']],
  ['every action of whatever begins with a letter', { Action: 's3:P*' }, []],
  ['everything in a service that is neither', { Action: '*', Resource: 'arn:aws:glue:eu-west-1:1:*' }, []],
  ['everything with one bucket', { Action: '*', Resource: 'arn:aws:s3:::landing/*' }, ['s3']],
  ['everything that has an ARN', { Action: '*', Resource: 'arn:aws:*' }, ['s3', 'kms']],
  [
    'everything but one bucket',
    { Action: 's3:*', Resource: undefined, NotResource: 'arn:aws:s3:::ledger' },
    ['s3'],
  ],
])('%s', (_, statement, expected) => {
  expect(wide(statement)).toEqual(expected)
})

test('a policy that AWS manages is told by its name', () => {
  const policy = 'arn:aws:iam::aws:policy/AmazonS3FullAccess'
  const services = ['s3', 'kms'].map((name) => ({ name, on: [] }))
  expect(spokenRole({ role: 'etl', policy, services })).toBe(
    'role etl may do everything with S3 and with KMS (policy AmazonS3FullAccess)',
  )
})

test('where it is one bucket or key only, that is told', () => {
  const landing = ['arn:aws:s3:::landing', 'arn:aws:s3:::landing/*']
  const Statement = [
    { Effect: 'Allow', Action: 's3:*', Resource: [...landing, 'arn:aws:glue:eu-west-1:1:*'] },
    { Effect: 'Allow', Action: 'kms:*', Resource: 'arn:aws:kms:eu-west-1:1:key/2' },
  ]
  expect(wideRoles(rolesWith({ Statement })).map(spokenRole)).toEqual([
    'role etl may do everything with S3 on arn:aws:s3:::landing and 1 other resource and with KMS on arn:aws:kms:eu-west-1:1:key/2 (policy loads)',
  ])
})

test('what another policy of the role refuses for everything is not open; a refusal of some of it changes nothing', () => {
  const [role] = rolesWith({ Statement: { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' } })
  const refusing = (statement: object) => {
    const document = { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*', ...statement } }
    const policies = [...(role?.policies ?? []), { name: 'walls', document }]
    return wideRoles([{ arn: '', name: 'etl', policies }]).flatMap(({ services }) =>
      services.map(({ name }) => name),
    )
  }
  expect(refusing({})).toEqual(['kms'])
  expect(refusing({ Resource: 'arn:aws:s3:::*' })).toEqual(['kms'])
  expect(refusing({ Action: 'kms:*', Resource: ['arn:aws:kms:*:*:key/*'] })).toEqual(['s3'])
  expect(refusing({ Action: 'kms:*', Resource: 'arn:aws:kms:eu-west-1:*:key/*' })).toEqual(['s3', 'kms'])
  expect(refusing({ Action: 's3:Delete*' })).toEqual(['s3', 'kms'])
  expect(refusing({ Resource: 'arn:aws:s3:::ledger/*' })).toEqual(['s3', 'kms'])
  expect(refusing({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toEqual(['s3', 'kms'])
})

describe('a permissions boundary', () => {
  const everything = { Statement: { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' } }
  const within = (statement: object | object[], document: PolicyDocument = everything) => {
    const [role] = rolesWith(document)
    const boundary = { name: 'limits', document: { Statement: statement } }
    return role ? wideRoles([{ ...role, boundary }]).flatMap(({ services }) => services) : []
  }
  const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
    Effect: 'Allow',
    Action,
    Resource,
  })
  const s3 = (...on: string[]) => ({ name: 's3', on })
  const kms = { name: 'kms', on: [] }

  test.each<[string, object | object[], object[]]>([
    ['that lets everything', allow('*'), [s3(), kms]],
    ['that lets one service', allow(['s3:*', 'kms:Decrypt']), [s3()]],
    ['that lets some actions', allow(['s3:Get*', 's3:Put*', 'kms:Decrypt']), []],
    ['that lets nothing', [], []],
    ['that refuses a service', [allow('*'), { Effect: 'Deny', Action: 'kms:*', Resource: '*' }], [s3()]],
    [
      'that lets everything with one bucket',
      allow('s3:*', 'arn:aws:s3:::landing/*'),
      [s3('arn:aws:s3:::landing/*')],
    ],
  ])('%s', (_, statement, expected) => {
    expect(within(statement)).toEqual(expected)
  })

  test('narrows to what both let in', () => {
    const policy = (...on: string[]) => ({ Statement: allow('s3:*', on) })
    const limits = allow('s3:*', ['arn:aws:s3:::landing', 'arn:aws:s3:::land*/in/*'])
    expect(within(limits, policy('arn:aws:s3:::landing', 'arn:aws:s3:::ledger/*'))).toEqual([
      s3('arn:aws:s3:::landing'),
    ])
    expect(within(limits, policy('arn:aws:s3:::landing/in/today'))).toEqual([
      s3('arn:aws:s3:::landing/in/today'),
    ])
    expect(within(limits, policy('arn:aws:s3:::l*'))).toEqual([
      s3('arn:aws:s3:::land*/in/*', 'arn:aws:s3:::landing'),
    ])
    // Whether these two ever meet is not worked out.
    expect(within(limits, policy('arn:aws:s3:::*/in/new'))).toEqual([s3('arn:aws:s3:::*/in/new')])
    expect(within(limits, policy('arn:aws:s3:::ledger'))).toEqual([])
  })
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
