// How a service refuses a call that policies do not allow; most do it in one sentence, some in words of their own.

import { refusalMessage } from './iam/refusal.ts'
import type { AccessRequest, Verdict } from './iam/types.ts'
import { type AwsError, common } from './wire/errors.ts'
import type { Service } from './wire/operations.ts'

/** The error of a refused call. */
export function refuse(verdict: Verdict, request: AccessRequest, code: Service['refusal']): AwsError {
  return common(code, code === 'UnauthorizedOperation' ? ec2(verdict, request) : usual(verdict, request))
}

function usual(verdict: Verdict, request: AccessRequest): string {
  const { action, resource, caller, resourceAccount } = request
  const isForeign = caller.kind !== 'service' && caller.account !== resourceAccount
  if (action.startsWith('s3:')) {
    // S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors": the longer message is for requests within an
    // account (or organization), and has the ARN in quotes.
    if (isForeign) return 'Access Denied'
    return refusalMessage(verdict, resource === '*' ? request : { ...request, resource: `"${resource}"` })
  }
  // Recorded: KMS does not tell another account which of these it is.
  if (action.startsWith('kms:') && isForeign && verdict.reason.includes('resource-based')) {
    const reason =
      'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access'
    return refusalMessage({ ...verdict, reason }, request)
  }
  return refusalMessage(verdict, request)
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security_iam_troubleshoot.html and recorded answers. Reading has no
// resources, and no encoded message. Unverified: that this follows the name of the action.
function ec2(verdict: Verdict, request: AccessRequest): string {
  const head = 'You are not authorized to perform this operation.'
  if (/^ec2:(Describe|Get)/.test(request.action)) {
    const sentence = refusalMessage(verdict, request).replace(` on resource: ${request.resource}`, '')
    return `${head} ${sentence}`
  }
  return `${head} ${refusalMessage(verdict, request)}. Encoded authorization failure message: ${encoded(verdict, request)}`
}

// AWS encrypts it; the lab only packs it, and sts:DecodeAuthorizationMessage unpacks it.
function encoded(verdict: Verdict, { caller, action, resource, conditions }: AccessRequest): string {
  const items = Object.entries(conditions).map(([key, values]) => ({
    key,
    values: { items: [values].flat().map((value) => ({ value })) },
  }))
  const principal = caller.kind === 'service' ? caller.service : caller.arn
  const message = {
    allowed: verdict.allowed,
    explicitDeny: verdict.explicit,
    matchedStatements: { items: verdict.by === undefined ? [] : [{ statementId: verdict.by }] },
    failures: { items: [] },
    context: { principal: { arn: principal }, action, resource, conditions: { items } },
  }
  return Buffer.from(messageSign + JSON.stringify(message)).toString('base64url')
}

const messageSign = 'lab1:'

/** What an encoded authorization failure message says, or undefined when it is none. */
export function decodeMessage(text: string): string | undefined {
  const message = Buffer.from(text, 'base64url').toString()
  return message.startsWith(messageSign) ? message.slice(messageSign.length) : undefined
}
