// Edges of key-access: conditions, refusals, Redshift's own accounts, keys of others.

import { afterEach, describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import { contextOf, knownOf } from '#model/explanation.ts'
import { key } from './examples/key.ts'
import { exampleNow, letting } from './examples.ts'
import practice from './key-access.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'
import { type Driver, drive } from './testing/redoubt.ts'
import { verdictWithout } from './testing/without.ts'
import { key as access, place } from './testing/world.ts'

holdsInCommon(practice)

const own = letting('111122223333').Statement
const verdict = (...statements: object[]) =>
  verdictOf(
    practice,
    key({ reason: '', policy: { Version: '2012-10-17', Statement: [...own, ...statements] } }),
  )
const all = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }

test('everybody of the own account is nobody unexpected', () => {
  const Condition = { StringEquals: { 'kms:CallerAccount': '111122223333' } }
  expect(verdict({ ...all, Condition })).toMatch(/^pass own-only/)
  const roles = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }
  expect(verdict({ ...all, Condition: roles })).toMatch(/^pass own-only/)
})

test('a stranger may be named by a condition', () => {
  const naming = (Condition: object) => verdict({ ...all, Condition })
  const strangers = 'fail strangers: lets in 999988887777 by its policy'
  expect(naming({ StringEquals: { 'kms:CallerAccount': '999988887777' } })).toBe(strangers)
  expect(naming({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/*' } })).toBe(strangers)
})

describe('users of an identity provider', () => {
  const of = (Federated: string | string[], more: object = {}) => ({
    ...all,
    Principal: { Federated },
    ...more,
  })
  const strange = 'arn:aws:iam::999988887777:saml-provider/their-staff'
  const own = 'arn:aws:iam::111122223333:oidc-provider/id.acme.example'

  test('that a stranger runs are strangers, by its name', () => {
    expect(verdict(of([own, strange]))).toBe(`fail strangers: lets in ${strange} by its policy`)
    const Condition = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }
    expect(verdict(of(strange, { Condition }))).toMatch(/^fail strangers/)
  })

  test('that the own or a trusted account runs are nobody unexpected', () => {
    expect(verdict(of(own))).toMatch(/^pass own-only/)
  })

  test('that belongs to no account are never passed over', () => {
    expect(verdict(of(['cognito-identity.amazonaws.com', 'accounts.google.com']))).toBe(
      'unknown federated: names users of accounts.google.com, cognito-identity.amazonaws.com in its policy, and whether KMS lets them in, AWS does not tell',
    )
  })

  test('count for what lets the key be used, and where nothing refuses them again', () => {
    expect(verdict(of(strange, { Action: 'kms:DescribeKey' }))).toMatch(/^pass own-only/)
    expect(verdict(of(strange), of(strange, { Effect: 'Deny' }))).toMatch(/^pass own-only/)
    expect(verdict(of('accounts.google.com'), { ...all, Effect: 'Deny' })).toMatch(/^pass own-only/)
    expect(verdict(of('accounts.google.com', { Effect: 'Deny' }))).toMatch(/^pass own-only/)
  })
})

test('all but some is anybody', () => {
  const { Principal: _, ...rest } = all
  expect(verdict({ ...rest, NotPrincipal: { AWS: 'arn:aws:iam::999988887777:root' } })).toBe(
    'fail anybody: lets anybody in by its policy',
  )
})

test('who is refused again is not let in', () => {
  const stranger = { ...all, Principal: { AWS: 'arn:aws:iam::999988887777:root' } }
  expect(verdict(stranger)).toBe('fail strangers: lets in 999988887777 by its policy')
  expect(verdict(stranger, { ...stranger, Effect: 'Deny' })).toMatch(/^pass own-only/)
  const Condition = { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } }
  expect(verdict(all, { ...all, Effect: 'Deny', Condition })).toMatch(/^pass own-only/)
})

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
test.each([
  ['kms:CreateGrant', 'fail strangers'],
  ['kms:RevokeGrant', 'fail strangers'],
  ['kms:ReEncrypt*', 'fail strangers'],
  ['kms:Encrypt', 'fail strangers'],
  ['kms:DescribeKey', 'pass own-only'],
  // Without any effect across accounts.
  ['kms:ScheduleKeyDeletion', 'pass own-only'],
  ['kms:PutKeyPolicy', 'pass own-only'],
])('a stranger who may %s: %s', (Action, expected) => {
  const stranger = { ...all, Principal: { AWS: 'arn:aws:iam::999988887777:role/etl' }, Action }
  expect(verdict(stranger)).toMatch(new RegExp(`^${expected}:`))
})

test('whom the policy lets in is told whether KMS tells of the key or not', () => {
  const { facts, answers } = key({ reason: '', policy: letting('111122223333', '999988887777') })
  const { metadata: _, ...others } = answers
  expect(verdictOf(practice, { reason: '', facts, answers: others })).toBe(
    'fail strangers: lets in 999988887777 by its policy',
  )
})

test('a grant to look at the key lets nobody use it', () => {
  const grant = (Operations: ('DescribeKey' | 'CreateGrant')[]) =>
    verdictOf(
      practice,
      key({ reason: '', grants: [{ GranteePrincipal: 'arn:aws:iam::999988887777:role/x', Operations }] }),
    )
  expect(grant(['DescribeKey'])).toMatch(/^pass own-only/)
  expect(grant(['DescribeKey', 'CreateGrant'])).toBe('fail granted: lets in 999988887777 by a grant')
})

test('where the account of Redshift is not known, a grant for a warehouse may be its own', () => {
  const grants = (Constraints: object) => [
    {
      GranteePrincipal: 'arn:aws-us-gov:iam::999988887777:root',
      Operations: ['Decrypt' as const],
      Constraints,
    },
  ]
  const bound = {
    EncryptionContextSubset: {
      'aws:redshift:arn': 'arn:aws-us-gov:redshift:us-gov-west-1:111122223333:cluster:sales',
    },
  }
  const judged = (constraints: object, region: string) => {
    const known = knownOf('kms:key', key({ reason: '', grants: grants(constraints) }))
    const { status, reason } = practice.check(
      { ...known, region } as never,
      contextOf(practice, key({ reason: '' }), exampleNow) as never,
    )
    return `${status} ${reason}`
  }
  expect(judged(bound, 'us-gov-west-1')).toBe('manual perhaps-redshift')
  expect(judged({}, 'us-gov-west-1')).toBe('fail granted')
  expect(judged(bound, 'eu-west-1')).toBe('fail granted')
})

test('services, and the accounts of Redshift, are expected', () => {
  expect(verdict({ ...all, Principal: { Service: 'redshift.amazonaws.com' } })).toMatch(/^pass own-only/)
  const grants = [
    { GranteePrincipal: 'arn:aws:iam::246478207311:root' },
    { GranteePrincipal: 'rds.amazonaws.com' },
  ]
  expect(verdictOf(practice, key({ reason: '', grants }))).toMatch(/^pass own-only/)
})

describe('a key of another account', () => {
  const other = '444455556666'
  const id = '0a1b2c3d-0000-4000-8000-00000000000b'
  const arn = `arn:aws:kms:${place.region}:${other}:key/${id}`
  const world: World = {
    name: 'two accounts',
    about: 'A cluster lies under a key of the other account.',
    accounts: {
      [place.account]: {
        accessKeys: [{ ...access, user: 'example' }],
        regions: { [place.region]: { clusters: [{ ClusterIdentifier: 'sales', KmsKeyId: arn }] } },
      },
      [other]: {
        accessKeys: [],
        roles: [{ name: 'redoubt-scan', trusts: [place.account] }],
        regions: {
          [place.region]: { keys: [{ KeyId: id, Policy: { Version: '2012-10-17', Statement: [all] } }] },
        },
      },
    },
  }
  let driver: Driver | undefined
  afterEach(() => driver?.stop())

  async function judged(accounts: { role: string }[]) {
    driver = await drive(world, { key: access, regions: [place.region], settings: { accounts } })
    const { findings } = await driver.scan()
    return findings
      .filter(({ practice: one }) => one === practice.id)
      .map(({ resource, status, message }) => [resource, status, message])
  }

  test('is asked through that account where that is looked into', async () => {
    expect(await judged([{ role: `arn:aws:iam::${other}:role/redoubt-scan` }])).toEqual([
      [arn, 'fail', 'lets anybody in by its policy'],
    ])
  })

  test('is unknown where it is not, and never left out', async () => {
    expect(await judged([])).toEqual([
      [
        arn,
        'unknown',
        `could not be judged: kms:GetKeyPolicy answered OtherAccount: the key belongs to account ${other}, and its policy can only be read there`,
      ],
    ])
  })
})

test('a stranger by a grant is one whether the policy is read or not, and by the policy whether grants are', () => {
  const grants = [{ GranteePrincipal: 'arn:aws:iam::999988887777:root', Operations: ['Decrypt' as const] }]
  expect(verdictWithout(practice, key({ reason: '', grants }), 'policy')).toBe(
    'fail granted: lets in 999988887777 by a grant',
  )
  const policy = letting('111122223333', '999988887777')
  expect(verdictWithout(practice, key({ reason: '', policy }), 'grants')).toMatch(/^fail strangers: /)
  expect(verdictWithout(practice, key({ reason: '' }), 'policy')).toMatch(/^unknown refused: /)
})
