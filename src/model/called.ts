// Whether a word means a resource.

import { parseArn } from '#kit/arn.ts'
import type { Resource } from './resource.ts'

/** True for its ARN, for what its ARN ends in, and for its name; a snapshot has one without its cluster too. */
export function isCalled({ type, arn, name }: Resource, word: string): boolean {
  if (arn === word || name === word || parseArn(arn)?.resource === word) return true
  return type === 'redshift:snapshot' && name.slice(name.indexOf('/') + 1) === word
}
