// STS: who am I, and temporary credentials for a role.

import { randomBytes } from 'node:crypto'
import type * as client from '@aws-sdk/client-sts'
import { AssumeRole$, GetCallerIdentity$ } from '@aws-sdk/client-sts'
import { formatArn, parseArn } from '#kit/arn.ts'
import { day, second } from '#kit/time.ts'
import type { Account, Context, Role, State } from '../state.ts'
import { common } from '../wire/errors.ts'
import { type Operations, paired, type Service } from '../wire/operations.ts'
import { awsQuery } from '../wire/protocol.ts'

const operations = {
  GetCallerIdentity(_input, { principal }) {
    return { Account: principal.account.id, Arn: principal.arn, UserId: principal.userId }
  },

  AssumeRole(input, context) {
    const { RoleArn, RoleSessionName } = input
    checkSession(RoleSessionName, input.DurationSeconds)
    const { account, role } = findRole(context.state, RoleArn) ?? {}
    if (!account || !role || !mayAssume(role, context, input.ExternalId)) {
      // A role that does not exist and one that does not trust the caller look the same from outside.
      throw common(
        'AccessDenied',
        `User: ${context.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      )
    }
    const expiresAt = context.now + (input.DurationSeconds ?? 3_600) * second
    forgetExpired(context)
    const session = openSession(context.state, account, role, RoleSessionName, expiresAt)
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secret,
        SessionToken: session.sessionToken,
        Expiration: new Date(expiresAt),
      },
      AssumedRoleUser: { Arn: session.arn, AssumedRoleId: session.userId },
    }
  },
} satisfies Operations<typeof client>

// Patterns and bounds: STS API Reference, AssumeRole. Wording: the validation messages of AWS query services.
function checkSession(name: string, seconds: number | undefined) {
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw common(
      'ValidationError',
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    )
  }
  if (seconds !== undefined && (seconds < 900 || seconds > 43_200)) {
    throw common(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200`,
    )
  }
}

function findRole(state: State, arn: string): { account: Account; role: Role } | undefined {
  const parts = parseArn(arn)
  if (parts?.service !== 'iam' || !parts.resource.startsWith('role/')) {
    throw common('ValidationError', `${arn} is invalid`)
  }
  const account = state.accounts.get(parts.account)
  const role = account?.roles.get(parts.resource.slice(parts.resource.lastIndexOf('/') + 1))
  return account && role && account.partition === parts.partition ? { account, role } : undefined
}

function mayAssume(role: Role, { account }: Context, externalId: string | undefined): boolean {
  return role.trusts.includes(account.id) && (role.externalId === undefined || role.externalId === externalId)
}

function openSession(state: State, account: Account, role: Role, name: string, expiresAt: number) {
  const session = {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secret: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(120).toString('base64'),
    expiresAt,
    account,
    arn: formatArn({
      partition: account.partition,
      service: 'sts',
      region: '',
      account: account.id,
      resource: `assumed-role/${role.name}/${name}`,
    }),
    userId: `${role.id}:${name}`,
    denied: role.denied,
  }
  state.principals.set(session.accessKeyId, session)
  return session
}

// A day later nobody expects "expired" rather than "unknown", and the lab would otherwise keep every session there was.
function forgetExpired({ state: { principals }, now }: Context) {
  const aDayAgo = now - day
  for (const [id, { sessionToken, expiresAt }] of principals) {
    const isSession = sessionToken !== undefined && expiresAt > 0
    if (isSession && expiresAt < aDayAgo) principals.delete(id)
  }
}

/** AWS Security Token Service. */
export const sts: Service = {
  name: 'sts',
  protocol: awsQuery({
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    defaultNamespace: 'com.amazonaws.sts',
  }),
  operations: paired(operations, { GetCallerIdentity$, AssumeRole$ }),
  resourceOf: (_action, input) => String(input.RoleArn ?? '*'),
  refusal: 'AccessDenied',
}
