// What a share is worth, by what KMS tells of the key. Which states decrypt, and that a refusal is stronger than a grant:
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html and policy-evaluation.html there.

import { describe, expect, test } from 'vitest'
import type { RestoreKey } from './resource.ts'
import { type Encryption, encryptionOf, restorableBy } from './restorable.ts'

const owner = '111122223333'
const stranger = '999988887777'
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })
const statement = (Effect: string, Principal: unknown, more: object = {}) => ({
  Effect,
  Principal,
  Action: 'kms:*',
  Resource: '*',
  ...more,
})
const through = (service: string) => ({
  Condition: {
    StringLike: {
      'kms:CallerAccount': stranger,
      'kms:ViaService': `${service}.eu-west-1.amazonaws.com`,
    },
  },
})
const own = statement('Allow', root(owner))
const theirs = statement('Allow', root(stranger))
const refused = statement('Deny', root(stranger))
const grant = (Constraints?: object) => ({
  GranteePrincipal: `arn:aws:iam::${stranger}:role/etl`,
  Operations: ['Decrypt' as const],
  ...(Constraints && { Constraints }),
})

const key = (statements: object[], more: object = {}) =>
  ({
    arn: `arn:aws:kms:eu-west-1:${owner}:key/1`,
    account: owner,
    manager: 'CUSTOMER',
    state: 'Enabled',
    policy: { document: { Statement: statements } },
    grants: { list: [] },
    ...more,
  }) as RestoreKey
const granting = (statements: object[], ...list: object[]) => key(statements, { grants: { list } })

const worth = (of: RestoreKey, encryption: Encryption = 'kms') => {
  const { verdict, why } = restorableBy(stranger, encryption, of, 'eu-west-1')
  return `${verdict}: ${why}`
}

describe('the state of the key', () => {
  test.each([
    ['Enabled', 'usable: the policy of its key lets it decrypt'],
    ['Updating', 'usable: the policy of its key lets it decrypt'],
    ['Disabled', 'blocked: its key is Disabled'],
    ['PendingDeletion', 'blocked: its key is PendingDeletion'],
    ['', 'unknown: AWS does not tell the state of its key'],
  ])('%s', (state, expected) => {
    expect(worth(key([own, theirs], { state }))).toBe(expected)
  })
})

describe('the policy, which may let in through a service only', () => {
  test.each([
    ['to clusters', [statement('Allow', '*', through('redshift'))], 'usable'],
    ['to namespaces', [statement('Allow', '*', through('redshift-serverless'))], 'usable'],
    ['to neither', [statement('Allow', '*', through('s3'))], 'blocked'],
    ['to namespaces, and not to clusters', [theirs, statement('Deny', '*', through('redshift'))], 'usable'],
    ['and refuses it for both', [theirs, statement('Deny', '*', through('redshift*'))], 'blocked'],
  ])('%s', (_, statements, verdict) => {
    expect(worth(key([own, ...statements]))).toMatch(new RegExp(`^${verdict}: `))
  })
})

describe('a grant', () => {
  test.each([
    ['opens the key', granting([own], grant()), 'usable: a grant lets it use the key'],
    [
      'with a constraint may not reach the snapshot',
      granting([own], grant({ EncryptionContextEquals: { purpose: 'other' } })),
      'unknown: a grant lets it use the key under a constraint',
    ],
    [
      'without a constraint beside one that has some',
      granting([own], grant({ EncryptionContextSubset: { purpose: 'other' } }), grant()),
      'usable: a grant lets it use the key',
    ],
    [
      'opens nothing that the policy refuses',
      granting([own, refused], grant()),
      'blocked: the policy of its key refuses it',
    ],
    [
      'may open nothing where the policy refuses some',
      granting(
        [own, statement('Deny', root(stranger), { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
        grant(),
      ),
      'unknown: a grant lets it use the key, which the policy refuses under a condition',
    ],
    [
      'is not told',
      key([own], { grants: { unread: 'kms:ListGrants' } }),
      'unknown: kms:ListGrants did not answer',
    ],
    [
      'says nothing while the policy, which may refuse, is not told',
      key([], { policy: { unread: 'kms:GetKeyPolicy' }, grants: { list: [grant()] } }),
      'unknown: kms:GetKeyPolicy did not answer',
    ],
  ])('%s', (_, given, expected) => {
    expect(worth(given)).toBe(expected)
  })
})

test('no key of KMS stands before a snapshot that is not encrypted, or lies in a hardware security module', () => {
  expect(worth(null, encryptionOf({ Encrypted: false }))).toBe('usable: it is not encrypted')
  expect(worth(null, encryptionOf({ Encrypted: true, EncryptedWithHSM: true }))).toBe(
    'unknown: its key lies in a hardware security module',
  )
  expect(worth(null, encryptionOf({ Encrypted: true }))).toBe('blocked: it lies under a key that AWS owns')
  expect(worth(null, encryptionOf({}))).toBe('unknown: AWS does not tell whether it is encrypted')
})
