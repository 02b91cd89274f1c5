// Edges of serverless-snapshot-shared: the two lists and the policy, and how strangers are taken out of each.

import { expect, test } from 'vitest'
import {
  exampleServerlessSnapshot,
  serverlessSnapshot,
  sharingWith,
  sharingWithUsersOf,
} from './examples/serverless-snapshot.ts'
import { exampleKey, letting } from './examples.ts'
import practice from './serverless-snapshot-shared.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

type Wish = Parameters<typeof serverlessSnapshot>[0]
const of = (wish: Partial<Wish>) => serverlessSnapshot({ reason: '', ...wish })
const stranger = '999988887777'
const friend = '444455556666'

test('D22: a trusted account, a stranger who is blocked, a stranger who can decrypt: three answers', () => {
  const facts = { kmsKeyId: exampleKey, accountsWithRestoreAccess: [stranger] }
  expect([
    verdictOf(practice, of({ facts: { accountsWithRestoreAccess: [friend] }, trustedAccounts: [friend] })),
    verdictOf(practice, of({ facts, keyPolicy: letting('111122223333') })),
    verdictOf(practice, of({ facts, keyPolicy: letting('111122223333', stranger) })),
  ]).toEqual([
    `pass trusted-only: is shared with trusted accounts only: ${friend}`,
    `fail shared-key-blocks: is shared with ${stranger}, which cannot restore it: the policy of its key does not let it decrypt`,
    `fail shared: is shared with ${stranger}, which can restore it: the policy of its key lets it decrypt`,
  ])
})

test('a stranger that only the policy names is found', () => {
  expect(verdictOf(practice, of({ policy: sharingWith(stranger) }))).toBe(
    `fail shared-key-blocks: is shared with ${stranger}, which cannot restore it: it lies under a key that AWS owns`,
  )
})

test('the policy is written again without the stranger, and the old document is kept for the undo', () => {
  const policy = sharingWith(friend, stranger)
  const [change, ...more] = changesOf(practice, of({ policy, trustedAccounts: [friend] }))
  const put = (document: object) => ({
    action: 'redshift-serverless:PutResourcePolicy',
    input: { resourceArn: exampleServerlessSnapshot, policy: JSON.stringify(document) },
  })
  expect(more).toEqual([])
  expect(change?.call).toEqual(put(sharingWith(friend)))
  expect(change?.undo).toMatchObject({ call: put(policy) })
})

test('a policy that nobody is left in is deleted', () => {
  const [change] = changesOf(practice, of({ policy: sharingWith(stranger) }))
  expect(change?.call).toEqual({
    action: 'redshift-serverless:DeleteResourcePolicy',
    input: { resourceArn: exampleServerlessSnapshot },
  })
})

test('strangers of the list for clusters are taken out one by one', () => {
  const facts = { accountsWithProvisionedRestoreAccess: [stranger, '777766665555'] }
  expect(
    changesOf(practice, of({ facts })).map(({ call, effects: [effect] }) => [
      call.input,
      effect?.before,
      effect?.after,
    ]),
  ).toEqual([
    [
      { SnapshotArn: exampleServerlessSnapshot, AccountWithRestoreAccess: '777766665555' },
      ['777766665555', stranger],
      [stranger],
    ],
    [{ SnapshotArn: exampleServerlessSnapshot, AccountWithRestoreAccess: stranger }, [stranger], []],
  ])
})

test('an account that no policy names can only be taken away by a person', () => {
  expect(noneOf(practice, of({ facts: { accountsWithRestoreAccess: [stranger] } }))).toBe(
    'AWS tells of accounts that its resource policy does not name: take them away in the console',
  )
})

test('only the owner of a snapshot sees who may restore it', () => {
  const place = { partition: 'aws', account: friend, region: 'eu-west-1' }
  expect(practice.concerns?.({ ownerAccount: '111122223333' }, place)).toBe(false)
})

test('the own account is no stranger, wherever it stands', () => {
  const own = '111122223333'
  expect(verdictOf(practice, of({ policy: sharingWith(own) }))).toBe('pass private: is shared with nobody')
  const facts = { accountsWithRestoreAccess: [own, stranger], accountsWithProvisionedRestoreAccess: [own] }
  const shared = of({ facts, policy: sharingWith(own, stranger) })
  expect(verdictOf(practice, shared)).toMatch(/^fail shared-key-blocks: is shared with 999988887777, /)
  expect(changesOf(practice, shared).map(({ call }) => call.input)).toEqual([
    { resourceArn: exampleServerlessSnapshot, policy: JSON.stringify(sharingWith(own)) },
  ])
})

test('a key that is open to Redshift Serverless alone lets a stranger restore', () => {
  const { Version, Statement } = letting('111122223333')
  const through = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringEquals: { 'kms:ViaService': 'redshift-serverless.eu-west-1.amazonaws.com' } },
  }
  const facts = { kmsKeyId: exampleKey, accountsWithRestoreAccess: [stranger] }
  const keyPolicy = { Version, Statement: [...Statement, through] }
  expect(verdictOf(practice, of({ facts, keyPolicy }))).toMatch(/^fail shared: .* which can restore it/)
})

test('AWS Support, everybody and an organization are told apart', () => {
  const support = of({ facts: { accountsWithProvisionedRestoreAccess: ['amazon-redshift-support'] } })
  expect(verdictOf(practice, support)).toBe(
    'fail shared-with-support: is shared with AWS Support (amazon-redshift-support)',
  )
  const all = { Effect: 'Allow', Principal: '*', Action: 'redshift-serverless:RestoreFromSnapshot' }
  const facts = { kmsKeyId: exampleKey }
  expect(verdictOf(practice, of({ facts, policy: { Statement: [all] } }))).toBe(
    'fail shared-key-unknown: is shared with everybody, and it is not known whether that can restore it: who of all may use its key cannot be told from here',
  )
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }
  expect(verdictOf(practice, of({ policy: { Statement: [{ ...all, Condition }] } }))).toBe(
    'manual depends: is shared with anybody who meets a condition that cannot be judged from here',
  )
})

test('users of an identity provider are somebody: those of a stranger are his, and of nobody it is unknown', () => {
  const provider = (account: string) => `arn:aws:iam::${account}:saml-provider/staff`
  const judged = (...providers: string[]) =>
    verdictOf(practice, of({ policy: sharingWithUsersOf(...providers), trustedAccounts: [friend] }))
  expect(judged(provider(stranger))).toMatch(/^fail shared-key-blocks: is shared with 999988887777, /)
  expect(judged(provider(friend))).toBe(
    'pass trusted-only: is shared with trusted accounts only: 444455556666',
  )
  expect(judged(provider('111122223333'))).toBe('pass private: is shared with nobody')
  expect(judged('accounts.google.com')).toBe(
    'unknown federated: names users of accounts.google.com in its policy, and whether Redshift lets them in, AWS does not tell',
  )
})

test('a key that lets in users of an identity provider may open to them', () => {
  const { Version, Statement } = letting('111122223333')
  const provider = `arn:aws:iam::${stranger}:saml-provider/staff`
  const users = { Effect: 'Allow', Principal: { Federated: provider }, Action: 'kms:Decrypt', Resource: '*' }
  const keyPolicy = { Version, Statement: [...Statement, users] }
  const facts = { kmsKeyId: exampleKey }
  expect(verdictOf(practice, of({ facts, keyPolicy, policy: sharingWithUsersOf(provider) }))).toBe(
    `fail shared-key-unknown: is shared with ${stranger}, and it is not known whether that can restore it: the policy of its key names users of an identity provider`,
  )
})

test('what nobody can restore any more is of no concern', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  for (const status of ['DELETED', 'CANCELLED', 'FAILED'] as const)
    expect(practice.concerns?.({ status }, place)).toBe(false)
  expect(practice.concerns?.({ status: 'COPYING' }, place)).toBe(true)
})
