// Who asks, and as whom in other accounts.

import { parseArn } from '#kit/arn.ts'
import { iso } from '#kit/time.ts'
import { Problem } from '#model/problem.ts'
import type { Gap } from '#model/resource.ts'
import type { AccountSetting } from '#model/settings.ts'
import type { Clients } from './clients.ts'
import type { Connection, Credentials } from './connection.ts'
import type { Wire } from './door.ts'
import { codeOf, connectionProblem, gapKind, messageOf } from './errors.ts'

/**
 * An account of a session. Without `credentials` it is the caller's own; with a `gap` its role could not be assumed,
 * and nothing in it can be asked.
 */
export type Account = {
  account: string
  partition: string
  credentials?: () => Promise<Credentials>
  gap?: Gap
}

/** Asks STS who we are. Throws a Problem when it cannot be asked at all. */
export async function callerOf(
  home: Clients,
  connection: Connection,
  wire: Wire,
): Promise<{ caller: string; own: Account }> {
  try {
    wire.calls++
    const answer = await home.send('sts:GetCallerIdentity', {}, connection.signal)
    const { Account: account, Arn: caller } = answer as { Account?: string; Arn?: string }
    const partition = parseArn(caller ?? '')?.partition
    // The SDK reads any page with status 200 as an answer without members.
    if (!account || !caller || !partition) throw new SyntaxError('the answer names no caller')
    return { caller, own: { account, partition } }
  } catch (error) {
    throw connectionProblem(error, { ...connection, region: connection.regions[0] })
  }
}

/** Assumes a role once, to learn whether it can be; clients renew it through the same function later. */
export async function assumeRole(
  home: Clients,
  { role, externalId }: AccountSetting,
  wire: Wire,
): Promise<Account> {
  const arn = parseArn(role)
  if (!arn) {
    const what = `"${role}" is not the ARN of a role.`
    throw new Problem('environment', what, 'Correct it under accounts in redoubt.yaml.')
  }
  const place = { account: arn.account, partition: arn.partition }
  const take = () => takeRole(home, role, externalId, wire)
  try {
    let first: Credentials | undefined = await take()
    const credentials = async () => {
      const given = first ?? (await take())
      first = undefined
      return given
    }
    return { ...place, credentials }
  } catch (error) {
    const takenAt = wire.now ?? iso(new Date())
    const why = { gap: gapKind(error), code: codeOf(error), message: messageOf(error) }
    return { ...place, gap: { source: 'sts:AssumeRole', takenAt, ...why } }
  }
}

type Assumed = {
  Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: Date }
}

async function takeRole(
  home: Clients,
  role: string,
  externalId: string | undefined,
  wire: Wire,
): Promise<Credentials> {
  wire.calls++
  const input = {
    RoleArn: role,
    RoleSessionName: 'redoubt',
    ...(externalId ? { ExternalId: externalId } : {}),
  }
  const { Credentials: given } = (await home.send('sts:AssumeRole', input)) as Assumed
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  }
}
