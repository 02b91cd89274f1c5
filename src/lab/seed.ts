// Makes the lab's state from a world: accounts, principals, roles and what stands in each region.

import { createHash } from 'node:crypto'
import { formatArn } from '#kit/arn.ts'
import type { Clock } from './clock.ts'
import { partitionNames, regionNames } from './regions.ts'
import { emptyRedshift } from './services/redshift/model.ts'
import { seedRedshift } from './services/redshift/seed.ts'
import type { Account, Principal, Role, State } from './state.ts'
import type { AccessKeySeed, AccountSeed, RoleSeed, World } from './world.ts'

/** The state a world describes. Throws one clear sentence when the world contradicts itself. */
export function seedState(world: World, clock: Clock): State {
  const state: State = { clock, accounts: new Map(), principals: new Map() }
  for (const [id, seed] of Object.entries(world.accounts)) {
    if (!/^\d{12}$/.test(id)) throw new Error(`the account id ${id} must have 12 digits`)
    const account = seedAccount(id, seed)
    state.accounts.set(id, account)
    for (const key of seed.accessKeys) addPrincipal(state, account, key)
  }
  const now = clock.now()
  for (const account of state.accounts.values()) seedRegions(account, world.accounts[account.id], now)
  return state
}

function seedAccount(id: string, seed: AccountSeed): Account {
  const partition = seed.partition ?? 'aws'
  if (!partitionNames().includes(partition))
    throw new Error(`account ${id} is in the unknown partition ${partition}`)
  const unknown = Object.keys(seed.regions).find((name) => !regionNames(partition).includes(name))
  if (unknown !== undefined) throw new Error(`account ${id} names the unknown region ${unknown}`)
  return {
    id,
    alias: seed.alias,
    partition,
    optedIn: new Set(Object.keys(seed.regions)),
    roles: new Map((seed.roles ?? []).map((role) => [role.name, seedRole(id, role)])),
    regions: new Map(),
  }
}

function seedRole(account: string, { name, trusts, externalId, denied }: RoleSeed): Role {
  return { name, id: uniqueId('AROA', `${account}/${name}`), trusts, externalId, denied: [...(denied ?? [])] }
}

function addPrincipal(state: State, account: Account, key: AccessKeySeed): void {
  if (state.principals.has(key.id)) throw new Error(`the access key ${key.id} is given twice`)
  const { id, partition } = account
  const principal: Principal = {
    accessKeyId: key.id,
    secret: key.secret,
    sessionToken: key.sessionToken,
    expiresAt: key.expired ? 0 : Number.POSITIVE_INFINITY,
    account,
    arn: formatArn({ partition, service: 'iam', region: '', account: id, resource: `user/${key.user}` }),
    userId: uniqueId('AIDA', `${id}/${key.user}`),
    denied: [...(key.denied ?? [])],
  }
  state.principals.set(key.id, principal)
}

// IAM's unique ids look like this; the same name always gets the same one.
function uniqueId(prefix: string, name: string): string {
  return prefix + createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase()
}

function seedRegions(account: Account, seed: AccountSeed | undefined, now: number): void {
  for (const [name, regionSeed] of Object.entries(seed?.regions ?? {})) {
    const region = { name, account, redshift: emptyRedshift() }
    account.regions.set(name, region)
    seedRedshift(region, regionSeed, now)
  }
}
