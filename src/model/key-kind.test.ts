// The kinds of keys, and when KMS is asked at all.

import { expect, test } from 'vitest'
import { type KeyKind, keyKindOf } from './key-kind.ts'
import type { KeyInUse } from './resource.ts'

const own = 'arn:aws:kms:eu-west-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'
const foreign = 'arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'
const never = (): KeyInUse => {
  throw new Error('KMS was asked')
}
const kindOf = (keyId: string | undefined, key = never, encrypted = true) =>
  keyKindOf({ encrypted, keyId, account: '111122223333' }, key)
const managedBy = (KeyManager?: 'AWS' | 'CUSTOMER') => (): KeyInUse => ({
  arn: own,
  facts: { KeyId: own, ...(KeyManager && { KeyManager }) },
})

test.each<[string, string | undefined, () => KeyInUse, boolean, KeyKind | undefined]>([
  ['not encrypted', own, never, false, 'none'],
  ['no key is named', undefined, never, true, 'aws-owned'],
  ['the word of serverless', 'AWS_OWNED_KMS_KEY', never, true, 'aws-owned'],
  ['a key of another account', foreign, never, true, 'customer-managed-elsewhere'],
  ['the key that AWS manages', own, managedBy('AWS'), true, 'aws-managed'],
  ['a key of the own account', own, managedBy('CUSTOMER'), true, 'customer-managed'],
  ['KMS does not tell', own, managedBy(), true, undefined],
  ['KMS does not know it', 'an-alias', () => null, true, undefined],
])('%s', (_, keyId, key, encrypted, kind) => {
  expect(kindOf(keyId, key, encrypted)).toBe(kind)
})
