// Where a bucket lies, and through which account it can be asked. S3 tells the region to whoever may ask, and by sending
// others on to it.

import { isOtherThing } from '#model/bucket-name.ts'
import { type Answer, type Gap, isGap, notCollected } from '#model/resource.ts'
import type { Door } from './door.ts'
import { orNone } from './listing.ts'

/** The region of a bucket, null where there is none; and the door, in that region, to ask the rest through. */
export type FoundBucket = { location: Answer<string | null>; door: Door }

/**
 * Looks for a bucket: audit logs of all accounts often go to one of them, and only that one may read there. Where none of
 * the accounts may, it is the first one that is refused.
 */
export async function findBucket(first: Door, name: string): Promise<FoundBucket> {
  if (isOtherThing(name)) return { location: notLookedFor(first, name), door: first }
  let refused: FoundBucket | undefined
  for (const door of [first, ...first.others()]) {
    const found = await askFor(door, name)
    if (!found.isRefused) return found
    refused ??= found
  }
  return refused ?? askFor(first, name)
}

function notLookedFor(door: Door, name: string): Gap {
  const message = `${name} is an access point or a directory, and what it leads to is not looked for`
  return { source: 's3:GetBucketLocation', takenAt: door.now(), gap: 'failed', code: notCollected, message }
}

async function askFor(door: Door, name: string): Promise<FoundBucket & { isRefused: boolean }> {
  const answer = await locationOf(door, name)
  if (!isGap(answer)) {
    const there = answer.value === null ? door : door.in(answer.value)
    return { location: answer, door: there, isRefused: false }
  }
  const { lies, ...gap } = answer
  if (!lies) return { location: gap, door, isRefused: true }
  // Whoever asks is sent on, whether he may or not: that is seen where the bucket lies.
  const there = door.in(lies)
  const isRefused = isGap(await locationOf(there, name))
  return { location: { source: gap.source, takenAt: gap.takenAt, value: lies }, door: there, isRefused }
}

async function locationOf(door: Door, Bucket: string): Promise<Answer<string | null>> {
  const answer = await door.ask('s3:GetBucketLocation', { Bucket }, (o) => named(o.LocationConstraint))
  return orNone<string | null>(answer, ['NoSuchBucket'], null)
}

function named(location: string | undefined): string {
  // The first region has no name here: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
  if (!location) return 'us-east-1'
  // The name that eu-west-1 had before regions had names.
  return location === 'EU' ? 'eu-west-1' : location
}
