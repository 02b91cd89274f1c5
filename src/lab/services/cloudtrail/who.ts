// Who makes a call, as an event tells it: `userIdentity`, with address and user agent.

import { parseArn } from '#kit/arn.ts'
import { iso } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import type { Principal, Region, State } from '#lab/state.ts'
import type { Who } from './model.ts'
import { redshiftAccount } from './redshift-accounts.ts'

// Beside the state: what is not found here is made anew, the same.
const known = new WeakMap<State, Map<string, Who>>()

/** Who a principal is; the same object for the same client, so that events share it. */
export function whoCalls(state: State, principal: Principal, agent: string): Who {
  return shared(state, `${principal.accessKeyId} ${principal.arn} ${agent}`, () => ({
    ...identityOf(principal),
    agent,
  }))
}

function shared(state: State, name: string, make: () => Who): Who {
  let all = known.get(state)
  if (!all || all.size > 10_000) {
    all = new Map()
    known.set(state, all)
  }
  const found = all.get(name)
  if (found) return found
  const made = make()
  all.set(name, made)
  return made
}

// The lab listens on loopback only.
const address = '127.0.0.1'

function identityOf(principal: Principal): Omit<Who, 'agent'> {
  const { arn, userId, account, accessKeyId, sessionToken } = principal
  const resource = parseArn(arn)?.resource ?? ''
  const [kind, ...names] = resource.split('/')
  const isRole = kind === 'assumed-role'
  const [role = ''] = names
  return {
    account: account.id,
    type:
      resource === 'root'
        ? 'Root'
        : isRole
          ? 'AssumedRole'
          : kind === 'federated-user'
            ? 'FederatedUser'
            : 'IAMUser',
    principalId: userId,
    arn,
    accessKeyId,
    userName: kind === 'user' ? names.at(-1) : undefined,
    sessionSince: sessionToken === undefined ? undefined : principal.created,
    issuer: isRole
      ? {
          id: userId.split(':')[0] ?? userId,
          name: role,
          arn: `arn:${account.partition}:iam::${account.id}:role/${role}`,
        }
      : undefined,
    mfa: principal.session?.mfa ?? false,
    invokedBy: undefined,
    address,
  }
}

/** A caller in whose name a service calls on: CloudTrail User Guide, "CloudTrail userIdentity element", invokedBy. */
export function throughService(state: State, principal: Principal, service: string): Who {
  const { accessKeyId, arn } = principal
  return shared(state, `${accessKeyId} ${arn} through ${service}`, () => ({
    ...identityOf(principal),
    invokedBy: service,
    address: service,
    agent: service,
  }))
}

/**
 * Who a service is. Redshift calls with a role of its own account in the region: Redshift Management Guide, "Logging with
 * CloudTrail". Other services have no account that is told.
 */
export function serviceWho(state: State, service: string, region: Region, now: number): Who {
  const account = service === 'redshift.amazonaws.com' ? redshiftAccount(region.name) : undefined
  const { partition } = region.account
  // One role session a region; unverified: the name of the role outside of us-east-2.
  const id = `AROA${hexOf(`redshift role ${region.name}`, 17).toUpperCase()}`
  const session = `i-${hexOf(`redshift host ${region.name}`, 17)}`
  return shared(state, `${service} ${region.name} ${partition}`, () => ({
    account,
    type: account === undefined ? 'AWSService' : 'AssumedRole',
    principalId: account && `${id}:${session}`,
    arn: account && `arn:${partition}:sts::${account}:assumed-role/prod-23264-role-wp/${session}`,
    accessKeyId: account && `ASIA${hexOf(`redshift key ${region.name}`, 16).toUpperCase()}`,
    userName: undefined,
    sessionSince: account === undefined ? undefined : now,
    issuer:
      account === undefined
        ? undefined
        : {
            id,
            name: 'prod-23264-role-wp',
            arn: `arn:${partition}:iam::${account}:role/prod-23264-role-wp`,
          },
    mfa: false,
    invokedBy: account === undefined ? service : undefined,
    // The guide's sample has an address of EC2; the lab keeps to one reserved for documentation (RFC 5737).
    address: account === undefined ? service : '192.0.2.10',
    agent: account === undefined ? service : 'aws-internal/3',
  }))
}

/** What another account is told of a caller: its account and principal id, nothing more. */
export function asStranger(state: State, who: Who): Who {
  return shared(state, `stranger ${who.accessKeyId} ${who.arn} ${who.agent}`, () => ({
    ...who,
    type: 'AWSAccount',
    arn: undefined,
    accessKeyId: undefined,
    userName: undefined,
    sessionSince: undefined,
    issuer: undefined,
  }))
}

/** `userIdentity`: CloudTrail User Guide, "CloudTrail userIdentity element". */
export function userIdentity(who: Who): Record<string, unknown> {
  const { type, principalId, arn, account, accessKeyId, userName, invokedBy } = who
  return {
    type,
    ...(principalId !== undefined && { principalId }),
    ...(arn !== undefined && { arn }),
    ...(account !== undefined && { accountId: account }),
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(userName !== undefined && { userName }),
    ...(who.sessionSince !== undefined && { sessionContext: sessionContext(who, who.sessionSince) }),
    ...(invokedBy !== undefined && { invokedBy }),
  }
}

function sessionContext({ issuer, mfa, account }: Who, since: number): Record<string, unknown> {
  return {
    ...(issuer && {
      sessionIssuer: {
        type: 'Role',
        principalId: issuer.id,
        arn: issuer.arn,
        accountId: account,
        userName: issuer.name,
      },
    }),
    attributes: { creationDate: iso(since), mfaAuthenticated: String(mfa) },
  }
}
