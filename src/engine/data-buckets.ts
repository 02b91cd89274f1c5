// The buckets that settings name: each is looked at once, by an account that may, in the region where it lies.

import { locationOf } from '#aws/bucket-location.ts'
import type { Session } from '#aws/session.ts'
import { pool } from '#kit/pool.ts'
import { isGap } from '#model/resource.ts'

/** A bucket, and where it is looked at. */
export type PlacedBucket = { name: string; account: string; region: string }

/** How many buckets are looked for at once. */
const atOnce = 8

/**
 * Places buckets: in the first account that may ask where they lie, or the first of all; in their region if that is
 * looked into, or the first that is.
 */
export function placed(session: Session, names: readonly string[]): Promise<PlacedBucket[]> {
  return pool([...new Set(names)].sort(), atOnce, (name) => placeOf(session, name))
}

async function placeOf({ accounts, regions, door }: Session, name: string): Promise<PlacedBucket> {
  const [first = ''] = regions
  const usable = accounts.filter(({ gap }) => !gap)
  let region = first
  for (const { account } of usable) {
    const told = await locationOf(door(account, region), name)
    const lies = isGap(told.answer) ? undefined : told.answer.value
    if (lies) region = lies
    // Everybody is sent on; who may ask is seen where the bucket lies.
    const { answer } = lies && told.isRedirect ? await locationOf(door(account, lies), name) : told
    if (!isGap(answer)) return { name, account, region: among(regions, region) }
  }
  return { name, account: usable[0]?.account ?? '', region: among(regions, region) }
}

const among = (regions: readonly string[], region: string) =>
  regions.includes(region) ? region : (regions[0] ?? region)
