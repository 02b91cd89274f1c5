// Edges of snapshot-shared: who is a stranger, and how one after the other is taken out.

import { describe, expect, test } from 'vitest'
import type { RestoreKey } from '#model/resource.ts'
import { exampleKey, letting, snapshot } from './examples.ts'
import practice from './snapshot-shared.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const support = { AccountAlias: 'amazon-redshift-support' }
const stranger = { AccountId: '999988887777' }
const friend = { AccountId: '444455556666' }
const shared = (accounts: object[] | undefined, trustedAccounts: string[] = []) =>
  snapshot({ reason: '', trustedAccounts, facts: { AccountsWithRestoreAccess: accounts } as never })

test.each([
  ['AWS tells of no list', undefined, [], 'pass private: is shared with nobody'],
  [
    'Support is trusted by its alias',
    [support],
    ['amazon-redshift-support'],
    'pass trusted-only: is shared with trusted accounts only: amazon-redshift-support',
  ],
  [
    'Support and a trusted account',
    [support, friend],
    ['444455556666'],
    'fail shared-with-support: is shared with AWS Support (amazon-redshift-support)',
  ],
  [
    'Support and a stranger are two strangers',
    [support, stranger],
    [],
    'fail shared-key-blocks: is shared with 999988887777, which cannot restore it: it lies under a key that AWS owns; amazon-redshift-support, and it is not known whether that can restore it: what AWS Support may do with the key is its own',
  ],
  [
    'an account is not trusted because another begins like it',
    [stranger],
    ['99998888777'],
    'fail shared-key-blocks: is shared with 999988887777, which cannot restore it: it lies under a key that AWS owns',
  ],
  [
    'a trusted account that has an alias',
    [{ ...friend, AccountAlias: 'partner' }],
    ['444455556666'],
    'pass trusted-only: is shared with trusted accounts only: 444455556666',
  ],
  [
    'Support, whose account is told as well',
    [{ ...support, AccountId: '123456789012' }],
    [],
    'fail shared-with-support: is shared with AWS Support (amazon-redshift-support)',
  ],
  [
    'an account that stands there twice',
    [stranger, stranger],
    [],
    'fail shared-key-blocks: is shared with 999988887777, which cannot restore it: it lies under a key that AWS owns',
  ],
])('%s', (_, accounts, trusted, verdict) => {
  expect(verdictOf(practice, shared(accounts, trusted))).toBe(verdict)
})

test('strangers are taken out one by one, each call from where the one before it left', () => {
  const changes = changesOf(practice, shared([stranger, support, friend], ['444455556666']))
  expect(changes.map(({ call }) => call)).toEqual(
    ['999988887777', 'amazon-redshift-support'].map((AccountWithRestoreAccess) => ({
      action: 'redshift:RevokeSnapshotAccess',
      input: {
        SnapshotIdentifier: 'before-migration',
        SnapshotClusterIdentifier: 'sales',
        AccountWithRestoreAccess,
      },
    })),
  )
  expect(changes.map(({ effects: [effect] }) => [effect?.before, effect?.after])).toEqual([
    [
      ['444455556666', '999988887777', 'amazon-redshift-support'],
      ['444455556666', 'amazon-redshift-support'],
    ],
    [['444455556666', 'amazon-redshift-support'], ['444455556666']],
  ])
})

test('only the owner of a snapshot sees who may restore it', () => {
  const place = { partition: 'aws', account: '444455556666', region: 'eu-west-1' }
  expect(practice.concerns?.({ OwnerAccount: '111122223333' }, place)).toBe(false)
  expect(practice.concerns?.({ OwnerAccount: '444455556666', SnapshotType: 'automated' }, place)).toBe(true)
})

test('the key that an undo needs is told for encrypted snapshots only', () => {
  const notes = (Encrypted: boolean) =>
    changesOf(
      practice,
      snapshot({ reason: '', facts: { Encrypted, AccountsWithRestoreAccess: [stranger] } }),
    )[0]?.notes
  expect(notes(true)).toContain('its undo needs kms:DescribeKey on the key of the snapshot')
  expect(notes(false)).toHaveLength(1)
})

describe('D22: what a share is worth', () => {
  const verdict = (example: Partial<Parameters<typeof snapshot>[0]>) =>
    verdictOf(practice, snapshot({ reason: '', ...example }))
  const facts = { KmsKeyId: exampleKey, AccountsWithRestoreAccess: [stranger] }

  test('AWS Support, a trusted account, a stranger who is blocked, a stranger who can decrypt: four answers', () => {
    expect([
      verdict({ facts: { AccountsWithRestoreAccess: [support] } }),
      verdict({ facts: { AccountsWithRestoreAccess: [friend] }, trustedAccounts: ['444455556666'] }),
      verdict({ facts, keyPolicy: letting('111122223333') }),
      verdict({ facts, keyPolicy: letting('111122223333', '999988887777') }),
    ]).toEqual([
      'fail shared-with-support: is shared with AWS Support (amazon-redshift-support)',
      'pass trusted-only: is shared with trusted accounts only: 444455556666',
      'fail shared-key-blocks: is shared with 999988887777, which cannot restore it: the policy of its key does not let it decrypt',
      'fail shared: is shared with 999988887777, which can restore it: the policy of its key lets it decrypt',
    ])
  })

  test('a snapshot whose key lies in a hardware security module is not one under a key of AWS', () => {
    const module = { Encrypted: true, EncryptedWithHSM: true, AccountsWithRestoreAccess: [stranger] }
    expect(verdict({ facts: module })).toBe(
      'fail shared-key-unknown: is shared with 999988887777, and it is not known whether that can restore it: its key lies in a hardware security module',
    )
  })

  test('a key whose policy may not be read leaves the share a share', () => {
    const example = snapshot({ reason: '', facts })
    const key = { ...example.answers.restoreKey, policy: { unread: 'kms:GetKeyPolicy' } }
    const answers = { ...example.answers, restoreKey: key as RestoreKey }
    expect(verdictOf(practice, { ...example, answers })).toBe(
      'fail shared-key-unknown: is shared with 999988887777, and it is not known whether that can restore it: kms:GetKeyPolicy did not answer',
    )
  })

  test.each([
    [
      'a grant',
      {
        grants: {
          list: [{ GranteePrincipal: 'arn:aws:iam::999988887777:role/etl', Operations: ['Decrypt'] }],
        },
      },
      'shared',
    ],
    ['a key of that account', { account: '999988887777' }, 'shared'],
    ['a key that is disabled', { state: 'Disabled' }, 'shared-key-blocks'],
    ['the key that AWS manages', { manager: 'AWS' }, 'shared-key-blocks'],
  ])('%s decides: %s', (_, more, reason) => {
    const example = snapshot({ reason: '', facts, keyPolicy: letting('111122223333') })
    const restoreKey = { ...example.answers.restoreKey, ...more } as RestoreKey
    expect(verdictOf(practice, { ...example, answers: { ...example.answers, restoreKey } })).toMatch(
      new RegExp(`^fail ${reason}: `),
    )
  })
})
