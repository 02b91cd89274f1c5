// Makes the lab's state from a world: accounts, principals, roles and what stands in each region.

import { createHash } from 'node:crypto'
import { formatArn } from '#kit/arn.ts'
import { partitionNames, regionNames } from './regions.ts'
import { servicesOf } from './services/index.ts'
import { type Account, emptyState, type Principal, type Role, regionIn, type State } from './state.ts'
import type { Seeding, Service } from './wire/operations.ts'
import type { AccessKeySeed, AccountSeed, RoleSeed, World } from './world.ts'
import { checkMembers } from './world-members.ts'

/** A world that cannot be: it contradicts itself, or says what nobody reads. The message names the place. */
export class WorldError extends Error {}

/** The state a world describes. Throws a WorldError of one sentence when the world contradicts itself. */
export async function seedState(world: World, now: number): Promise<State> {
  const services = await servicesOf(world)
  try {
    return makeState(world, services, now)
  } catch (error) {
    throw new WorldError((error as Error).message, { cause: error })
  }
}

function makeState(world: World, services: Service[], now: number): State {
  checkMembers(world)
  const state = emptyState()
  for (const [id, seed] of Object.entries(world.accounts)) {
    if (!/^\d{12}$/.test(id)) throw new Error(`the account id ${id} must have 12 digits`)
    const account = seedAccount(id, seed)
    state.accounts.set(id, account)
    for (const key of seed.accessKeys) addPrincipal(state, account, key)
  }
  for (const service of services) seedService(service, world, { state, now })
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

// Service by service over the whole world, because what one seeds may refer to another account or region.
function seedService(service: Service, world: World, seeding: Seeding): void {
  for (const account of seeding.state.accounts.values()) {
    const seed = world.accounts[account.id]
    if (!seed) continue
    service.seedAccount?.(account, seed, seeding)
    for (const [name, region] of Object.entries(seed.regions)) {
      service.seedRegion?.(regionIn(account, name), region, seeding)
    }
  }
}
