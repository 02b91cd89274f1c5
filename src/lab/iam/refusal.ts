// The sentence AWS refuses a call with.

import type { AccessRequest, Caller, Verdict } from './types.ts'

/**
 * AWS's sentence for a request that was not allowed. Services whose wording differs (EC2) have their own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusalMessage(verdict: Verdict, { caller, action, resource }: AccessRequest): string {
  return `User: ${nameOf(caller)} is not authorized to perform: ${action} on resource: ${resource} ${verdict.reason}`
}

function nameOf(caller: Caller): string {
  return caller.kind === 'service' ? caller.service : caller.arn
}
