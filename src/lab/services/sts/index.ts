// AWS Security Token Service: who am I, and temporary credentials.
// Not here: federation by SAML and OpenID Connect, and AssumeRoot.

import type * as client from '@aws-sdk/client-sts'
import {
  AssumeRole$,
  DecodeAuthorizationMessage$,
  GetAccessKeyInfo$,
  GetCallerIdentity$,
  GetFederationToken$,
  GetSessionToken$,
  InvalidAuthorizationMessageException$,
} from '@aws-sdk/client-sts'
import { decodeMessage } from '#lab/refuse.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { type Access, type Operations, paired, type Service } from '#lab/wire/operations.ts'
import { awsQuery } from '#lab/wire/protocol.ts'
import { assumeRole } from './assume-role.ts'
import { checkDuration, checkName, hasFactor, packedSize, sessionPolicies } from './checks.ts'
import { openSession, stsArn } from './sessions.ts'

const operations = {
  GetCallerIdentity(_input, { principal }) {
    return { Account: principal.account.id, Arn: principal.arn, UserId: principal.userId }
  },

  AssumeRole: assumeRole,

  GetSessionToken(input, context) {
    const { principal, account } = context
    checkDuration(input.DurationSeconds, 129_600)
    demandLongTerm(context, 'GetSessionToken')
    const { arn, userId, denied, identity } = principal
    const mfa = hasFactor(input)
    // API: twelve hours where nothing is said; root an hour, whatever it asks for.
    const seconds = identity
      ? (input.DurationSeconds ?? 43_200)
      : Math.min(input.DurationSeconds ?? 3_600, 3_600)
    const session = { kind: 'token' as const, policies: [], tags: new Map(), transitive: [], mfa }
    return { Credentials: openSession(context, { account, arn, userId, denied, identity, seconds, session }) }
  },

  // The user's own policies and those of the session must both allow; a session without any may do nothing.
  GetFederationToken(input, context) {
    const { principal, account } = context
    const { Name, DurationSeconds: seconds = 43_200 } = input
    checkName(Name, 'name', 32)
    checkDuration(seconds, 129_600)
    demandLongTerm(context, 'GetFederationToken')
    const given = sessionPolicies(input, account)
    const policies = given.length > 0 ? given : [{ Version: '2012-10-17', Statement: [] }]
    const tags = new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))
    const PackedPolicySize = packedSize(input, tags)
    const arn = stsArn(account, `federated-user/${Name}`)
    const userId = `${account.id}:${Name}`
    const { denied, identity } = principal
    const session = { kind: 'federated' as const, policies, tags, transitive: [], mfa: false }
    return {
      Credentials: openSession(context, { account, arn, userId, denied, identity, seconds, session }),
      FederatedUser: { Arn: arn, FederatedUserId: userId },
      ...(PackedPolicySize !== undefined && { PackedPolicySize }),
    }
  },

  GetAccessKeyInfo({ AccessKeyId }, { state }) {
    const known = state.principals.get(AccessKeyId)
    // AWS reads the account out of the id, also when there is no such key; the lab's ids say nothing. Unverified: code.
    if (!known) throw common('ValidationError', `The lab does not know whose ${AccessKeyId} is.`)
    return { Account: known.account.id }
  },

  DecodeAuthorizationMessage({ EncodedMessage }) {
    const message = decodeMessage(EncodedMessage)
    if (message === undefined) throw fault(InvalidAuthorizationMessageException$, 'Message is not valid')
    return { DecodedMessage: message }
  },
} satisfies Operations<typeof client>

// Wording as recorded for GetSessionToken.
function demandLongTerm({ principal }: Context, operation: string) {
  if (principal.sessionToken === undefined) return
  throw common('AccessDenied', `Cannot call ${operation} with session credentials`)
}

// "No permissions are required": API, GetSessionToken and GetAccessKeyInfo. AssumeRole checks for itself, because the
// trust policy of the role has a say.
const unchecked = ['AssumeRole', 'GetSessionToken', 'GetAccessKeyInfo']

function accessTo(operation: string, { Name }: Record<string, unknown>, { account }: Context): Access[] {
  if (unchecked.includes(operation)) return []
  const resource =
    operation === 'GetFederationToken' ? stsArn(account, `federated-user/${String(Name)}`) : '*'
  return [{ action: `sts:${operation}`, resource }]
}

/** AWS Security Token Service. */
export const sts: Service = {
  name: 'sts',
  protocol: awsQuery({
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    defaultNamespace: 'com.amazonaws.sts',
  }),
  operations: paired(operations, {
    AssumeRole$,
    DecodeAuthorizationMessage$,
    GetAccessKeyInfo$,
    GetCallerIdentity$,
    GetFederationToken$,
    GetSessionToken$,
  }),
  resourceOf: (_operation, input) => String(input.RoleArn ?? '*'),
  accessTo,
  refusal: 'AccessDenied',
}
