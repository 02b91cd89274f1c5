// Buckets: making, finding and deleting them.

import type * as client from '@aws-sdk/client-s3'
import { BucketAlreadyExists$, BucketAlreadyOwnedByYou$ } from '@aws-sdk/client-s3'
import { regionNames } from '#lab/regions.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOfBuckets } from './bucket-page.ts'
import { entriesOf } from './contents.ts'
import { demandKnown, refusal } from './errors.ts'
import { type Bucket, bucketArn, bucketKey } from './model.ts'
import { cannedAcl, headerGrants, ownerOf } from './owners.ts'
import { findBucket } from './use.ts'

export const bucketOperations = {
  CreateBucket(input, context) {
    demandKnown(input, createMembers)
    const { Bucket: name } = input
    if (!isBucketName(name)) throw refusal('InvalidBucketName', undefined, { BucketName: name })
    checkLocation(input.CreateBucketConfiguration, context.region.name)
    const { account, state, region, now } = context
    const known = findBucket(state, account.partition, name)
    const arn = bucketArn({ partition: account.partition, name })
    // "In us-east-1 … Amazon S3 returns 200 OK" (API, CreateBucket, BucketAlreadyOwnedByYou).
    if (known?.account === account.id && known.region === 'us-east-1' && region.name === 'us-east-1')
      return { Location: `/${name}`, BucketArn: arn }
    if (known) throw takenError(known, account.id)
    const bucket = newBucket({ name, region: region.name, account, now })
    applyOwnership(bucket, input)
    state.s3.buckets.set(bucketKey(account.partition, name), bucket)
    return { Location: `/${name}`, BucketArn: arn }
  },

  DeleteBucket(input, context) {
    const bucket = bucketOf(input, context)
    const first = entriesOf(bucket, '', '', context).next().value
    if (first) throw refusal('BucketNotEmpty', undefined, { BucketName: bucket.name })
    if (bucket.former.size > 0) {
      const message =
        'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
      throw refusal('BucketNotEmpty', message, { BucketName: bucket.name })
    }
    context.state.s3.buckets.delete(bucketKey(bucket.partition, bucket.name))
    return {}
  },

  HeadBucket(input, context) {
    const bucket = bucketOf(input, context)
    return { BucketRegion: bucket.region, BucketArn: bucketArn(bucket), AccessPointAlias: false }
  },

  GetBucketLocation(input, context) {
    const { region } = bucketOf(input, context)
    // "Buckets in Region us-east-1 have a LocationConstraint of null" (API, GetBucketLocation).
    return region === 'us-east-1' ? {} : { LocationConstraint: region as client.BucketLocationConstraint }
  },

  ListBuckets(input, context) {
    const { account, state } = context
    const owned = [...state.s3.buckets.values()].filter((bucket) => bucket.account === account.id)
    return { ...pageOfBuckets(owned, input), Owner: ownerOf(account.id) }
  },
} satisfies Operations<typeof client>

/** The bucket a call names. That it is there, and here, was seen before permissions were. */
export function bucketOf({ Bucket }: { Bucket: string }, { state, account }: Context): Bucket {
  const bucket = findBucket(state, account.partition, Bucket)
  if (!bucket) throw new Error(`the bucket ${Bucket} was there a moment ago`)
  return bucket
}

/** A bucket as S3 makes it since April 2023: private, ACLs off, SSE-S3. */
export function newBucket({
  name,
  region,
  account,
  now,
}: {
  name: string
  region: string
  account: Context['account']
  now: number
}): Bucket {
  return {
    name,
    partition: account.partition,
    region,
    account: account.id,
    createdAt: now,
    policy: undefined,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    encryption: usualEncryption(),
    objectLock: undefined,
    versioning: undefined,
    ownership: 'BucketOwnerEnforced',
    acl: cannedAcl(account.id),
    lifecycle: undefined,
    logging: undefined,
    tags: [],
    objects: new Map(),
    former: new Map(),
    uploads: new Map(),
    sources: [],
    deleted: new Set(),
  }
}

/** What every bucket has since January 2023: S3 User Guide, "Default encryption FAQ". */
export function usualEncryption(): client.ServerSideEncryptionRule[] {
  return [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }]
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) return false
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name) || /^(xn--|sthree-|amzn-s3-demo-)/.test(name)) return false
  return !/(-s3alias|--ol-s3|--x-s3|--table-s3|\.mrap)$/.test(name)
}

const createMembers = [
  'Bucket',
  'ACL',
  'CreateBucketConfiguration',
  'GrantFullControl',
  'GrantRead',
  'GrantReadACP',
  'GrantWrite',
  'GrantWriteACP',
  'ObjectLockEnabledForBucket',
  'ObjectOwnership',
]

// Wordings as clients report them. Unverified: that a regional endpoint of us-east-1 refuses other regions.
function checkLocation(said: client.CreateBucketConfiguration | undefined, region: string) {
  const { LocationConstraint: wanted } = said ?? {}
  demandKnown(said ?? {}, ['LocationConstraint', 'Tags'])
  if (said?.Tags?.length) throw refusal('NotImplemented', 'The lab tags buckets with PutBucketTagging only.')
  if (wanted !== undefined && (wanted as string) === 'us-east-1') throw refusal('InvalidLocationConstraint')
  if (wanted !== undefined && !isRegion(wanted)) throw refusal('InvalidLocationConstraint')
  if (wanted === region || (wanted === undefined && region === 'us-east-1')) return
  throw refusal(
    'IllegalLocationConstraintException',
    `The ${wanted ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )
}

function isRegion(name: string): boolean {
  return [...regionNames('aws'), ...regionNames('aws-cn'), ...regionNames('aws-us-gov')].includes(name)
}

function takenError(known: Bucket, caller: string) {
  if (known.account === caller) {
    return fault(
      BucketAlreadyOwnedByYou$,
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: known.name },
    )
  }
  return fault(
    BucketAlreadyExists$,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { BucketName: known.name },
  )
}

function applyOwnership(bucket: Bucket, input: client.CreateBucketRequest) {
  bucket.ownership = input.ObjectOwnership ?? 'BucketOwnerEnforced'
  const grants = headerGrants(input)
  if (bucket.ownership === 'BucketOwnerEnforced' && (grants || (input.ACL ?? 'private') !== 'private'))
    throw refusal('InvalidBucketAclWithObjectOwnership')
  bucket.acl = grants ?? cannedAcl(bucket.account, input.ACL)
  if (!input.ObjectLockEnabledForBucket) return
  bucket.versioning = 'Enabled'
  bucket.objectLock = { ObjectLockEnabled: 'Enabled' }
}
