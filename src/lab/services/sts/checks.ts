// What STS checks of its inputs: names, durations, session policies and second factors.

import { MalformedPolicyDocumentException$, PackedPolicyTooLargeException$ } from '@aws-sdk/client-sts'
import { MalformedPolicyDocument, parsePolicy } from '#lab/iam/parse.ts'
import type { PolicyDocument } from '#lab/iam/types.ts'
import type { Account } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { invalid } from '../iam/invalid.ts'
import { documentOf } from '../iam/policies-of.ts'

/** Refuses a name of a session that is too long or holds other characters: API, AssumeRole and GetFederationToken. */
export function checkName(name: string, member: string, longest: number): void {
  if (/^[\w+=,.@-]{2,}$/.test(name) && name.length <= longest) return
  throw invalid(name, member, 'satisfy regular expression pattern: [\\w+=,.@-]*')
}

/** Refuses a duration out of bounds. */
export function checkDuration(seconds: number | undefined, most: number): void {
  if (seconds === undefined || (seconds >= 900 && seconds <= most)) return
  throw invalid(seconds, 'durationSeconds', `have value between 900 and ${most}`)
}

type PolicyInput = {
  Policy?: string | undefined
  PolicyArns?: { arn?: string | undefined }[] | undefined
}

/** Session policies, the one in the call and the managed ones it names. */
export function sessionPolicies({ Policy, PolicyArns }: PolicyInput, { iam }: Account): PolicyDocument[] {
  // API, AssumeRole: at most 2,048 characters, and 10 ARNs.
  if (Policy !== undefined && Policy.length > 2_048)
    throw invalid(Policy, 'policy', 'have length less than or equal to 2048')
  if ((PolicyArns?.length ?? 0) > 10)
    throw invalid(PolicyArns?.length, 'policyArns', 'have length less than or equal to 10')
  const named = (PolicyArns ?? []).map(({ arn = '' }) => {
    const document = documentOf(iam, arn)
    // Unverified: code and wording.
    if (!document) throw common('ValidationError', `Policy ${arn} does not exist or is not attachable.`)
    return document
  })
  return Policy === undefined ? named : [read(Policy), ...named]
}

function read(text: string): PolicyDocument {
  try {
    return parsePolicy(text, 'identity')
  } catch (error) {
    if (error instanceof MalformedPolicyDocument)
      throw fault(MalformedPolicyDocumentException$, error.message)
    throw error
  }
}

/**
 * How much of the space for policies and tags is taken, in percent; undefined where there are none. Unverified: the
 * packing, which AWS does not tell; here every character counts, of 4,096.
 */
export function packedSize(
  { Policy, PolicyArns }: PolicyInput,
  tags: Map<string, string>,
): number | undefined {
  const texts = [Policy ?? '', ...(PolicyArns ?? []).map(({ arn = '' }) => arn), ...[...tags].flat()]
  const size = texts.reduce((sum, text) => sum + text.length, 0)
  if (size === 0) return undefined
  const percent = Math.ceil((size * 100) / 4_096)
  if (percent > 100) {
    const sentence = 'PackedPolicySize for the session policies and tags exceeds the limit'
    throw fault(PackedPolicyTooLargeException$, sentence)
  }
  return percent
}

type FactorInput = { SerialNumber?: string | undefined; TokenCode?: string | undefined }

/** Whether a second factor was given. The lab has no devices: any six digits are right. */
export function hasFactor({ SerialNumber, TokenCode }: FactorInput): boolean {
  if (SerialNumber === undefined && TokenCode === undefined) return false
  // Code and sentence as recorded. Unverified: that it is the same for a wrong code.
  if (SerialNumber === undefined || !/^\d{6}$/.test(TokenCode ?? '')) {
    throw common(
      'AccessDenied',
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    )
  }
  return true
}
