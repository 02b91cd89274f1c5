// Whose key a resource lies under: the five answers there are.

import type { KeyInUse } from './resource.ts'

/** `customer-managed-elsewhere` is a customer-managed key of another account. */
export type KeyKind = 'none' | 'aws-owned' | 'aws-managed' | 'customer-managed' | 'customer-managed-elsewhere'

/**
 * How a namespace writes the key that AWS owns. Unverified: no page of AWS says so; an emulator asserts it as the default.
 * A cluster under such a key names none at all.
 */
const awsOwned = 'AWS_OWNED_KMS_KEY'

/** What a resource says of its key: whether it is encrypted, the id it names, and the account it belongs to. */
export type KeyNamed = { encrypted: boolean; keyId: string | undefined; account: string }

/**
 * The kind of a key; undefined where KMS does not tell who manages it. `key` is only asked for a key of the own account: one
 * of another account can only be customer-managed, since nobody may share the keys of AWS.
 */
export function keyKindOf({ encrypted, keyId, account }: KeyNamed, key: () => KeyInUse): KeyKind | undefined {
  if (!encrypted) return 'none'
  if (!keyId || keyId === awsOwned) return 'aws-owned'
  const owner = /^arn:[^:]+:kms:[^:]*:(\d{12}):/.exec(keyId)?.[1]
  if (owner && owner !== account) return 'customer-managed-elsewhere'
  const manager = key()?.facts.KeyManager
  if (manager === 'AWS') return 'aws-managed'
  return manager === 'CUSTOMER' ? 'customer-managed' : undefined
}
