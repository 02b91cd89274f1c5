// Tags of users, roles and policies.

import type { Tag } from '@aws-sdk/client-iam'
import { InvalidInputException$ } from '@aws-sdk/client-iam'
import { fault } from '#lab/wire/errors.ts'
import { exceeded } from './documents.ts'
import { pageOf } from './page.ts'
import { viewTags } from './view.ts'

type Tagged = { tags: Map<string, string> }

// "IAM and AWS STS quotas".
const mostTags = 50

/** The tags a new thing is given. */
export function readTags(tags: Tag[] = []): Map<string, string> {
  const read = new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  // Wording as recorded.
  if (read.size < tags.length) {
    throw fault(
      InvalidInputException$,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    )
  }
  if (read.size > mostTags) throw exceeded('TagsPerResource', mostTags)
  return read
}

/** Adds tags, over those of the same keys. */
export function tag(thing: Tagged, tags: Tag[]) {
  const together = new Map([...thing.tags, ...readTags(tags)])
  if (together.size > mostTags) throw exceeded('TagsPerResource', mostTags)
  thing.tags = together
  return {}
}

/** Takes tags away; keys that are not there do not matter. */
export function untag(thing: Tagged, keys: string[]) {
  for (const key of keys) thing.tags.delete(key)
  return {}
}

/** A page of tags. */
export function listTags(
  { tags }: Tagged,
  input: { Marker?: string | undefined; MaxItems?: number | undefined },
) {
  const { items, rest } = pageOf(viewTags(tags), ({ Key = '' }) => Key, input)
  return { Tags: items, ...rest }
}
