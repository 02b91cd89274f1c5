// S3: the buckets that audit logs go to, and those that data is said to move through.

import { findBucket } from '#aws/bucket-location.ts'
import { defineCollector, type Wish, wantsAbout } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, followed, orNone, width } from '#aws/listing.ts'
import { pool } from '#kit/pool.ts'
import { logBucketOf } from '#model/logging.ts'
import { documentOf } from '#model/policy-document.ts'
import { isGap, type Resource, resourceFrom, type Told } from '#model/resource.ts'

type Bucket = Resource<'s3:bucket'>

export default defineCollector({
  service: 's3',
  types: ['s3:bucket'],
  reads: [
    's3:GetBucketLocation',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketAcl',
    's3:GetPublicAccessBlock',
    's3:GetBucketEncryption',
    's3:GetObjectLockConfiguration',
  ],

  led: ['redshift:cluster'],
  ledBy: ['redshift:DescribeLoggingStatus'],

  follows(resource) {
    const logging = loggingOf(resource)
    const name = logging && !isGap(logging) ? logBucketOf(logging.value) : undefined
    return name ? [name] : []
  },

  blind(resource) {
    const logging = loggingOf(resource)
    return logging && isGap(logging) ? logging : undefined
  },

  async *collect(door, wish) {
    const { only, leads, dataBuckets = [] } = wish
    const names =
      only?.type === 's3:bucket'
        ? [only.name]
        : [...new Set([...leads, ...dataBuckets.map(({ name }) => name)])].sort()
    const buckets = await pool(names, width, (name) => bucketOf(door, wish, name))
    yield followed('s3:bucket', buckets, door.now())
  },
})

const loggingOf = (resource: Resource) =>
  resource.type === 'redshift:cluster' ? resource.asked.logging : undefined

async function bucketOf(here: Door, wish: Wish, Name: string): Promise<Bucket> {
  const { location, door } = await findBucket(here, Name)
  const told = { source: 's3:GetBucketLocation' as const, takenAt: here.now() }
  const { sightings = [] } = wish.dataBuckets?.find(({ name }) => name === Name) ?? {}
  const facts = {
    Name,
    TakesAuditLogs: wish.leads.includes(Name),
    AskedBy: door.account,
    ...(sightings.length > 0 && { Sightings: sightings }),
  }
  const bucket = resourceFrom('s3:bucket', here, told, facts)
  // A bucket that is gone has nothing.
  const isGone = !isGap(location) && location.value === null
  return {
    ...bucket,
    asked: { location, ...(isGone ? nothingOf(location) : await askedOf(door, wish, Name)) },
  }
}

/** What there is to say of a bucket that does not exist, by the answer that told so. */
function nothingOf({ source, takenAt }: Told<unknown>): Omit<Required<Bucket['asked']>, 'location'> {
  const told = <T>(value: T) => ({ source, takenAt, value })
  return {
    policy: told(null),
    policyIsPublic: told(false),
    acl: told([]),
    publicAccessBlock: told(null),
    encryption: told([]),
    objectLock: told(false),
  }
}

function askedOf(door: Door, wish: Wish, Name: string): Promise<Bucket['asked']> {
  const question = { Bucket: Name }
  return answers<Omit<Bucket['asked'], 'location'>>(
    {
      policy: async () =>
        orNone(
          await door.ask('s3:GetBucketPolicy', question, ({ Policy }) => documentOf(Policy)),
          ['NoSuchBucketPolicy'],
          null,
        ),
      policyIsPublic: async () =>
        orNone(
          await door.ask('s3:GetBucketPolicyStatus', question, (o) => o.PolicyStatus?.IsPublic === true),
          ['NoSuchBucketPolicy'],
          false,
        ),
      acl: () => door.ask('s3:GetBucketAcl', question, ({ Grants }) => Grants ?? []),
      publicAccessBlock: async () =>
        orNone(
          await door.ask(
            's3:GetPublicAccessBlock',
            question,
            ({ PublicAccessBlockConfiguration }) => PublicAccessBlockConfiguration ?? null,
          ),
          ['NoSuchPublicAccessBlockConfiguration'],
          null,
        ),
      encryption: async () =>
        orNone(
          await door.ask(
            's3:GetBucketEncryption',
            question,
            (o) => o.ServerSideEncryptionConfiguration?.Rules ?? [],
          ),
          ['ServerSideEncryptionConfigurationNotFoundError'],
          [],
        ),
      objectLock: async () =>
        orNone(
          await door.ask(
            's3:GetObjectLockConfiguration',
            question,
            (o) => o.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
          ),
          ['ObjectLockConfigurationNotFoundError'],
          false,
        ),
    },
    (need) => wantsAbout(wish, 's3:bucket', need),
  )
}
