// Why AWS did not take a call, in words that say what is missing.

import { codeOf, isRefusal, messageOf, refusedAction } from '#aws/errors.ts'
import { type Call, permissionsOf } from '#model/action.ts'

/** The reason of a failed call: the permission that is missing, or what AWS answered and what it wants. */
export function reasonOf(error: unknown, call: Call): string {
  const [code, message] = [codeOf(error), messageOf(error)]
  const named = refusedAction(error)
  if (isRefusal(error) && named) return `the permission ${named} is missing: ${message}`
  // Every service names the action of its own that is refused; one that names none was refused something elsewhere.
  if (isRefusal(error)) return `the permission ${call.action}, or one of what it uses, is missing: ${message}`
  return `AWS answered ${code}: ${message}${whatItWants[code] ?? keyWants(message, call)}`
}

/** Serverless does not name the permission that is missing: Redshift Management Guide, behavior-changes, 2026-08-17. */
function keyWants(message: string, call: Call): string {
  if (!/insufficient kms permissions/i.test(message)) return ''
  const needed = permissionsOf(call).filter((permission) => permission.startsWith('kms:'))
  if (needed.length === 0) return ''
  return ` The caller needs ${needed.join(', ')} on the key.`
}

// Redshift Management Guide, db-auditing: what EnableLogging needs of a bucket.
const bucketWants =
  ' The policy of the bucket must let redshift.amazonaws.com do s3:PutObject and s3:GetBucketAcl, and the caller needs s3:PutObject there.'
const whatItWants: Record<string, string> = {
  InsufficientS3BucketPolicy: bucketWants,
  InsufficientS3BucketPolicyFault: bucketWants,
}
