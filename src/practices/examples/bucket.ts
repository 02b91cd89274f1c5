// Builders for examples of buckets that audit logs go to, or data moves through.

import { publicWall, refusingPlainHttp } from '#model/bucket-policy.ts'
import { lettingLogsIn } from '#model/log-delivery.ts'
import type { AnswersAbout, Example } from '#model/practice.ts'
import type { LogBucketSeen, PolicyDocument, Sighting } from '#model/resource.ts'

const Name = 'acme-audit'
const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }

/** The ARN of the bucket of the examples. */
export const exampleBucket = `arn:aws:s3:::${Name}`

/** A policy that lets Redshift deliver, and one that refuses plain HTTP besides. */
export const deliverable: PolicyDocument = lettingLogsIn(null, exampleBucket, place)
export const strict: PolicyDocument = refusingPlainHttp(deliverable, exampleBucket)

/** A policy of other statements; each is of the bucket and its objects, unless it says otherwise. */
export function policyOf(...statements: object[]): PolicyDocument {
  const Resource = [exampleBucket, `${exampleBucket}/*`]
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ Resource, ...statement })) }
}

/** Statements that let Redshift deliver, and everybody read. */
export const redshiftWrites = {
  Effect: 'Allow',
  Principal: { Service: 'redshift.amazonaws.com' },
  Action: ['s3:PutObject', 's3:GetBucketAcl'],
}
export const everybodyReads = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }

/** A statement that refuses plain HTTP. */
export const refusesPlainHttp = {
  Effect: 'Deny',
  Principal: '*' as string | object,
  Action: 's3:*' as string | string[],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}

/** A grant of an ACL that lets everybody list the bucket. */
export const everybodyLists = {
  Grantee: { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ' as const,
}

/** A statement in the log of the example cluster. */
export const exampleSighting: Sighting = {
  statement: 'UNLOAD',
  warehouse: 'cluster sales',
  arn: 'arn:aws:redshift:eu-west-1:111122223333:cluster:sales',
  at: '2026-11-25T03:12:44Z',
}

type Shape = {
  reason: string
  /** Where logs show it. */
  sightings?: Sighting[]
  /** True for a bucket that data moves through, and no audit log. */
  isForData?: boolean
} & Partial<AnswersAbout<'s3:bucket'>>

/** A bucket that the audit log of the example cluster goes to, as it should be but for what is written. */
export function bucket({ reason, isForData = false, sightings, ...answers }: Shape): Example<'s3:bucket'> {
  const arn = 'arn:aws:redshift:eu-west-1:111122223333:cluster:sales'
  const usedBy = isForData ? [] : [{ cluster: 'sales', arn, region: place.region, prefix: '' }]
  return {
    reason,
    facts: {
      Name,
      TakesAuditLogs: !isForData,
      AskedBy: place.account,
      ...(sightings && { Sightings: sightings }),
    },
    answers: {
      location: place.region,
      policy: strict,
      policyIsPublic: false,
      acl: [],
      publicAccessBlock: publicWall,
      accountPublicAccessBlock: null,
      encryption: [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
      ],
      objectLock: false,
      usedBy,
      // What is gone has nothing.
      ...(answers.location === null && { policy: null, publicAccessBlock: null, encryption: [] }),
      ...answers,
    },
    ...(isForData && { policy: { dataBuckets: [Name] } }),
  }
}

/** The same bucket as a cluster sees it whose audit log goes there. */
export function logBucketSeen(answers: Partial<AnswersAbout<'s3:bucket'>> = {}): LogBucketSeen {
  const { facts, answers: told } = bucket({ reason: '', ...answers })
  const { acl: _, ...seen } = told as AnswersAbout<'s3:bucket'>
  return { bucket: { ...place, arn: exampleBucket, name: Name, facts, ...seen } }
}
