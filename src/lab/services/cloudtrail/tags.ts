// Tags of trails.

import type * as client from '@aws-sdk/client-cloudtrail'
import {
  CloudTrailARNInvalidException$,
  InvalidTagParameterException$,
  ResourceNotFoundException$,
  ResourceTypeNotSupportedException$,
  type Tag,
  TagsLimitExceededException$,
} from '@aws-sdk/client-cloudtrail'
import { parseArn } from '#kit/arn.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { Trail } from './model.ts'

export const tagOperations = {
  AddTags({ ResourceId, TagsList }, context) {
    addTags(taggedTrail(ResourceId, context), TagsList)
    return {}
  },

  RemoveTags({ ResourceId, TagsList }, context) {
    const trail = taggedTrail(ResourceId, context)
    // A value that is given must be the tag's own. Unverified.
    trail.tags = trail.tags.filter(
      (tag) =>
        !TagsList.some(({ Key, Value }) => Key === tag.Key && (Value === undefined || Value === tag.Value)),
    )
    return {}
  },

  ListTags({ ResourceIdList }, context) {
    const ResourceTagList = ResourceIdList.map((ResourceId) => ({
      ResourceId,
      TagsList: taggedTrail(ResourceId, context).tags,
    }))
    return { ResourceTagList }
  },
} satisfies Operations<typeof client>

/** Sets tags of a trail. */
export function addTags(trail: Trail, tags: Tag[]): void {
  const all = new Map(trail.tags.map((tag) => [tag.Key, tag]))
  for (const { Key, Value = '' } of tags) {
    // Unverified: the wording.
    if (!Key || Key.length > 128 || Value.length > 256 || /^aws:/i.test(Key))
      throw fault(InvalidTagParameterException$, `Tag key or value is not valid: ${Key}`)
    all.set(Key, { Key, Value })
  }
  // "up to 50 tags": API Reference, AddTags.
  if (all.size > 50) throw fault(TagsLimitExceededException$, 'A trail can have at most 50 tags.')
  trail.tags = [...all.values()]
}

function taggedTrail(arn: string, { region, account }: Context): Trail {
  const parts = parseArn(arn)
  if (parts?.service !== 'cloudtrail')
    throw fault(CloudTrailARNInvalidException$, `Trail ARN is not valid: ${arn}`)
  if (!parts.resource.startsWith('trail/'))
    throw fault(ResourceTypeNotSupportedException$, `The lab has no tags of ${parts.resource}.`)
  // Wording: aws/aws-sdk-java#1309.
  if (parts.region !== region.name)
    throw fault(
      CloudTrailARNInvalidException$,
      `Region in ARN is wrong, you can only access resources in region ${region.name}.`,
    )
  const trail = region.cloudtrail.trails.get(parts.resource.slice('trail/'.length))
  // Unverified: the wording.
  if (!trail || parts.account !== account.id)
    throw fault(ResourceNotFoundException$, `The resource ${arn} does not exist.`)
  return trail
}
