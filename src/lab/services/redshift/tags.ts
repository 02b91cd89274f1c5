// Tags: filters that several Describe operations share, and which tags a resource may have.

import { InvalidTagFault$, type Tag, TagLimitExceededFault$ } from '@aws-sdk/client-redshift'
import { fault } from '#lab/wire/errors.ts'

type TagFilter = { TagKeys?: string[] | undefined; TagValues?: string[] | undefined }

/** Whether tags match: any of the keys and any of the values, each only where asked (API, DescribeClusters). */
export function matchesTags(tags: Tag[] | undefined, { TagKeys, TagValues }: TagFilter): boolean {
  const hasKey = !TagKeys?.length || tags?.some(({ Key }) => Key !== undefined && TagKeys.includes(Key))
  const hasValue =
    !TagValues?.length || tags?.some(({ Value }) => Value !== undefined && TagValues.includes(Value))
  return Boolean(hasKey && hasValue)
}

// "You can have no more than 50 tags for each resource" (API, CreateTags).
const mostTags = 50

/** Throws AWS's refusal unless a resource may have these tags (limits: Management Guide, amazon-redshift-tagging). */
export function checkTags(tags: Tag[]): void {
  for (const { Key: key = '', Value: value = '' } of tags) {
    // Unverified: wording.
    if (key.length < 1 || key.length > 128 || value.length > 256 || /^aws:/i.test(key))
      throw fault(InvalidTagFault$, `The tag ${key} is invalid.`)
  }
  if (new Set(tags.map(({ Key }) => Key)).size > mostTags) {
    // Wording: the fault's description.
    throw fault(TagLimitExceededFault$, 'You have exceeded the number of tags allowed.')
  }
}

/** Tags with others added; those with a key that is there already replace it. */
export function withTags(tags: Tag[], added: Tag[]): Tag[] {
  const values = new Map([...tags, ...added].map(({ Key, Value }) => [Key, Value]))
  return [...values].map(([Key, Value]) => ({ Key, Value: Value ?? '' }))
}
