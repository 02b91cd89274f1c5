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

/** That it is not where logs could go; no other answer is read of one that is gone. */
export function* misplaced(bucket: LogBucket): Generator<Hindrance> {
  const { location, region } = bucket
  if (location === region) return
  if (location === null)
    return yield fail('gone', `does not exist: the audit log of ${clustersOf(bucket)} goes nowhere`)
  const states = { configured: said(location, 'location' as const) }
  yield fail('other-region', `lies in ${location}, and Redshift delivers within ${region} only`, states)
}

/** Why it takes no logs where it lies, one reason after the other. */
export function* refusals(bucket: LogBucket): Generator<Hindrance> {
  if (bucket.objectLock)
    yield fail('object-lock', 'has Object Lock on, with which Redshift cannot deliver audit logs')
  const [kms] = algorithmsOf(bucket.encryption).filter((algorithm) => algorithm !== 'AES256')
  if (kms) {
    const states = { configured: said(kms, 'encryption' as const) }
    yield fail('kms', `encrypts with ${kms}, and Redshift delivers audit logs under SSE-S3 only`, states)
  }
  const { policy, arn, usedBy } = bucket
  const under = (document: LogBucket['policy'], access: string) =>
    usedBy.filter((use) => logAccess(document, arn, use, bucket) === access).map(({ cluster }) => cluster)
  const refused = under(policy, 'refused')
  // What stays refused once Redshift is let in is refused by a statement of its own.
  const denied = under(lettingLogsIn(policy, arn, bucket), 'refused')
  const who = logDeliverer(bucket)
  if (denied.length > 0)
    yield fail('denied', `refuses ${who} by a statement of its policy: no log of ${listed(denied)} arrives`)
  else if (refused.length > 0)
    yield fail('not-allowed', `does not let ${who} deliver the audit log of ${listed(refused)}`)
  const depending = under(policy, 'depends')
  if (depending.length > 0) {
    const what = `lets ${who} deliver the audit log of ${listed(depending)} or not`
    yield unknown('condition', `${what}, by a condition that cannot be judged from here`)
  }
}

/** Everything that keeps logs from arriving there. */
function hindrancesOf(bucket: LogBucket): Hindrance[] {
  const place = [...misplaced(bucket)]
  return bucket.location === null ? place : [...place, ...refusals(bucket)]
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
