// The policy of a bucket: one more statement in it, whether it refuses plain HTTP, and writing it again.

import { type Call, call } from './action.ts'
import { fits, type Statement, statementsOf } from './policy-reach.ts'
import type { ChangeDraft, Known } from './practice.ts'
import type { PolicyDocument } from './resource.ts'

type NewStatement = { Sid: string; Effect: 'Allow' | 'Deny'; [member: string]: unknown }

/** A policy with one more statement at its end, under a name that no other statement of it has. */
export function withStatement(document: PolicyDocument, { Sid, ...statement }: NewStatement): PolicyDocument {
  const all = document?.Statement ?? []
  const statements: unknown[] = Array.isArray(all) ? all : [all]
  const taken = new Set(statementsOf(document).map(({ sid }) => sid))
  let name = Sid
  for (let number = 2; taken.has(name); number++) name = `${Sid}${number}`
  return { Version: '2012-10-17', ...document, Statement: [...statements, { Sid: name, ...statement }] }
}

/** How far a policy refuses plain HTTP: for everything, for something only, or not at all. */
export function plainHttpRefused(document: PolicyDocument, bucket: string): 'all' | 'part' | 'none' {
  const refusing = statementsOf(document).filter(
    ({ allows, conditions }) => !allows && conditions.some(isPlainHttp),
  )
  if (refusing.length === 0) return 'none'
  // A key that no pattern for some of the objects only is likely to fit.
  const targets = [bucket, `${bucket}/any/-/object`]
  const isWhole = targets.every((target) =>
    refusing.some(
      ({ principals = [], actions = [], resources = [], conditions }) =>
        principals.includes('*') &&
        actions.some((action) => ['*', 's3:*'].includes(action.toLowerCase())) &&
        resources.some((resource) => fits(resource, target)) &&
        conditions.every(isPlainHttp),
    ),
  )
  return isWhole ? 'all' : 'part'
}

/** A condition that what comes without TLS meets, and nothing else. */
function isPlainHttp({ operator, key, values }: Statement['conditions'][number]): boolean {
  const isBool = operator === 'Bool' || operator === 'BoolIfExists'
  return isBool && key.toLowerCase() === 'aws:securetransport' && values.some((value) => fits(value, 'false'))
}

/** A policy that refuses plain HTTP to everybody; the same document where it does already. */
export function refusingPlainHttp(document: PolicyDocument, bucket: string): PolicyDocument {
  if (plainHttpRefused(document, bucket) === 'all') return document
  return withStatement(document, { Sid: 'RefusePlainHttp', ...refusalOfPlainHttp(bucket) })
}

/** The statement that refuses plain HTTP to everybody, on a bucket and its objects. */
export const refusalOfPlainHttp = (bucket: string) => ({
  Effect: 'Deny' as const,
  Principal: '*',
  Action: 's3:*',
  Resource: [bucket, `${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
})

/** The public access block with all that it has: nobody is let in as the public, whatever policies and ACLs say. */
export const publicWall = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html: anybody, and anybody with an AWS account.
const everybody = ['AllUsers', 'AuthenticatedUsers'].map(
  (group) => `http://acs.amazonaws.com/groups/global/${group}`,
)

/** What an ACL grants to everybody. */
export function publicGrants<G extends { Grantee?: { URI?: string | undefined } | undefined }>(
  acl: readonly G[],
): G[] {
  return acl.filter(({ Grantee }) => everybody.includes(Grantee?.URI ?? ''))
}

type Walls = Pick<
  Known<'s3:bucket', 'publicAccessBlock' | 'accountPublicAccessBlock'>,
  (typeof walls)[number]
>
const walls = ['publicAccessBlock', 'accountPublicAccessBlock'] as const

/**
 * Whether a setting is on in either wall around a bucket: S3 takes the stricter of its own and its account's, and that of
 * its account is not asked for where its own says enough.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isWalled(bucket: Walls, setting: keyof typeof publicWall): boolean {
  return walls.some((wall) => bucket[wall]?.[setting] === true)
}

/** Why S3 would take no policy that adds to this one, or undefined: one that stays public is refused behind the wall. */
export function whyPolicyStays(
  bucket: Walls & Pick<Known<'s3:bucket', 'policyIsPublic'>, 'policyIsPublic'>,
): string | undefined {
  return bucket.policyIsPublic && isWalled(bucket, 'BlockPublicPolicy')
    ? 'its policy is public, and S3 takes no public policy while BlockPublicPolicy is on: take out first what lets everybody in'
    : undefined
}

type Bucket = Pick<
  Known<'s3:bucket', 'policy' | 'location'>,
  'arn' | 'name' | 'facts' | 'policy' | 'location'
>

/** Where what is done to a bucket is called: where it lies, through the account that may ask it. */
export function calledAt({ facts, location }: Pick<Bucket, 'facts' | 'location'>) {
  return { account: facts.AskedBy, ...(location && { region: location }) }
}
type Words = { title: string; console: string; notes: string[] }

/** Writes the policy of a bucket again as `edit` changes it; S3 replaces the whole document. */
export function bucketPolicyRewritten(
  { arn, name, facts, policy, location }: Bucket,
  edit: (document: PolicyDocument) => PolicyDocument,
  { title, console, notes }: Words,
): ChangeDraft {
  const write = (document: PolicyDocument): Call =>
    call('s3:PutBucketPolicy', { Bucket: name, Policy: JSON.stringify(document) })
  const after = edit(policy)
  const place = `Amazon S3 › Buckets › ${name} › Permissions › Bucket policy`
  return {
    title,
    ...calledAt({ facts, location }),
    call: write(after),
    effects: [{ resource: arn, fact: 'policy', before: policy as never, after: after as never }],
    rewrites: { edit, write },
    console: `${place} › Edit: ${console}`,
    impact: 'none',
    notes,
    undo: policy
      ? { call: write(policy), console: `${place} › Edit: write the former policy` }
      : { call: call('s3:DeleteBucketPolicy', { Bucket: name }), console: `${place} › Delete` },
  }
}
