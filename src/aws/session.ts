// A session: who asks, in which accounts and regions, and the doors to each of them.

import { madeOnce } from '#kit/made-once.ts'
import { iso } from '#kit/time.ts'
import { Problem } from '#model/problem.ts'
import type { AccountSetting } from '#model/settings.ts'
import { type Account, assumeRole, callerOf } from './accounts.ts'
import { Clients } from './clients.ts'
import { type ClientNeeds, type Connection, clientConfig } from './connection.ts'
import { type Door, openDoor, type Wire } from './door.ts'
import { homeRegion, settleRegions } from './regions.ts'

export type Session = {
  /** The ARN that asks. */
  caller: string
  /** The caller's own account first. */
  accounts: Account[]
  regions: string[]
  /** AWS's clock when the session opened. */
  startedAt: string
  wire: Wire
  /** Opens an account and region. Throws a Problem when the session has no credentials there. */
  door(account: string, region: string): Door
  /** AWS's clock in the latest answer. */
  now(): string
  close(): void
}

/**
 * Opens a session: asks STS who we are, assumes the roles of the other accounts, and settles the regions.
 * Throws a Problem when nothing can be asked at all.
 */
export async function openSession(
  connection: Connection,
  others: readonly AccountSetting[] = [],
): Promise<Session> {
  const wire: Wire = { now: undefined, skew: 0, calls: 0 }
  const opened: Clients[] = []
  const close = () => {
    for (const clients of opened) clients.destroy()
  }
  const clientsFor = (region: string | undefined, needs: ClientNeeds) => {
    const clients = new Clients(clientConfig(connection, region, needs), (now, skew) => {
      Object.assign(wire, { now, skew })
    })
    opened.push(clients)
    return clients
  }
  const now = () => wire.now ?? iso(new Date())
  try {
    const { home, caller, own } = await meet(
      connection,
      (region) => clientsFor(region, { retries: 'short' }),
      wire,
    )
    const startedAt = now()
    const accounts = [own]
    for (const other of others) accounts.push(await assumeRole(home, other, wire))
    refuseDoubles(accounts)
    const regions = await settleRegions(connection, home, await home.region(), wire)
    const door = doors(accounts, clientsFor, wire, connection.signal)
    return { caller, accounts, regions, startedAt, wire, door, now, close }
  } catch (error) {
    close()
    throw error
  }
}

/**
 * Asks who we are, from a region that some setting names; who wants all regions need not name one, and is asked from
 * us-east-1.
 */
async function meet(connection: Connection, clientsIn: (region: string | undefined) => Clients, wire: Wire) {
  const home = clientsIn(homeRegion(connection))
  if (connection.allRegions && !(await home.knowsRegion('sts:GetCallerIdentity'))) {
    const first = clientsIn('us-east-1')
    return { home: first, ...(await callerOf(first, connection, wire)) }
  }
  return { home, ...(await callerOf(home, connection, wire)) }
}

/** Two ways into one account would count everything in it twice. */
function refuseDoubles(accounts: readonly Account[]): void {
  const ids = accounts.map(({ account }) => account)
  const double = ids.find((id, index) => ids.indexOf(id) !== index)
  if (!double) return
  const what = `Account ${double} is to be looked into twice: it is the caller's own, or has two roles.`
  throw new Problem('environment', what, 'Leave one of them out of accounts in redoubt.yaml.')
}

function doors(
  accounts: readonly Account[],
  clientsFor: (region: string, needs: ClientNeeds) => Clients,
  wire: Wire,
  signal: AbortSignal | undefined,
): Session['door'] {
  const made = new Map<string, Door>()
  const doorTo: Session['door'] = (account, region) => {
    const { partition, credentials } = usable(accounts, account)
    const key = `${account} ${region}`
    const open = () =>
      openDoor({
        place: { partition, account, region },
        reading: clientsFor(region, { retries: 'long', credentials }),
        changing: clientsFor(region, { retries: 'never', credentials }),
        wire,
        elsewhere: (other) => doorTo(account, other),
        others: () =>
          accounts.flatMap((other) =>
            other.account === account || other.gap ? [] : [doorTo(other.account, region)],
          ),
        signal,
      })
    return madeOnce(made, key, open)
  }
  return doorTo
}

/** The account, unless there are no credentials for it: those of another one must never stand in. */
function usable(accounts: readonly Account[], id: string): Account {
  const account = accounts.find((candidate) => candidate.account === id)
  if (!account) {
    const todo = 'Use credentials of that account, or add its role under accounts in redoubt.yaml.'
    throw new Problem('environment', `Account ${id} is not one of this session.`, todo)
  }
  if (account.gap) {
    const what = `The role in account ${id} cannot be assumed (${account.gap.code}).`
    throw new Problem('environment', what, 'Grant sts:AssumeRole, and let the role trust the caller.')
  }
  return account
}
