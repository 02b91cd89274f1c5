// The buckets of an inventory as a world writes them; of one that could not be asked, only that Redshift writes there.

import { listOf, type Shard } from '#model/inventory.ts'
import { logDeliverer } from '#model/log-delivery.ts'
import { isFailing } from '#model/logging.ts'
import { arnOf, isGap, type Resource } from '#model/resource.ts'
import { told } from './keys.ts'
import type { Thing } from './redshift.ts'

/** A bucket, the account and region it is to lie in, and whether its own answers are known. */
export type PlacedBucket = {
  account: string
  region: string
  thing: Thing
  isKnown: boolean
  /** The wall against the public that its account has around all its buckets. */
  around?: object
}

/** The buckets that a shard knows of, where they lie or else where they were looked for, and those of its trails. */
export function bucketsOf(shard: Shard): PlacedBucket[] {
  return [...askedBuckets(shard), ...trailBuckets(shard)]
}

/** A trail that delivers has a bucket that takes what it writes; one that does not is left without. */
function trailBuckets(shard: Shard): PlacedBucket[] {
  const delivering = listOf(shard, 'cloudtrail:trail').filter(
    ({ facts, asked }) =>
      facts.HomeRegion === shard.region && told(asked.status) && !told(asked.status)?.LatestDeliveryError,
  )
  const names = new Set(delivering.flatMap(({ facts }) => facts.S3BucketName ?? []))
  return [...names].map((Name) => ({
    account: shard.account,
    region: shard.region,
    thing: { Name, Policy: policyFor(Name, shard, 'cloudtrail.amazonaws.com') },
    isKnown: false,
  }))
}

function askedBuckets(shard: Shard): PlacedBucket[] {
  return listOf(shard, 's3:bucket').flatMap((bucket) => {
    const location = told(bucket.asked.location)
    // One that is gone stays gone.
    if (location === null) return []
    const isKnown = told(bucket.asked.policy) !== undefined
    const { AskedBy: account = shard.account } = bucket.facts
    const around = told(bucket.asked.accountPublicAccessBlock)
    const thing = bucketThing(bucket, shard)
    return [{ account, region: location ?? shard.region, thing, isKnown, ...(around && { around }) }]
  })
}

function bucketThing({ name: Name, asked }: Resource<'s3:bucket'>, shard: Shard): Thing {
  const policy = told(asked.policy)
  const block = told(asked.publicAccessBlock)
  const rules = told(asked.encryption)
  return {
    Name,
    ...(policy === undefined
      ? isWritten(Name, shard) && { Policy: policyFor(Name, shard) }
      : policy && { Policy: policy }),
    ...(block !== undefined && { PublicAccessBlockConfiguration: block }),
    ...(rules && rules.length > 0 && { ServerSideEncryptionConfiguration: { Rules: rules } }),
    ...(told(asked.objectLock) && {
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    }),
    ...(told(asked.acl) && { Grants: told(asked.acl) }),
  }
}

/** Whether the logs of no cluster fail to arrive there. */
function isWritten(bucket: string, shard: Shard): boolean {
  return !listOf(shard, 'redshift:cluster').some(({ asked: { logging } }) => {
    const status = logging && !isGap(logging) ? logging.value : undefined
    return status?.BucketName === bucket && isFailing(status)
  })
}

// Redshift Management Guide, db-auditing: the service principal, and what it needs.
function policyFor(name: string, place: Shard, Service = logDeliverer(place)): object {
  const arn = arnOf('s3:bucket', place, name)
  const Action = ['s3:PutObject', 's3:GetBucketAcl']
  const Principal = { Service }
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, Resource: [arn, `${arn}/*`] }],
  }
}
