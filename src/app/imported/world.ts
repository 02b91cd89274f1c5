// Makes a world for a lab out of an inventory, as plain data: scanning the lab gives the findings of the inventory again.

import { parseArn } from '#kit/arn.ts'
import { canBeMade } from '#model/bucket-name.ts'
import type { Inventory, Shard } from '#model/inventory.ts'
import { arnOf } from '#model/resource.ts'
import type { AccountSetting } from '#model/settings.ts'
import { aroundOf } from './around.ts'
import { bucketsOf, type PlacedBucket } from './buckets.ts'
import { type Denial, denialsOf } from './denials.ts'
import { keysElsewhere, keysOf, type PlacedKey } from './keys.ts'
import { type Thing, thingsOf } from './redshift.ts'
import { boundariesOf, rolesOf } from './roles.ts'
import { serverlessOf } from './serverless.ts'

/** A world, as the lab reads it from YAML. */
export type ImportedWorld = { name: string; about: string; accounts: Record<string, ImportedAccount> }

type ImportedAccount = {
  partition: string
  accessKeys: { id: string; secret: string; user: string; denied?: Denial[] }[]
  roles?: { name: string; trusts: string[]; externalId?: string; denied?: Denial[] }[]
  policies?: Thing[]
  publicAccessBlock?: object
  regions: Record<string, Record<string, Thing[]>>
}

/** A world, and what of the inventory it cannot hold, one sentence each. */
export type Imported = { world: ImportedWorld; left: string[] }

/**
 * The world of an inventory. `assumed` are the roles through which other accounts were scanned: they are there too, so
 * that the same settings reach the same accounts. Credentials are made up; the inventory holds none.
 */
export async function importWorld(
  inventory: Inventory,
  assumed: readonly AccountSetting[],
): Promise<Imported> {
  const { id, madeAt, caller } = inventory.manifest
  const home = parseArn(caller)?.account ?? ''
  const accounts: Record<string, ImportedAccount> = {}
  const left: string[] = []
  const buckets: PlacedBucket[] = []
  const keys: PlacedKey[] = []
  for await (const shard of inventory.shards()) {
    const account =
      accounts[shard.account] ?? emptyAccount(shard, home, assumed, Object.keys(accounts).length + 1)
    accounts[shard.account] = account
    left.push(...addShard(account, shard, madeAt))
    for (const bucket of bucketsOf(shard)) {
      const name = String(bucket.thing.Name)
      if (canBeMade(name)) buckets.push(bucket)
      else left.push(`${arnOf('s3:bucket', shard, name)}: a name that no bucket can be given`)
    }
    keys.push(...keysElsewhere(shard, madeAt))
  }
  addBuckets(accounts, buckets)
  addKeys(accounts, keys)
  const about = `Made of the inventory ${id} of ${madeAt}. Its times count from then; its credentials are made up.`
  return { world: { name: `inventory ${id}`, about, accounts: homeFirst(accounts, home) }, left }
}

/** Names of buckets are unique: one that is told of in several regions and accounts is in the one that knows most of it. */
function addBuckets(
  accounts: Readonly<Record<string, ImportedAccount>>,
  buckets: readonly PlacedBucket[],
): void {
  const names = new Set<unknown>()
  const knownFirst = [...buckets].sort((a, b) => Number(b.isKnown) - Number(a.isKnown))
  for (const { account: id, region, thing, around } of knownFirst) {
    const account = accounts[id]
    if (!account || names.has(thing.Name)) continue
    if (around) account.publicAccessBlock = around
    names.add(thing.Name)
    const things = account.regions[region] ?? {}
    account.regions[region] = { ...things, buckets: [...(things.buckets ?? []), thing] }
  }
}

function addShard(account: ImportedAccount, shard: Shard, takenAt: string): string[] {
  const { parameterGroups, clusters, snapshots, left } = thingsOf(shard, takenAt)
  const serverless = serverlessOf(shard, takenAt)
  const things = {
    keys: keysOf(shard, [...clusters, ...snapshots, ...Object.values(serverless).flat()], takenAt),
    ...aroundOf(shard, takenAt),
    parameterGroups,
    clusters,
    snapshots,
    ...serverless,
  }
  addTo(account, 'roles', 'name', rolesOf(shard))
  addTo(account, 'policies', 'PolicyName', boundariesOf(shard))
  account.regions[shard.region] = Object.fromEntries(
    Object.entries(things).filter(([, list]) => list.length > 0),
  )
  const denials = denialsOf(shard)
  if (denials.length > 0) {
    for (const who of [...account.accessKeys, ...(account.roles ?? [])])
      who.denied = [...(who.denied ?? []), ...denials]
  }
  return left
}

/** What a shard of the other region told of a key is more than what is told of it here. */
function addKeys(accounts: Readonly<Record<string, ImportedAccount>>, keys: readonly PlacedKey[]): void {
  for (const { account: id, region, thing } of keys) {
    const account = accounts[id]
    const things = account?.regions[region] ?? {}
    if (!account || things.keys?.some(({ KeyId }) => KeyId === thing.KeyId)) continue
    account.regions[region] = { ...things, keys: [...(things.keys ?? []), thing] }
  }
}

/** Roles and policies stand in the account, and are found in each region that uses them. */
function addTo(
  account: ImportedAccount,
  list: 'roles' | 'policies',
  name: string,
  things: readonly Thing[],
): void {
  const all = [...((account[list] ?? []) as Thing[])]
  for (const thing of things) if (!all.some((one) => one[name] === thing[name])) all.push(thing)
  if (all.length > 0) account[list] = all as ImportedAccount['roles'] & object
}

function emptyAccount(
  { account, partition }: Shard,
  home: string,
  assumed: readonly AccountSetting[],
  number: number,
): ImportedAccount {
  const roles = assumed.filter(({ role }) => parseArn(role)?.account === account)
  return {
    partition,
    accessKeys: [
      {
        id: `AKIAIMPORTED${String(number).padStart(8, '0')}`,
        secret: `lab-secret-${number}`,
        user: 'redoubt',
      },
    ],
    ...(roles.length > 0 && {
      roles: roles.map(({ role, externalId }) => ({
        name: role.slice(role.lastIndexOf('/') + 1),
        trusts: [home],
        ...(externalId && { externalId }),
      })),
    }),
    regions: {},
  }
}

// The lab shows the first account's key as the one to begin with.
function homeFirst(accounts: Record<string, ImportedAccount>, home: string): Record<string, ImportedAccount> {
  const { [home]: first, ...others } = accounts
  return first ? { [home]: first, ...others } : others
}
