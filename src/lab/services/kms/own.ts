// Keys that a caller may look at and change: those of its own account, and not those that AWS manages.

import { InvalidArnException$, UnsupportedOperationException$ } from '@aws-sdk/client-kms'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { getKey } from './keys.ts'
import type { KmsKey } from './model.ts'

/** The key an operation names that works within one account only ("Cross-account use: No"), and takes no alias. */
export function ownKey(context: Context, ref: string, operation: string): KmsKey {
  return onlyOwn(context, keyWithoutAlias(context, ref), operation)
}

/** The key an operation names that takes no alias, of whatever account. */
export function keyWithoutAlias(context: Context, ref: string): KmsKey {
  // "Specify the key ID or key ARN of the KMS key." Wording: recorded for GetKeyPolicy with an alias.
  if (/(^|:)alias\//.test(ref)) throw fault(InvalidArnException$, `${ref} is not a valid key ARN or key ID`)
  return getKey(context, context.account, ref)
}

/** The same for operations that take aliases. */
export function onlyOwn({ account, principal }: Context, key: KmsKey, operation: string): KmsKey {
  if (key.account === account.id) return key
  // Unverified: the reason that AWS gives when the policy would allow it.
  throw common(
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: kms:${operation} on resource: ${key.arn} because the operation is not supported across accounts`,
  )
}

/** The same, for a change: "You can't change … AWS managed keys" (key-mgmt). */
export function changeableKey(context: Context, ref: string, operation: string): KmsKey {
  const key = ownKey(context, ref, operation)
  demandCustomerKey(context, key, operation)
  return key
}

/** Refuses a change of a key that AWS manages; its own policy does not allow it either. */
export function demandCustomerKey({ principal }: Context, key: KmsKey, operation: string): void {
  if (key.manager === 'CUSTOMER') return
  throw common(
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: kms:${operation} on resource: ${key.arn} because no resource-based policy allows the kms:${operation} action`,
  )
}

/** What the lab or KMS does not do with this kind of key. */
export function unsupported(sentence: string) {
  return fault(UnsupportedOperationException$, sentence)
}
