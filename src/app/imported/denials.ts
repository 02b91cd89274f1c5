// What could not be asked becomes what may not be asked: gaps of an inventory as denials of a world.

import { permissionOf, type ReadAction } from '#model/action.ts'
import type { Shard } from '#model/inventory.ts'
import { kinds } from '#model/kinds.ts'
import { type Answer, isGap, type Resource } from '#model/resource.ts'

/** A permission that is missing, as worlds write it. */
export type Denial = { action: string; region: string; resource?: string }

/** The denials that leave a scan as blind as the one before: lists as a whole, and single questions. */
export function denialsOf({ region, lists, resources }: Shard): Denial[] {
  // A list may end in the gap of a single question that would have led to more; that one is told with its resource.
  const ofLists = Object.values(lists).flatMap((answer) =>
    listing.has(answer.source) ? denialOf(answer, region) : [],
  )
  const ofResources = resources.flatMap((resource) =>
    Object.values<Answer<unknown>>(resource.asked).flatMap((answer) => denialOf(answer, region, resource)),
  )
  return [...ofLists, ...ofResources]
}

const listing = new Set(Object.values(kinds).map(({ source }) => source))

function denialOf(answer: Answer<unknown>, region: string, resource?: Resource): Denial[] {
  if (!isGap(answer)) return []
  const named = resource && !ofAccount.has(answer.source) ? { resource: resource.arn } : {}
  return [{ action: permissionOf(answer.source), region, ...named }]
}

/** Questions about a resource that AWS does not check against it, but against the account. */
const ofAccount: ReadonlySet<ReadAction> = new Set([
  'cloudtrail:LookupEvents',
  's3:GetAccountPublicAccessBlock',
])
