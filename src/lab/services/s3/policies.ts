// The policy of a bucket, and whether it is public.

import type * as client from '@aws-sdk/client-s3'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import type { PolicyDocument } from '#lab/iam/types.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf } from './buckets.ts'
import { missing, refusal } from './errors.ts'
import { type Bucket, bucketArn, isWalled } from './model.ts'
import { isPublicPolicy } from './public.ts'

export const policyOperations = {
  GetBucketPolicy(input, context) {
    const bucket = bucketOf(input, context)
    if (!bucket.policy) throw missing('NoSuchBucketPolicy', bucket)
    return { Policy: bucket.policy.text }
  },

  PutBucketPolicy(input, context) {
    const bucket = bucketOf(input, context)
    const policy = readPolicy(bucket, input.Policy)
    if (isWalled(context.state.s3, bucket, 'BlockPublicPolicy') && isPublicPolicy(policy.document)) {
      // Unverified: the wording; older reports have "Access Denied" alone.
      throw refusal(
        'AccessDenied',
        `User: ${context.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket)}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
      )
    }
    bucket.policy = policy
    return {}
  },

  DeleteBucketPolicy(input, context) {
    bucketOf(input, context).policy = undefined
    return {}
  },

  GetBucketPolicyStatus(input, context) {
    const bucket = bucketOf(input, context)
    if (!bucket.policy) throw missing('NoSuchBucketPolicy', bucket)
    return { PolicyStatus: { IsPublic: isPublicPolicy(bucket.policy.document) } }
  },
} satisfies Operations<typeof client>

const largestPolicy = 20 * 1024

/** A policy for a bucket, as text and made ready, or S3's refusal. */
export function readPolicy(bucket: Bucket, text: string): { text: string; document: PolicyDocument } {
  // S3 User Guide, "Bucket policies": at most 20 KB.
  if (Buffer.byteLength(text) > largestPolicy)
    throw refusal('MalformedPolicy', 'Policy exceeds the maximum allowed document size.')
  if (!text.trimStart().startsWith('{')) throw refusal('MalformedPolicy')
  const document = parse(text)
  for (const { Action, NotAction, Resource, NotResource } of document.Statement) {
    const actions = [...(Action ?? []), ...(NotAction ?? [])]
    if (!actions.every((action) => action === '*' || /^s3:/i.test(action)))
      throw refusal('MalformedPolicy', 'Policy has invalid action')
    const resources = [...(Resource ?? []), ...(NotResource ?? [])]
    if (resources.length === 0) throw refusal('MalformedPolicy', 'Missing required field Resource')
    if (!resources.every((resource) => isWithin(bucket, resource)))
      throw refusal('MalformedPolicy', 'Policy has invalid resource')
  }
  return { text, document }
}

function isWithin(bucket: Bucket, resource: string): boolean {
  const arn = bucketArn(bucket)
  return resource === '*' || resource === arn || resource.startsWith(`${arn}/`) || resource === `${arn}*`
}

function parse(text: string): PolicyDocument {
  try {
    return parsePolicy(text, 'resource')
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw refusal('MalformedPolicy', error.message)
    throw error
  }
}
