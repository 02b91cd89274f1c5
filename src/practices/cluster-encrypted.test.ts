// Edges of cluster-encrypted: what is under way, and how keys are told.

import { expect, test } from 'vitest'
import practice from './cluster-encrypted.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (facts: object) => verdictOf(practice, cluster({ reason: '', facts }))

test('a change from one key to another stays encrypted', () => {
  expect(verdict({ KmsKeyId: 'arn:aws:kms:k', PendingModifiedValues: { EncryptionType: 'KMS' } })).toBe(
    'pass encrypted: is encrypted under key arn:aws:kms:k',
  )
})

test('a key in a hardware security module is not taken for one that AWS owns', () => {
  expect(verdict({ HsmStatus: { Status: 'active' } })).toBe(
    'pass encrypted: is encrypted under a key in a hardware security module',
  )
})

test('the pending type is read whatever its case', () => {
  expect(verdict({ PendingModifiedValues: { EncryptionType: 'none' } })).toMatch(/^fail decrypting: /)
})

test('other pending changes say nothing about encryption', () => {
  expect(verdict({ Encrypted: false, PendingModifiedValues: { NodeType: 'ra3.4xlarge' } })).toMatch(
    /^fail not-encrypted: /,
  )
})

test('without a word on encryption it is unknown, not open', () => {
  expect(verdict({ Encrypted: undefined })).toBe('unknown untold: does not tell whether it is encrypted')
})

test('a cluster on its way out is of no concern', () => {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  expect(practice.concerns?.({ ClusterStatus: 'final-snapshot' }, place)).toBe(false)
  expect(practice.concerns?.({ ClusterStatus: 'inaccessible-kms-key' }, place)).toBe(true)
})
