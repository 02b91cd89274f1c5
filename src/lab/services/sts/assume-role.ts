// AssumeRole: whom a role trusts, what may be done with it, and for how long.

import type { AssumeRoleCommandInput, Tag } from '@aws-sdk/client-sts'
import { parseArn } from '#kit/arn.ts'
import { mayDo } from '#lab/access.ts'
import type { Account, Context } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'
import type { Access } from '#lab/wire/operations.ts'
import type { Role } from '../iam/model.ts'
import { checkDuration, checkName, hasFactor, packedSize, sessionPolicies } from './checks.ts'
import { openSession, stsArn } from './sessions.ts'

type Input = AssumeRoleCommandInput & { RoleArn: string; RoleSessionName: string }
type Target = { account: Account; role: Role }

/** Temporary credentials of a role. */
export function assumeRole(input: Input, context: Context) {
  checkInput(input)
  const mfa = hasFactor(input)
  const { account, role } = demandRole(input, context, mfa)
  const seconds = durationOf(input.DurationSeconds, role, context)
  const { tags, transitive } = sessionTags(input, context)
  const policies = sessionPolicies(input, account)
  const PackedPolicySize = packedSize(input, tags)
  const arn = stsArn(account, `assumed-role/${role.name}/${input.RoleSessionName}`)
  const userId = `${role.id}:${input.RoleSessionName}`
  const Credentials = openSession(context, {
    ...{ account, arn, userId, denied: role.denied, identity: role, seconds },
    session: { kind: 'role', policies, tags, transitive, mfa },
  })
  return {
    Credentials,
    AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
    ...(PackedPolicySize !== undefined && { PackedPolicySize }),
  }
}

function checkInput({ RoleSessionName, DurationSeconds, SourceIdentity, ProvidedContexts }: Input) {
  checkName(RoleSessionName, 'roleSessionName', 64)
  checkDuration(DurationSeconds, 43_200)
  if (SourceIdentity !== undefined || ProvidedContexts?.length) {
    throw common('ValidationError', 'The lab assumes roles without SourceIdentity and ProvidedContexts.')
  }
}

/** The role, if it is there and everybody concerned allows it. */
function demandRole(input: Input, context: Context, mfa: boolean): Target {
  const { principal } = context
  // "You cannot call AssumeRole by using AWS account root user credentials": API; wording as recorded.
  if (!principal.identity) throw common('AccessDenied', 'Roles may not be assumed by root accounts.')
  const target = findRole(context, input.RoleArn)
  const actions = ['sts:AssumeRole', ...(input.Tags?.length ? ['sts:TagSession'] : [])]
  for (const action of actions) {
    const sentence = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${input.RoleArn}`
    // A role that does not exist and one that does not trust the caller look the same from outside.
    if (!target) throw common('AccessDenied', sentence)
    const verdict = mayDo(context, accessTo(action, target, input, mfa))
    if (verdict.allowed) continue
    // What the caller's own policies lack is told; what the trust policy lacks is not.
    const isOwn = target.account === context.account && !verdict.reason.includes('trust policy')
    throw common('AccessDenied', isOwn ? `${sentence} ${verdict.reason}` : sentence)
  }
  if (!target) throw new Error('a role was checked that is not there')
  return target
}

function findRole({ state }: Context, arn: string): Target | undefined {
  const parts = parseArn(arn)
  if (parts?.service !== 'iam' || !parts.resource.startsWith('role/')) {
    throw common('ValidationError', `${arn} is invalid`)
  }
  const account = state.accounts.get(parts.account)
  const role = account?.iam.roles.get(parts.resource.slice(parts.resource.lastIndexOf('/') + 1))
  return account && role?.arn === arn ? { account, role } : undefined
}

function accessTo(action: string, { account, role }: Target, input: Input, mfa: boolean): Access {
  const { ExternalId, RoleSessionName, Tags = [], TransitiveTagKeys = [] } = input
  return {
    action,
    resource: role.arn,
    resourceAccount: account.id,
    policy: { document: role.trust.document, kind: 'trust' },
    conditions: {
      'sts:RoleSessionName': RoleSessionName,
      ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
      ...(mfa && { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }),
      ...Object.fromEntries([...role.tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
      ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value ?? ''])),
      'aws:TagKeys': Tags.map(({ Key }) => Key ?? ''),
      'sts:TransitiveTagKeys': TransitiveTagKeys,
    },
  }
}

// API, AssumeRole: an hour where nothing is said, up to the role's maximum, and no more than an hour from role to role.
// Wording of both as recorded.
function durationOf(wanted: number | undefined, role: Role, { principal }: Context): number {
  if (wanted === undefined) return 3_600
  if (principal.session?.kind === 'role' && wanted > 3_600) {
    throw common(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  if (wanted > role.maxSessionDuration) {
    throw common(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  return wanted
}

// IAM User Guide, "Pass session tags": transitive ones go on from role to role and cannot be replaced on the way.
function sessionTags({ Tags = [], TransitiveTagKeys = [] }: Input, { principal: { session } }: Context) {
  const given = new Map(Tags.map(({ Key = '', Value = '' }: Tag) => [Key, Value]))
  const inherited = session?.kind === 'role' ? session.transitive : []
  // Unverified: code and wordings.
  if (inherited.some((key) => given.has(key))) {
    throw common(
      'AccessDenied',
      'One of the specified transitive tag keys cannot be set because it conflicts with a transitive tag key from the calling session.',
    )
  }
  const unknown = TransitiveTagKeys.find((key) => !given.has(key))
  if (unknown !== undefined) {
    throw common(
      'ValidationError',
      'The specified transitive tag key must be included in the requested tags.',
    )
  }
  if (given.size > 50 || given.size < Tags.length) {
    throw common('ValidationError', 'Tags must be at most 50, each key once.')
  }
  const kept = inherited.map((key) => [key, session?.tags.get(key) ?? ''] as const)
  return { tags: new Map([...kept, ...given]), transitive: [...inherited, ...TransitiveTagKeys] }
}
