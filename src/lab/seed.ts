// Makes the lab's state from a world: accounts, principals, roles and what stands in each region.

import type { FaultRule } from './faults/faults.ts'
import { readFaults } from './faults/read-faults.ts'
import { partitionNames, regionNames } from './regions.ts'
import { seededUser, seedIam } from './services/iam/seed.ts'
import { servicesOf } from './services/index.ts'
import { type Account, emptyState, type Principal, regionIn, type State } from './state.ts'
import type { Seeding, Service } from './wire/operations.ts'
import type { AccessKeySeed, AccountSeed, World } from './world.ts'
import { checkMembers } from './world-members.ts'

/** A world that cannot be: it contradicts itself, or says what nobody reads. The message names the place. */
export class WorldError extends Error {}

/** The state a world describes. Throws a WorldError of one sentence when the world contradicts itself. */
export async function seedState(world: World, now: number): Promise<State> {
  const services = await servicesOf(world)
  try {
    return makeState(world, services, await readFaults(world.faults ?? []), now)
  } catch (error) {
    throw new WorldError((error as Error).message, { cause: error })
  }
}

function makeState(world: World, services: Service[], faults: FaultRule[], now: number): State {
  checkMembers(world)
  const state = emptyState()
  for (const [id, seed] of Object.entries(world.accounts)) {
    if (!/^\d{12}$/.test(id)) throw new Error(`the account id ${id} must have 12 digits`)
    const account = seedAccount(id, seed, now)
    state.accounts.set(id, account)
    for (const key of seed.accessKeys) addPrincipal(state, account, key, now)
  }
  state.faults = faults
  for (const service of services) seedService(service, world, { state, now })
  return state
}

function seedAccount(id: string, seed: AccountSeed, now: number): Account {
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
    iam: seedIam({ id, partition }, seed, now),
    regions: new Map(),
  }
}

function addPrincipal(state: State, account: Account, key: AccessKeySeed, now: number): void {
  if (state.principals.has(key.id)) throw new Error(`the access key ${key.id} is given twice`)
  const user = seededUser(account, account.iam, key.user, now)
  const principal: Principal = {
    accessKeyId: key.id,
    secret: key.secret,
    sessionToken: key.sessionToken,
    expiresAt: key.expired ? 0 : Number.POSITIVE_INFINITY,
    account,
    arn: user.arn,
    userId: user.id,
    denied: [...(key.denied ?? [])],
    identity: user,
    session: undefined,
    isActive: true,
    created: user.created,
  }
  state.principals.set(key.id, principal)
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
