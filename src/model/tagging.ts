// Tags that the user requires of everything, and what a resource lacks of them.

import { fail, pass, said, type Verdict } from './practice.ts'
import type { Policy } from './settings.ts'

type Tag = { Key?: string | undefined; Value?: string | undefined }

/** Redshift Serverless writes the members of a tag small. */
type ServerlessTag = { key?: string | undefined; value?: string | undefined }

/** Whether the user requires tags at all: without, nothing is judged by them. */
export const requiresTags = ({ requiredTags }: Policy): boolean => requiredTags.length > 0

/**
 * Whether tags have a value for each required key. A tag without a value tells nothing, and counts as missing. `from` is
 * where they were read, if not among the facts.
 */
export function tagged<N extends string = 'facts'>(
  tags: readonly Tag[] = [],
  { requiredTags }: Policy,
  from: N | 'facts' = 'facts',
): Verdict<N | 'facts'> {
  const keys = tags.flatMap(({ Key, Value }) => (Key && Value ? Key : [])).sort()
  const states = { configured: said(keys, from), inForce: said(keys, from) }
  const missing = requiredTags.filter((key) => !keys.includes(key))
  return missing.length === 0
    ? pass<N | 'facts'>('tagged', `carries ${requiredTags.join(', ')}`, states)
    : fail<N | 'facts'>('missing', `lacks a value for ${missing.join(', ')}`, states)
}

/** The same for what Redshift Serverless was asked the tags of. */
export function taggedServerless(tags: readonly ServerlessTag[], policy: Policy): Verdict<'tags' | 'facts'> {
  const alike = tags.map(({ key, value }) => ({ Key: key, Value: value }))
  return tagged(alike, policy, 'tags')
}
