// The answer of ListBuckets: in order of name, in pages when asked for.

import type { Bucket as BucketView, ListBucketsOutput, ListBucketsRequest } from '@aws-sdk/client-s3'
import { refusal } from './errors.ts'
import { type Bucket, bucketArn } from './model.ts'

/** The buckets a call asks for. */
export function pageOfBuckets(buckets: Bucket[], input: ListBucketsRequest): ListBucketsOutput {
  const { MaxBuckets = 10_000, ContinuationToken, Prefix = '', BucketRegion } = input
  if (MaxBuckets < 1 || MaxBuckets > 10_000)
    throw refusal('InvalidArgument', 'Argument max-buckets must be an integer between 1 and 10000')
  const after = ContinuationToken === undefined ? '' : Buffer.from(ContinuationToken, 'base64').toString()
  const wanted = buckets
    .filter(({ name, region }) => name.startsWith(Prefix) && (BucketRegion ?? region) === region)
    .filter(({ name }) => name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const shown = wanted.slice(0, MaxBuckets)
  const last = shown.at(-1)
  // "BucketRegion … is returned only if the request includes a parameter" (API, ListBuckets).
  const isDetailed = Object.values(input).some((value) => value !== undefined)
  return {
    Buckets: shown.map((bucket) => view(bucket, isDetailed)),
    ...(last &&
      wanted.length > shown.length && { ContinuationToken: Buffer.from(last.name).toString('base64') }),
    ...(Prefix !== '' && { Prefix }),
  }
}

function view(bucket: Bucket, isDetailed: boolean): BucketView {
  return {
    Name: bucket.name,
    CreationDate: new Date(bucket.createdAt),
    ...(isDetailed && { BucketRegion: bucket.region, BucketArn: bucketArn(bucket) }),
  }
}
