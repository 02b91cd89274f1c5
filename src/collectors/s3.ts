// S3: the buckets that audit logs go to, and those that data is said to move through.

import { findBucket } from '#aws/bucket-location.ts'
import { defineCollector, type Wish, wantsAbout } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, followed, orNone, width } from '#aws/listing.ts'
import { madeOnce } from '#kit/made-once.ts'
import { pool } from '#kit/pool.ts'
import { publicGrants, publicWall } from '#model/bucket-policy.ts'
import { logBucketOf } from '#model/logging.ts'
import { documentOf } from '#model/policy-document.ts'
import { type Gap, isGap, notCollected, type Resource, resourceFrom, type Told } from '#model/resource.ts'

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
    's3:GetAccountPublicAccessBlock',
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
    const walls: Walls = new Map()
    const buckets = await pool(names, width, (name) => bucketOf(door, wish, name, walls))
    yield followed('s3:bucket', buckets, door.now())
  },
})

const loggingOf = (resource: Resource) =>
  resource.type === 'redshift:cluster' ? resource.asked.logging : undefined

/** The walls of accounts, each asked for once. */
type Walls = Map<string, Promise<Wall>>
type Wall = Required<Bucket['asked']>['accountPublicAccessBlock']

async function bucketOf(here: Door, wish: Wish, Name: string, walls: Walls): Promise<Bucket> {
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
  // One that is gone has nothing.
  if (!isGap(location) && location.value === null)
    return { ...bucket, asked: { location, ...nothingOf(location) } }
  if (isGap(location) && location.code === notCollected) return { ...bucket, asked: unasked(location) }
  const asked = await askedOf(door, wish, Name)
  const isAsked = wantsAbout(wish, 's3:bucket', 'accountPublicAccessBlock') && mayBePublic(asked)
  const around = isAsked && {
    accountPublicAccessBlock: isGap(location) ? location : await wallAround(door, Name, walls),
  }
  return { ...bucket, asked: { location, ...asked, ...around } }
}

/** Behind a wall of its own with all that there is, or without anything that lets everybody in, no other matters. */
function mayBePublic({ publicAccessBlock: own, policyIsPublic, acl }: Bucket['asked']): boolean {
  const settings = own && !isGap(own) ? own.value : null
  if (Object.keys(publicWall).every((setting) => settings?.[setting as keyof typeof publicWall])) return false
  const byPolicy = policyIsPublic && (isGap(policyIsPublic) || policyIsPublic.value)
  const byAcl = acl && (isGap(acl) || publicGrants(acl.value).length > 0)
  return Boolean(byPolicy || byAcl)
}

/**
 * The wall of the account that owns a bucket, which may be another than the one that may ask about it: S3 tells who does
 * not own it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
async function wallAround(door: Door, Bucket: string, walls: Walls): Promise<Wall> {
  for (const owner of [door, ...door.others()]) {
    const question = { Bucket, ExpectedBucketOwner: owner.account }
    const owned = await door.ask('s3:GetBucketLocation', question, () => true)
    if (isGap(owned) && owned.gap === 'failed') return owned
    if (isGap(owned)) continue
    return madeOnce(walls, owner.account, () => wallOf(owner))
  }
  return {
    source: 's3:GetAccountPublicAccessBlock',
    takenAt: door.now(),
    gap: 'failed',
    code: notCollected,
    message: 'the account that owns the bucket is not among those that are looked into',
  }
}

async function wallOf(door: Door): Promise<Wall> {
  const answer = await door.ask(
    's3:GetAccountPublicAccessBlock',
    { AccountId: door.account },
    ({ PublicAccessBlockConfiguration }) => PublicAccessBlockConfiguration ?? null,
  )
  return orNone(answer, ['NoSuchPublicAccessBlockConfiguration'], null)
}

/** What there is to say of a bucket that does not exist, by the answer that told so. */
function nothingOf({ source, takenAt }: Told<unknown>): Omit<Required<Bucket['asked']>, 'location'> {
  const told = <T>(value: T) => ({ source, takenAt, value })
  return {
    policy: told(null),
    policyIsPublic: told(false),
    acl: told([]),
    publicAccessBlock: told(null),
    accountPublicAccessBlock: told(null),
    encryption: told([]),
    objectLock: told(false),
  }
}

/** What there is to say of something that is named like a bucket and is none. */
function unasked(gap: Gap): Bucket['asked'] {
  return {
    location: gap,
    policy: gap,
    policyIsPublic: gap,
    acl: gap,
    publicAccessBlock: gap,
    accountPublicAccessBlock: gap,
    encryption: gap,
    objectLock: gap,
  }
}

function askedOf(door: Door, wish: Wish, Name: string): Promise<Bucket['asked']> {
  const question = { Bucket: Name }
  return answers<Omit<Bucket['asked'], 'location' | 'accountPublicAccessBlock'>>(
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
