// Tags of everything that has an ARN.

import type * as client from '@aws-sdk/client-redshift-serverless'
import type { Tag } from '@aws-sdk/client-redshift-serverless'
import type { Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkTags } from './checks.ts'
import { notFound } from './errors.ts'

export const tagOperations = {
  ListTagsForResource({ resourceArn }, { region }) {
    return { tags: tagsOf(region, resourceArn) }
  },

  TagResource({ resourceArn, tags }, { region }) {
    const values = new Map([...tagsOf(region, resourceArn), ...tags].map(({ key, value }) => [key, value]))
    putTags(
      region,
      resourceArn,
      [...values].map(([key, value]) => ({ key, value })),
    )
    return {}
  },

  UntagResource({ resourceArn, tagKeys }, { region }) {
    const left = tagsOf(region, resourceArn).filter(({ key }) => key === undefined || !tagKeys.includes(key))
    putTags(region, resourceArn, left)
    return {}
  },
} satisfies Operations<typeof client>

/** Gives something its tags. */
export function putTags({ serverless }: Region, arn: string, tags: Tag[] | undefined): void {
  checkTags(tags ?? [])
  serverless.tags.set(arn, tags ?? [])
}

// Everything that can be tagged has an entry, if an empty one; what is deleted takes its entry along.
function tagsOf({ serverless }: Region, arn: string): Tag[] {
  const tags = serverless.tags.get(arn)
  if (!tags) throw notFound('resource', arn)
  return tags
}
