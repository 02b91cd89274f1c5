// How an example of a region is seeded: a cluster, so that data lies there, and its trails with their bucket.

import type { RegionSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

export function region({ answers }: Example<'account:region'>): Seed {
  const trails = (answers.trails ?? []).map(({ facts, status, selectors }) => ({
    Name: facts.Name ?? '',
    S3BucketName: 'acme-trail',
    IsMultiRegionTrail: facts.IsMultiRegionTrail ?? false,
    IsLogging: status.IsLogging ?? true,
    ...selectors,
  }))
  const seed = { clusters: [{ ClusterIdentifier: 'sales' }], buckets: [trailBucket('acme-trail')], trails }
  return { region: seed as RegionSeed }
}

function trailBucket(Name: string) {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['s3:PutObject', 's3:GetBucketAcl'],
    Resource: [`arn:aws:s3:::${Name}`, `arn:aws:s3:::${Name}/*`],
  }
  return { Name, Policy: { Version: '2012-10-17', Statement: [statement] } }
}
