// Where a bucket lies. S3 tells it to whoever may ask, and by sending others on to the right region.

import { type Answer, isGap } from '#model/resource.ts'
import type { Door } from './door.ts'
import { orNone } from './listing.ts'

/** The region of a bucket; null where there is none. `isRedirect`: told by being sent on, which takes no permission. */
export type BucketLocation = { answer: Answer<string | null>; isRedirect: boolean }

/** Asks where a bucket lies. */
export async function locationOf(door: Door, Bucket: string): Promise<BucketLocation> {
  const answer = await door.ask('s3:GetBucketLocation', { Bucket }, (o) => named(o.LocationConstraint))
  if (!isGap(answer)) return { answer, isRedirect: false }
  const { lies, ...gap } = answer
  if (!lies) return { answer: orNone<string | null>(gap, ['NoSuchBucket'], null), isRedirect: false }
  return { answer: { source: gap.source, takenAt: gap.takenAt, value: lies }, isRedirect: true }
}

function named(location: string | undefined): string {
  // The first region has no name here: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
  if (!location) return 'us-east-1'
  // The name that eu-west-1 had before regions had names.
  return location === 'EU' ? 'eu-west-1' : location
}
