// A call as policy evaluation takes it: who calls, which policies have a say, and what every call says of itself.

import { second } from '#kit/time.ts'
import type { AccessRequest, Caller, Policies } from './iam/types.ts'
import { documentOf, identityPolicies } from './services/iam/policies-of.ts'
import { organizationOf, organizationPath, policyLevels } from './services/organizations/use.ts'
import type { Context, Principal, State } from './state.ts'
import type { Access } from './wire/operations.ts'

/** Who calls, as policies name them. */
export function callerOf({ account, arn, identity, session }: Principal): Caller {
  if (!identity) return { kind: 'root', account: account.id, arn }
  if (session?.kind === 'role') return { kind: 'session', account: account.id, arn, roleArn: identity.arn }
  return { kind: 'user', account: account.id, arn }
}

/** All policies that have a say in a call. */
export function policiesFor({ state, principal }: Context, access: Access): Policies {
  const { account, identity, session } = principal
  const { iam } = account
  const scps = policyLevels(state, account.id)
  const boundary = identity?.boundary === undefined ? undefined : documentOf(iam, identity.boundary)
  return {
    identity: identity ? identityPolicies(iam, identity) : [],
    ...(boundary && { boundary }),
    ...(session && session.policies.length > 0 && { session: session.policies }),
    ...(scps && { scps }),
    ...(access.policy && { resource: access.policy }),
  }
}

/** The request that evaluation judges. */
export function requestOf(context: Context, access: Access): AccessRequest {
  const { action, resource, resourceAccount = context.account.id } = access
  const conditions = { ...conditionsOf(context, resourceAccount), ...access.conditions }
  return { caller: callerOf(context.principal), action, resource, resourceAccount, conditions }
}

// "AWS global condition context keys": reference_policies_condition-keys. What the lab cannot know is absent:
// networks, endpoints, and services that call on somebody's behalf.
function conditionsOf({ state, principal, region, now, account }: Context, resourceAccount: string) {
  return {
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / second)),
    'aws:SourceIp': '127.0.0.1',
    // The lab is plain HTTP on a loopback port and stands for AWS's TLS endpoints.
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region.name,
    'aws:ViaAWSService': 'false',
    'aws:userid': principal.userId,
    ...organizationKeys(state, 'Principal', account.id),
    ...organizationKeys(state, 'Resource', resourceAccount),
    ...tagKeys(principal),
    ...sessionKeys(principal),
  }
}

function organizationKeys(state: State, whose: 'Principal' | 'Resource', account: string) {
  const organization = organizationOf(state, account)
  return (
    organization && {
      [`aws:${whose}OrgID`]: organization.id,
      [`aws:${whose}OrgPaths`]: [organizationPath(organization, account)],
    }
  )
}

// "The most recent takes precedence": a session tag covers the tag of the role.
function tagKeys({ identity, session }: Principal): Record<string, string> {
  const tags = [...(identity?.tags ?? []), ...(session?.tags ?? [])]
  return Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value]))
}

// Only temporary credentials say whether there was a second factor: reference_policies_condition-keys.
function sessionKeys({ session }: Principal): Record<string, string> {
  if (!session) return {}
  const issued = new Date(session.issuedAt).toISOString()
  return { 'aws:TokenIssueTime': issued, 'aws:MultiFactorAuthPresent': String(session.mfa) }
}
