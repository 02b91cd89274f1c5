// The calls that make a trail of all regions where an account has none, with a bucket of its own or one that is there.

import { call } from './action.ts'
import { publicWall, refusalOfPlainHttp } from './bucket-policy.ts'
import type { Json } from './plain.ts'
import type { ChangeDraft } from './practice.ts'
import { arnOf, type Place } from './resource.ts'

/** The trail that is to be made. `home` is the region it belongs to; it sees all others. */
export type NewTrail = {
  partition: string
  account: string
  home: string
  /** A bucket that is there, whose policy lets the trail write; a new one is made where none is named. */
  bucket?: string | undefined
  /** When the plan is made: a bucket of an earlier plan keeps its logs, and its name is never taken again. */
  now: string
}

const Name = 'redoubt-management-events'

/** Makes the bucket, closes it, lets CloudTrail write into it, makes the trail and starts it. The bucket stays. */
export function newTrail({ partition, account, home, bucket, now }: NewTrail): ChangeDraft[] {
  const place = { partition, account, region: home }
  const trail = arnOf('cloudtrail:trail', place, Name)
  const S3BucketName = bucket ?? `redoubt-trail-${account}-${now.replace(/\D/g, '').slice(0, 14)}`
  const made = bucket ? [] : newBucket(place, S3BucketName, trail)
  const drafts = [...made, created(place, S3BucketName, trail, bucket !== undefined), started(trail)]
  return drafts.map((draft) => ({ ...draft, region: home }))
}

/** A bucket for the logs of one trail, and for nobody else. */
function newBucket(place: Place, Bucket: string, trail: string): ChangeDraft[] {
  const { region, account } = place
  const arn = arnOf('s3:bucket', place, Bucket)
  const location =
    region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }
  const policy = policyFor(arn, trail, account)
  const path = `Amazon S3 › Buckets › ${Bucket} › Permissions`
  const kept = {
    undo: { none: 'the bucket is kept, for the logs in it: empty and delete it when nobody needs them' },
    impact: 'none' as const,
  }
  return [
    {
      ...kept,
      title: `Make bucket ${Bucket} for the logs of the trail`,
      call: call('s3:CreateBucket', { Bucket, ...location }),
      effects: [
        { resource: arn, fact: 'exists', before: false, after: true },
        { resource: arn, fact: 'location', before: null, after: region },
      ],
      console: `Amazon S3 › Create bucket: ${Bucket}, in ${region}`,
      notes: [
        'what lies in it costs, and nothing deletes it: give it a lifecycle rule when you know how long',
      ],
    },
    {
      ...kept,
      title: `Close bucket ${Bucket} to the public`,
      call: call('s3:PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: publicWall }),
      effects: [{ resource: arn, fact: 'publicAccessBlock', before: null, after: publicWall }],
      console: `${path} › Block public access › Edit: Block all public access`,
    },
    {
      ...kept,
      title: `Let CloudTrail write into bucket ${Bucket}, by this trail and over TLS only`,
      call: call('s3:PutBucketPolicy', { Bucket, Policy: JSON.stringify(policy) }),
      effects: [{ resource: arn, fact: 'policy', before: null, after: policy }],
      console: `${path} › Bucket policy › Edit`,
    },
  ]
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function policyFor(bucket: string, trail: string, account: string): Json {
  const Principal = { Service: 'cloudtrail.amazonaws.com' }
  const byTrail = { 'aws:SourceArn': trail }
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TrailAsksForAcl',
        Effect: 'Allow',
        Principal,
        Action: 's3:GetBucketAcl',
        Resource: bucket,
        Condition: { StringEquals: byTrail },
      },
      {
        Sid: 'TrailWrites',
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: `${bucket}/AWSLogs/${account}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...byTrail } },
      },
      { Sid: 'NothingWithoutTls', ...refusalOfPlainHttp(bucket) },
    ],
  }
}

function created(place: Place, S3BucketName: string, trail: string, isOthers: boolean): ChangeDraft {
  return {
    title: `Make the trail ${Name} of all regions`,
    call: call('cloudtrail:CreateTrail', {
      Name,
      S3BucketName,
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    }),
    effects: [
      { resource: trail, fact: 'exists', before: false, after: true },
      { resource: trail, fact: 'IsMultiRegionTrail', before: null, after: true },
      { resource: trail, fact: 'LogFileValidationEnabled', before: null, after: true },
      { resource: trail, fact: 'S3BucketName', before: null, after: S3BucketName },
    ],
    console: `CloudTrail, in ${place.region} › Trails › Create trail: ${Name}, bucket ${S3BucketName}, log file validation`,
    impact: 'none',
    notes: [
      'one trail sees all regions of the account; where another one writes the same down, each event costs twice',
      ...(isOthers
        ? [
            `the policy of bucket ${S3BucketName} must let cloudtrail.amazonaws.com do s3:GetBucketAcl and s3:PutObject for ${trail}, or AWS refuses it`,
          ]
        : []),
    ],
    undo: {
      call: call('cloudtrail:DeleteTrail', { Name: trail }),
      console: `CloudTrail, in ${place.region} › Trails › ${Name} › Delete`,
      cleanup: true,
    },
  }
}

function started(trail: string): ChangeDraft {
  const path = `CloudTrail › Trails › ${Name}`
  return {
    title: `Start the trail ${Name}`,
    call: call('cloudtrail:StartLogging', { Name: trail }),
    effects: [{ resource: trail, fact: 'status.IsLogging', before: false, after: true }],
    console: `${path} › Start logging`,
    impact: 'none',
    undo: { call: call('cloudtrail:StopLogging', { Name: trail }), console: `${path} › Stop logging` },
  }
}
