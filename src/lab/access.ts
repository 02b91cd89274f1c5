// Who is calling and whether they may: credentials, the region they call, and what policies say of the call.

import { evaluate } from './iam/evaluate.ts'
import type { Verdict } from './iam/types.ts'
import { policiesFor, requestOf } from './permissions.ts'
import { refuse } from './refuse.ts'
import { needsOptIn, regionNames } from './regions.ts'
import { isPlainAdministrator } from './services/iam/policies-of.ts'
import { policyLevels } from './services/organizations/use.ts'
import type { Account, Context, Principal, State } from './state.ts'
import { common } from './wire/errors.ts'
import type { Access, Service } from './wire/operations.ts'
import type { WireRequest } from './wire/protocol.ts'
import { type Signed, verifyMoment, verifySignature } from './wire/sigv4.ts'
import type { Denial } from './world.ts'

/** The time by which a signature is judged: the lab's, how fast it runs, and how wrong AWS's clock is made to be. */
export type Time = { now: number; speed: number; skew: number }

/** The principal behind a request, or AWS's error. */
export function authenticate(
  state: State,
  request: WireRequest,
  signed: Signed,
  { now, speed, skew }: Time,
): Principal {
  const principal = state.principals.get(signed.accessKeyId)
  const token = request.headers['x-amz-security-token']
  // Code and message: what STS and Redshift answer to an unknown key or a token that does not belong to it.
  // A key that was made inactive is answered like one that is not there.
  if (!principal?.isActive || (principal.sessionToken ?? '') !== (token ?? '')) {
    throw common('InvalidClientTokenId', 'The security token included in the request is invalid.')
  }
  // With a skew AWS's clock is wrong, and only moments near its own time are good.
  if (skew === 0) verifyMoment(signed, { real: Date.now(), virtual: now, speed })
  else verifyMoment(signed, { real: now + skew, virtual: now + skew, speed: 1 })
  verifySignature(request, signed, principal.secret)
  if (principal.expiresAt <= now) {
    throw common('ExpiredToken', 'The security token included in the request is expired')
  }
  checkRegion(principal.account, signed.region)
  return principal
}

function checkRegion({ partition, optedIn }: Account, region: string) {
  if (!regionNames(partition).includes(region)) {
    throw common('SignatureDoesNotMatch', 'Credential should be scoped to a valid region.')
  }
  // In a region the account has not opted in to, its keys are not known: IAM is not replicated there.
  if (needsOptIn(partition, region) && !optedIn.has(region)) {
    throw common('InvalidClientTokenId', 'The security token included in the request is invalid')
  }
}

/** Throws AWS's refusal unless the principal may make the call. */
export function authorize(
  service: Service,
  action: string,
  input: Record<string, unknown>,
  context: Context,
): void {
  // "No permissions are required to perform this operation … even if an explicit deny": STS API, GetCallerIdentity.
  if (action === 'GetCallerIdentity') return
  if (service.name === 'iam') demandIamSession(context)
  const checks = service.accessTo?.(action, input, context) ?? [
    { action: `${service.name}:${action}`, resource: service.resourceOf(action, input, context) },
  ]
  for (const access of checks) demandAccess(context, access, service.refusal)
}

// "You cannot call any IAM API operations unless MFA authentication information is included" (API, GetSessionToken), and
// not at all as a federated user (GetFederationToken). Code and sentence as recorded.
function demandIamSession({ principal: { session } }: Context): void {
  if (!session || session.kind === 'role' || (session.kind === 'token' && session.mfa)) return
  throw common('InvalidClientTokenId', 'The security token included in the request is invalid')
}

/** Throws AWS's refusal unless the principal may do this: for what a service does in the caller's name. */
export function demandAccess(
  context: Context,
  access: Access,
  code: Service['refusal'] = 'AccessDenied',
): void {
  if (isSurelyAllowed(context, access)) return
  const verdict = mayDo(context, access)
  if (!verdict.allowed) throw refuse(verdict, requestOf(context, access), code)
}

/** Throws AWS's refusal unless the caller may hand a role to a service: `redshift.amazonaws.com`. */
export function demandPassRole(context: Context, roleArn: string, service: string): void {
  demandAccess(context, {
    action: 'iam:PassRole',
    resource: roleArn,
    conditions: { 'iam:PassedToService': service },
  })
}

/** What all policies together say about the caller's doing this; nothing is thrown. */
export function mayDo(context: Context, access: Access): Verdict {
  const { action, resource, granted } = access
  const { denied } = context.principal
  if (denied.some((denial) => concerns(denial, action, context.region.name, resource))) {
    const reason = `because no identity-based policy allows the ${action} action`
    return { allowed: false, explicit: false, reason, by: 'the lab’s denials' }
  }
  const verdict = evaluate(policiesFor(context, access), requestOf(context, access))
  // "Grants … are allowed in addition": only an explicit deny counts against a grant of a KMS key.
  if (!verdict.allowed && !verdict.explicit && granted) {
    return { allowed: true, explicit: false, reason: 'because a grant allows it', by: 'grant' }
  }
  return verdict
}

/**
 * Whether an AWS service (`redshift.amazonaws.com`) may do this for itself: the policy of the resource decides. What the
 * service says of its reason, such as aws:SourceArn and aws:SourceAccount, is given with the call.
 */
export function serviceMay(service: string, access: Access, conditions: Access['conditions'] = {}): boolean {
  const { action, resource, resourceAccount = '', policy } = access
  const request = {
    caller: { kind: 'service' as const, service },
    action,
    resource,
    resourceAccount,
    conditions: { 'aws:SecureTransport': 'true', ...access.conditions, ...conditions },
  }
  return evaluate({ identity: [], ...(policy && { resource: policy }) }, request).allowed
}

// The usual caller of a lab may do everything, and then nothing needs to be evaluated.
function isSurelyAllowed({ state, principal, account }: Context, access: Access): boolean {
  const { identity, denied, session } = principal
  if (denied.length > 0 || access.policy || !identity || (session && session.policies.length > 0))
    return false
  if (access.resourceAccount !== undefined && access.resourceAccount !== account.id) return false
  return isPlainAdministrator(identity) && policyLevels(state, account.id) === undefined
}

function concerns(denial: Denial, action: string, region: string, resource: string): boolean {
  return (
    denial.action.toLowerCase() === action.toLowerCase() &&
    (denial.region === undefined || denial.region === region) &&
    (denial.resource === undefined || denial.resource === resource)
  )
}
