// How an example of a bucket is seeded: the bucket, where it lies, and a cluster whose audit log goes to it.

import type { BucketSeed } from '#lab/services/s3/seed-types.ts'
import type { ClusterSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

const home = 'eu-west-1'

export function bucket({ facts, answers }: Example<'s3:bucket'>): Seed {
  const clusters = (answers.usedBy ?? []).map(({ cluster, prefix }) => ({
    ClusterIdentifier: cluster,
    logging: {
      LoggingEnabled: true,
      BucketName: facts.Name,
      ...(prefix && { S3KeyPrefix: prefix }),
      LastSuccessfulDeliveryTime: 'never',
    },
  })) as ClusterSeed[]
  const { location } = answers
  if (!location) return { region: { clusters } }
  const buckets = [bucketSeed(facts.Name, answers)]
  const { accountPublicAccessBlock: publicAccessBlock } = answers
  const account = publicAccessBlock ? { publicAccessBlock } : {}
  return location === home
    ? { region: { clusters, buckets }, account }
    : { region: { clusters }, account, elsewhere: { [location]: { buckets } } }
}

/** A bucket with what was answered about it. */
export function bucketSeed(Name: string, answers: Example<'s3:bucket'>['answers']): BucketSeed {
  const { policy, acl = [], publicAccessBlock, encryption, objectLock } = answers
  const seed = {
    Name,
    ...(policy && { Policy: policy }),
    PublicAccessBlockConfiguration: publicAccessBlock ?? null,
    ServerSideEncryptionConfiguration: { Rules: encryption },
    ...(acl.length > 0 && {
      Grants: acl,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    }),
    ...(objectLock && {
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    }),
  }
  return seed as BucketSeed
}
