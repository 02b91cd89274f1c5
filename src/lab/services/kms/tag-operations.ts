// Tags of keys.

import type * as client from '@aws-sdk/client-kms'
import { LimitExceededException$, type Tag, TagException$ } from '@aws-sdk/client-kms'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { changeableKey, ownKey } from './own.ts'
import { pageOf } from './page.ts'
import { demandState, notLeaving } from './states.ts'

export const tagOperations = {
  TagResource(input, context) {
    const key = changeableKey(context, input.KeyId, 'TagResource')
    checkTags(input.Tags)
    demandState(key, notLeaving)
    const tags = new Map([...key.tags, ...input.Tags].map((tag) => [tag.TagKey, tag]))
    if (tags.size > 50) throw fault(LimitExceededException$, tooMany)
    key.tags = [...tags.values()]
    return {}
  },

  UntagResource(input, context) {
    const key = changeableKey(context, input.KeyId, 'UntagResource')
    demandState(key, notLeaving)
    key.tags = key.tags.filter(({ TagKey }) => !input.TagKeys.includes(TagKey ?? ''))
    return {}
  },

  ListResourceTags(input, context) {
    const key = ownKey(context, input.KeyId, 'ListResourceTags')
    const { items, ...page } = pageOf([...key.tags], ({ TagKey }) => TagKey ?? '', input, {
      usual: 50,
      most: 50,
    })
    return { Tags: items, ...page }
  },
} satisfies Operations<typeof client>

// 50 tags a resource. Unverified: the wordings here.
const tooMany = 'A KMS key cannot have more than 50 tags.'

/** Throws TagException when tags could not be put on a key. */
export function checkTags(tags: Tag[]): void {
  if (tags.length > 50) throw fault(TagException$, tooMany)
  const names = tags.map(({ TagKey }) => TagKey ?? '')
  if (new Set(names).size < names.length) throw fault(TagException$, 'Duplicate tag keys')
  if (names.some((name) => /^aws:/i.test(name)))
    throw fault(TagException$, 'aws: prefixed tag key names are not allowed for external use.')
}
