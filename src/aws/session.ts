// A session: who asks, in which accounts, and the doors to each account and region.

import { parseArn } from '#kit/arn.ts'
import { iso } from '#kit/time.ts'
import { Problem } from '#model/problem.ts'
import type { Gap, Place } from '#model/resource.ts'
import type { AccountSetting } from '#model/settings.ts'
import { Clients } from './clients.ts'
import { type Door, openDoor, type Wire } from './door.ts'
import { codeOf, connectionProblem, gapKind, messageOf } from './errors.ts'
import { homeRegion, settleRegions } from './regions.ts'

/** How to reach AWS: the AWS CLI's own words. */
export type Connection = {
  profile?: string | undefined
  /** Regions to look into; empty means the one that the environment or profile names. */
  regions: readonly string[]
  allRegions: boolean
  endpointUrl?: string | undefined
  /** Stops everything under way. */
  signal?: AbortSignal | undefined
}

/** An account that can be asked, or the reason why its role could not be assumed. */
export type Account = { account: string; partition: string; gap?: Gap }

export type Session = {
  /** The ARN that asks. */
  caller: string
  accounts: Account[]
  regions: string[]
  /** AWS's clock when the session opened. */
  startedAt: string
  wire: Wire
  door(account: string, region: string): Door
  /** AWS's clock in the latest answer. */
  now(): string
  close(): void
}

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date }
type Identity = { Account: string; Arn: string }

/**
 * Opens a session: asks STS who we are, assumes the roles of the other accounts, and settles the regions.
 * Throws a Problem when nothing can be asked at all.
 */
export async function openSession(
  connection: Connection,
  others: readonly AccountSetting[] = [],
): Promise<Session> {
  const wire: Wire = { now: undefined, calls: 0 }
  const opened: Clients[] = []
  const clients = (region: string | undefined, how: ClientNeeds) => {
    const made = new Clients(clientConfig(connection, region, how), (now) => {
      wire.now = now
    })
    opened.push(made)
    return made
  }
  try {
    const home = clients(homeRegion(connection), { patience: 'short' })
    const { Account: account, Arn: caller } = await identity(home, connection, wire)
    const partition = parseArn(caller)?.partition ?? 'aws'
    const credentials = new Map<string, () => Promise<Credentials>>()
    const accounts: Account[] = [{ account, partition }]
    for (const other of others) accounts.push(await assume(home, other, credentials, wire))
    const regions = await settleRegions(connection, home, await home.region(), wire)
    return {
      caller,
      accounts,
      regions,
      startedAt: wire.now ?? iso(new Date()),
      wire,
      door: doors(clients, credentials, accounts, wire, connection.signal),
      now: () => wire.now ?? iso(new Date()),
      close: () => {
        for (const made of opened) made.destroy()
      },
    }
  } catch (error) {
    for (const made of opened) made.destroy()
    throw error
  }
}

type ClientNeeds = {
  patience: 'short' | 'long' | 'never'
  credentials?: (() => Promise<Credentials>) | undefined
}

/**
 * The configuration of a client. Reads are retried with the SDK's adaptive mode; changes are never retried by the SDK,
 * because after a broken connection nobody knows whether the first one was carried out: `engine/take-step.ts` looks.
 */
function clientConfig(connection: Connection, region: string | undefined, needs: ClientNeeds): object {
  const { profile, endpointUrl } = connection
  const retries = { short: 2, long: 6, never: 1 }[needs.patience]
  return {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(endpointUrl ? { endpoint: endpointUrl } : {}),
    ...(needs.credentials ? { credentials: needs.credentials } : {}),
    maxAttempts: retries,
    ...(needs.patience === 'long' ? { retryMode: 'adaptive' } : {}),
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: needs.patience === 'short' ? 5_000 : 30_000,
      throwOnRequestTimeout: true,
    },
    // The SDK's warnings would land between the lines of a report.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  }
}

async function identity(home: Clients, connection: Connection, wire: Wire): Promise<Identity> {
  try {
    wire.calls++
    const { Account, Arn } = (await home.send(
      'sts:GetCallerIdentity',
      {},
      connection.signal,
    )) as Partial<Identity>
    // The SDK reads any page with status 200 as an answer without members.
    if (!Account || !Arn) throw new SyntaxError('the answer names no caller')
    return { Account, Arn }
  } catch (error) {
    throw connectionProblem(error, { ...connection, region: connection.regions[0] })
  }
}

/** Assumes a role once, to learn whether it can be; later clients renew it through the same function. */
async function assume(
  home: Clients,
  { role, externalId }: AccountSetting,
  credentials: Map<string, () => Promise<Credentials>>,
  wire: Wire,
): Promise<Account> {
  const arn = parseArn(role)
  if (!arn)
    throw new Problem(
      'environment',
      `"${role}" is not the ARN of a role.`,
      'Correct it under accounts in redoubt.yaml.',
    )
  const input = {
    RoleArn: role,
    RoleSessionName: 'redoubt',
    ...(externalId ? { ExternalId: externalId } : {}),
  }
  const take = async (): Promise<Credentials> => {
    wire.calls++
    const { Credentials: given } = (await home.send('sts:AssumeRole', input)) as {
      Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: Date }
    }
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    }
  }
  const place = { account: arn.account, partition: arn.partition }
  try {
    let first: Credentials | undefined = await take()
    credentials.set(arn.account, async () => {
      const given = first ?? (await take())
      first = undefined
      return given
    })
    return place
  } catch (error) {
    const gap: Gap = {
      source: 'sts:AssumeRole',
      takenAt: wire.now ?? iso(new Date()),
      gap: gapKind(error),
      code: codeOf(error),
      message: messageOf(error),
    }
    return { ...place, gap }
  }
}

function doors(
  clients: (region: string, how: ClientNeeds) => Clients,
  credentials: Map<string, () => Promise<Credentials>>,
  accounts: readonly Account[],
  wire: Wire,
  signal: AbortSignal | undefined,
): Session['door'] {
  const made = new Map<string, Door>()
  return (account, region) => {
    const key = `${account} ${region}`
    const partition = accounts.find((candidate) => candidate.account === account)?.partition
    if (!partition)
      throw new Problem(
        'environment',
        `Account ${account} is not one of this session.`,
        'Use credentials of that account, or add its role under accounts in redoubt.yaml.',
      )
    const place: Place = { partition, account, region }
    const known = credentials.get(account)
    const door =
      made.get(key) ??
      openDoor({
        place,
        reading: clients(region, { patience: 'long', credentials: known }),
        changing: clients(region, { patience: 'never', credentials: known }),
        wire,
        signal,
      })
    made.set(key, door)
    return door
  }
}
