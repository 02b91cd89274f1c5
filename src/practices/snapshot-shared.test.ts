// Edges of snapshot-shared: who is a stranger, and how one after the other is taken out.

import { expect, test } from 'vitest'
import { snapshot } from './examples.ts'
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
    'fail shared-with-support: can be restored by AWS Support (amazon-redshift-support)',
  ],
  [
    'Support and a stranger are two strangers',
    [support, stranger],
    [],
    'fail shared: can be restored by 999988887777, amazon-redshift-support',
  ],
  [
    'an account is not trusted because another begins like it',
    [stranger],
    ['99998888777'],
    'fail shared: can be restored by 999988887777',
  ],
  [
    'an account that stands there twice',
    [stranger, stranger],
    [],
    'fail shared: can be restored by 999988887777',
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
