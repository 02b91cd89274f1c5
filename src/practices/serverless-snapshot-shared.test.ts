// Edges of serverless-snapshot-shared: the two lists and the policy, and how strangers are taken out of each.

import { expect, test } from 'vitest'
import { exampleServerlessSnapshot, serverlessSnapshot, sharingWith } from './examples/serverless-snapshot.ts'
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
