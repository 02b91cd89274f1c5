// Who is calling and whether they may: credentials, the region they call, and the calls denied to them.

import { needsOptIn, regionNames } from './regions.ts'
import type { Account, Context, Principal, State } from './state.ts'
import { common } from './wire/errors.ts'
import type { Access, Service } from './wire/operations.ts'
import type { WireRequest } from './wire/protocol.ts'
import { type Signed, verifyMoment, verifySignature } from './wire/sigv4.ts'
import type { Denial } from './world.ts'

/** The principal behind a request, or AWS's error. */
export function authenticate(
  state: State,
  request: WireRequest,
  signed: Signed,
  now: number,
  skew = 0,
): Principal {
  const principal = state.principals.get(signed.accessKeyId)
  const token = request.headers['x-amz-security-token']
  // Code and message: what STS and Redshift answer to an unknown key or a token that does not belong to it.
  if (!principal || (principal.sessionToken ?? '') !== (token ?? '')) {
    throw common('InvalidClientTokenId', 'The security token included in the request is invalid.')
  }
  // With a skew AWS's clock is wrong, and only moments near its own time are good.
  if (skew === 0) verifyMoment(signed, Date.now(), now)
  else verifyMoment(signed, now + skew, now + skew)
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
  const checks = service.accessTo?.(action, input, context) ?? [
    { action: `${service.name}:${action}`, resource: service.resourceOf(action, input, context) },
  ]
  for (const access of checks) demandAccess(context, access, service.refusal)
}

/** Throws AWS's refusal unless the principal may do this: for what a service does in the caller's name. */
export function demandAccess(
  { principal, region }: Context,
  { action, resource }: Access,
  code: Service['refusal'] = 'AccessDenied',
): void {
  const { denied, arn } = principal
  if (!denied.some((denial) => concerns(denial, action, region.name, resource))) return
  const message =
    code === 'UnauthorizedOperation'
      ? 'You are not authorized to perform this operation.'
      : `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
  throw common(code, message)
}

function concerns(denial: Denial, action: string, region: string, resource: string): boolean {
  return (
    denial.action.toLowerCase() === action.toLowerCase() &&
    (denial.region === undefined || denial.region === region) &&
    (denial.resource === undefined || denial.resource === resource)
  )
}
