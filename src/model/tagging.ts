// Tags that the user requires of everything, and what a resource lacks of them.

import { fail, pass, type Said, type Verdict } from './practice.ts'
import type { Policy } from './settings.ts'

type Tag = { Key?: string | undefined; Value?: string | undefined }

/** Whether the user requires tags at all: without, nothing is judged by them. */
export const requiresTags = ({ requiredTags }: Policy): boolean => requiredTags.length > 0

/** Whether tags have a value for each required key. A tag without a value tells nothing, and counts as missing. */
export function tagged(tags: readonly Tag[] = [], { requiredTags }: Policy): Verdict<'facts'> {
  const keys = tags.flatMap(({ Key, Value }) => (Key && Value ? Key : [])).sort()
  const value: Said<'facts'> = { value: keys, from: 'facts' }
  const states = { configured: value, inForce: value }
  const missing = requiredTags.filter((key) => !keys.includes(key))
  return missing.length === 0
    ? pass<'facts'>('tagged', `carries ${requiredTags.join(', ')}`, states)
    : fail<'facts'>('missing', `lacks a value for ${missing.join(', ')}`, states)
}
