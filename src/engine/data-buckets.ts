// The buckets that settings name: each is looked at once, by an account that may, in the region where it lies.

import { findBucket } from '#aws/bucket-location.ts'
import type { Session } from '#aws/session.ts'
import { pool } from '#kit/pool.ts'

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
  const [region = ''] = regions
  const account = accounts.find(({ gap }) => !gap)?.account ?? ''
  const found = await findBucket(door(account, region), name)
  return { name, account: found.door.account, region: among(regions, found.door.region) }
}

const among = (regions: readonly string[], region: string) =>
  regions.includes(region) ? region : (regions[0] ?? region)
