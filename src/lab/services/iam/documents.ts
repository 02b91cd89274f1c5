// Policy documents as they come in and go out.

import { LimitExceededException$, MalformedPolicyDocumentException$ } from '@aws-sdk/client-iam'
import { MalformedPolicyDocument, type PolicyUse, parsePolicy } from '#lab/iam/parse.ts'
import { type AwsError, fault } from '#lab/wire/errors.ts'
import type { Written } from './model.ts'

/** A policy that IAM takes. */
export function readDocument(text: string, use: PolicyUse): Written {
  try {
    return { text, document: parsePolicy(text, use) }
  } catch (error) {
    if (error instanceof MalformedPolicyDocument)
      throw fault(MalformedPolicyDocumentException$, error.message)
    throw error
  }
}

/** "IAM doesn't count white space when calculating the size of a policy": reference_iam-quotas. */
export function sizeOf(text: string): number {
  return text.replaceAll(/\s/g, '').length
}

/** LimitExceeded of a quota: `Cannot exceed quota for PolicySize: 6144`. */
export function exceeded(quota: string, limit: number): AwsError {
  return limitExceeded(`Cannot exceed quota for ${quota}: ${limit}`)
}

/** LimitExceeded in other words. */
export function limitExceeded(message: string): AwsError {
  return fault(LimitExceededException$, message)
}

/** A document as answers hold it: "URL-encoded compliant with RFC 3986". */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
