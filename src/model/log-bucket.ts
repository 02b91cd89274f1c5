// A bucket that audit logs go to: what keeps Redshift from delivering there, and the calls that mend it.
// https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html

import { listed } from '#kit/text.ts'
import { call } from './action.ts'
import { bucketPolicyRewritten, calledAt, whyPolicyStays } from './bucket-policy.ts'
import { algorithmsOf } from './fact.ts'
import { lettingLogsIn, logAccess, logDeliverer } from './log-delivery.ts'
import { type ChangeDraft, fail, said, unknown, type Verdict } from './practice.ts'
import type { LogBucket, LogBucketSeen } from './resource.ts'

/** What must be known of a bucket to tell whether Redshift delivers there, and to mend it. */
export const logBucketNeeds = [
  ...(['location', 'policy', 'policyIsPublic', 'publicAccessBlock'] as const),
  'accountPublicAccessBlock' as const,
  ...(['encryption', 'objectLock', 'usedBy'] as const),
] as const

type Hindrance = Verdict<(typeof logBucketNeeds)[number]>

/** The clusters whose logs go there, in words. */
export const clustersOf = ({ usedBy }: Pick<LogBucket, 'usedBy'>) =>
  listed(usedBy.map(({ cluster }) => cluster))

/** That it is not where logs could go. */
export function misplaced(bucket: LogBucket): Hindrance | undefined {
  const { location, region } = bucket
  if (location === region) return undefined
  if (location === null)
    return fail('gone', `does not exist: the audit log of ${clustersOf(bucket)} goes nowhere`)
  const states = { configured: said(location, 'location' as const) }
  return fail('other-region', `lies in ${location}, and Redshift delivers within ${region} only`, states)
}

/** The ways in which it takes no logs where it lies. */
export const refusals = [locked, encryptedByKms, notLetIn, letInPerhaps] as const

function locked({ objectLock }: LogBucket): Hindrance | undefined {
  if (!objectLock) return undefined
  return fail('object-lock', 'has Object Lock on, with which Redshift cannot deliver audit logs')
}

function encryptedByKms({ encryption }: LogBucket): Hindrance | undefined {
  const [kms] = algorithmsOf(encryption).filter((algorithm) => algorithm !== 'AES256')
  if (!kms) return undefined
  const states = { configured: said(kms, 'encryption' as const) }
  return fail('kms', `encrypts with ${kms}, and Redshift delivers audit logs under SSE-S3 only`, states)
}

/** The clusters that have an access to it under a policy. */
function clustersUnder(policy: LogBucket['policy'], access: string, bucket: LogBucket): string[] {
  const isSo = (use: LogBucket['usedBy'][number]) => logAccess(policy, bucket.arn, use, bucket) === access
  return bucket.usedBy.filter(isSo).map(({ cluster }) => cluster)
}

function notLetIn(bucket: LogBucket): Hindrance | undefined {
  const { policy, arn } = bucket
  const who = logDeliverer(bucket)
  // What stays refused once Redshift is let in is refused by a statement of its own.
  const denied = clustersUnder(lettingLogsIn(policy, arn, bucket), 'refused', bucket)
  if (denied.length > 0)
    return fail('denied', `refuses ${who} by a statement of its policy: no log of ${listed(denied)} arrives`)
  const refused = clustersUnder(policy, 'refused', bucket)
  if (refused.length === 0) return undefined
  return fail('not-allowed', `does not let ${who} deliver the audit log of ${listed(refused)}`)
}

function letInPerhaps(bucket: LogBucket): Hindrance | undefined {
  const depending = clustersUnder(bucket.policy, 'depends', bucket)
  if (depending.length === 0) return undefined
  const what = `lets ${logDeliverer(bucket)} deliver the audit log of ${listed(depending)} or not`
  return unknown('condition', `${what}, by a condition that cannot be judged from here`)
}

/** Everything that keeps logs from arriving there. */
const hindrancesOf = (bucket: LogBucket): Hindrance[] => allWays(bucket, [misplaced, ...refusals])

/** What is wrong with a bucket, in each of the ways; of one that is gone, nothing besides. */
export function allWays<B extends LogBucket, N extends string>(
  bucket: B,
  ways: readonly ((bucket: B) => Verdict<N> | undefined)[],
): Verdict<N>[] {
  const found = bucket.location === null ? ways.slice(0, 1) : ways
  return found.flatMap((way) => way(bucket) ?? [])
}

/** Why logs do not arrive there, in a sentence about the bucket; undefined where nothing of it is known to be wrong. */
export function whyNoLogs(seen: LogBucketSeen): string | undefined {
  if (!seen || 'unread' in seen) return undefined
  const found = hindrancesOf(seen.bucket).find(({ status }) => status === 'fail')
  return found && `bucket ${seen.bucket.name} ${found.message}`
}

/** The calls that let logs in again; none where one of the reasons is for a person to clear away. */
export function letInAgain(seen: LogBucketSeen): ChangeDraft[] {
  if (!seen || 'unread' in seen) return []
  const { bucket } = seen
  const reasons = hindrancesOf(bucket).map(({ reason }) => reason)
  const stays = reasons.includes('not-allowed') && whyPolicyStays(bucket)
  if (stays || !reasons.every((reason) => logFixes[reason])) return []
  return Object.entries(logFixes).flatMap(([reason, fix]) => (reasons.includes(reason) ? [fix(bucket)] : []))
}

/** What a call does about a reason. */
export const logFixes: Record<string, (bucket: LogBucket) => ChangeDraft> = {
  'not-allowed': letIn,
  kms: encryptPlainly,
}

function letIn(bucket: LogBucket): ChangeDraft {
  const { arn, name } = bucket
  const who = logDeliverer(bucket)
  return bucketPolicyRewritten(bucket, (policy) => lettingIn(policy, bucket), {
    title: `Let ${who} deliver audit logs to ${name}`,
    console: `allow ${who} s3:PutObject and s3:GetBucketAcl on ${arn} and ${arn}/*`,
    notes: [],
  })
}

function lettingIn(policy: LogBucket['policy'], bucket: LogBucket): LogBucket['policy'] {
  const isLetIn = bucket.usedBy.every((use) => logAccess(policy, bucket.arn, use, bucket) === 'allowed')
  return isLetIn ? policy : lettingLogsIn(policy, bucket.arn, bucket)
}

function encryptPlainly({ arn, name, facts, location, encryption }: LogBucket): ChangeDraft {
  const place = `Amazon S3 › Buckets › ${name} › Properties › Default encryption › Edit`
  const encrypt = (Rules: LogBucket['encryption']) =>
    call('s3:PutBucketEncryption', { Bucket: name, ServerSideEncryptionConfiguration: { Rules } })
  const before = algorithmsOf(encryption)
  return {
    title: `Encrypt what is new in ${name} with SSE-S3`,
    ...calledAt({ facts, location }),
    call: encrypt([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }]),
    effects: [{ resource: arn, fact: 'bucketEncryption', before, after: ['AES256'] }],
    console: `${place}: SSE-S3`,
    impact: 'none',
    notes: [`what lies in ${name} already stays under its KMS key, and is read with it`],
    undo: { call: encrypt(encryption), console: `${place}: ${listed(before)}` },
  }
}
