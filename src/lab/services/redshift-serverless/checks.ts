// What values must be like, in the sentences that JSON services say of their models' constraints.

import type { Tag } from '@aws-sdk/client-redshift-serverless'
import { TooManyTagsException$ } from '@aws-sdk/client-redshift-serverless'
import { fault } from '#lab/wire/errors.ts'
import { invalid } from './errors.ts'

function broken(value: unknown, member: string, constraint: string) {
  return invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  )
}

/** Throws unless a name has 3 to 64 letters, digits and hyphens: API, NamespaceName and WorkgroupName. */
export function checkName(name: string, member: string, [least, most] = [3, 64]): void {
  if (name.length < least)
    throw broken(name, member, `Member must have length greater than or equal to ${least}`)
  if (name.length > most) throw broken(name, member, `Member must have length less than or equal to ${most}`)
  if (!/^[a-z0-9-]+$/.test(name))
    throw broken(name, member, 'Member must satisfy regular expression pattern: ^[a-z0-9-]+$')
}

/** Throws unless a number is within bounds. */
export function checkRange(value: number, member: string, least: number, most: number): void {
  if (value < least) throw broken(value, member, `Member must have value greater than or equal to ${least}`)
  if (value > most) throw broken(value, member, `Member must have value less than or equal to ${most}`)
}

/** Throws unless a value is one of a set. */
export function checkOneOf(value: string, member: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw broken(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`)
}

// "The value must be either -1 or an integer between 1 and 3,653" is Redshift's rule for provisioned clusters; Serverless:
// 1 to 3653 days (Management Guide, serverless-snapshots-recovery-points), and -1 is what a snapshot shows that is kept
// for ever (terraform-provider-aws, TestAccRedshiftServerlessSnapshot_basic). Unverified: wording.
/** Throws unless the days are -1 (for ever) or 1 to 3653. */
export function checkRetention(days: number): void {
  if (days === -1 || (Number.isInteger(days) && days >= 1 && days <= 3_653)) return
  throw invalid('The retention period must be either -1 or an integer between 1 and 3653.')
}

// "Maximum number of 200 items" (API, TagList); keys 1 to 128, values up to 256 characters. Unverified: the last wording.
/** Throws AWS's refusal unless a resource may have these tags. */
export function checkTags(tags: Tag[], member = 'tags'): void {
  for (const { key = '', value = '' } of tags) {
    if (key.length < 1 || key.length > 128 || value.length > 256 || /^aws:/i.test(key))
      throw broken(`[${key}]`, member, 'Member must satisfy constraint: keys of 1 to 128 characters')
  }
  if (new Set(tags.map(({ key }) => key)).size > 200)
    throw fault(TooManyTagsException$, 'The request exceeded the number of tags allowed for a resource.')
}
