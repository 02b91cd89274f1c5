// The buckets that data moves through, as settings name them and logs show them: each is looked at once, by an account that
// may, in the region where it lies.

import { findBucket } from '#aws/bucket-location.ts'
import type { Session } from '#aws/session.ts'
import { pool } from '#kit/pool.ts'
import type { Gap, Sighting } from '#model/resource.ts'

/** A bucket, where it is looked at, and where it was seen. */
export type PlacedBucket = { name: string; account: string; region: string; sightings: readonly Sighting[] }

/** What the logs of an estate show. */
export type SeenInLogs = {
  /** Over how many days they were read. */
  days: number
  /** Where each bucket was seen, newest first. */
  buckets: ReadonlyMap<string, readonly Sighting[]>
  /** Why some logs of an account and region could not be read, by `placeKey`. */
  gaps: ReadonlyMap<string, readonly Gap[]>
}

/** Names an account and region. */
export const placeKey = ({ account, region }: { account: string; region: string }) => `${account} ${region}`

/** How many buckets are looked for at once. */
const atOnce = 8

/**
 * Places buckets: in the first account that may ask where they lie, or the first of all; in their region if that is
 * looked into, or the first that is.
 */
export function placed(
  session: Session,
  names: readonly string[],
  seen: SeenInLogs['buckets'] = new Map(),
): Promise<PlacedBucket[]> {
  return pool([...new Set([...names, ...seen.keys()])].sort(), atOnce, async (name) => ({
    ...(await placeOf(session, name)),
    sightings: seen.get(name) ?? [],
  }))
}

async function placeOf({ accounts, regions, door }: Session, name: string) {
  const [region = ''] = regions
  const account = accounts.find(({ gap }) => !gap)?.account ?? ''
  const found = await findBucket(door(account, region), name)
  return { name, account: found.door.account, region: among(regions, found.door.region) }
}

const among = (regions: readonly string[], region: string) =>
  regions.includes(region) ? region : (regions[0] ?? region)
