// Makes keys from their seeds.

import type { GrantListEntry, RotationsListEntry, Tag } from '@aws-sdk/client-kms'
import { GrantListEntry$, KeyMetadata$, RotationsListEntry$, Tag$ } from '@aws-sdk/client-kms'
import { day } from '#kit/time.ts'
import { schedule } from '#lab/agenda.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { RegionSeed } from '#lab/world.ts'
import { putGrant } from './grants.ts'
import { leaveAt } from './key-operations.ts'
import { makeKey, seededId } from './keys.ts'
import type { KeyFacts, KmsKey, Rotation } from './model.ts'
import { managedPolicy, readPolicy } from './policies.ts'
import { noRotation, usualPeriod } from './rotation.ts'
import type { KeySeed, RotationSeed } from './seed-types.ts'

/** Fills a region's KMS from its seed. Throws one clear sentence when the seed contradicts itself. */
export function seedKms(region: Region, seed: RegionSeed, { state, now }: Seeding): void {
  const { keys, aliases } = region.kms
  for (const given of seed.keys ?? []) {
    const names = (given.aliases ?? []).map((name) => (name.startsWith('alias/') ? name : `alias/${name}`))
    const key = seedKey(region, given, names, now)
    if (keys.has(key.id))
      throw new Error(`${region.account.id} has two of the key ${key.id} in ${region.name}`)
    keys.set(key.id, key)
    for (const name of names) {
      if (aliases.has(name)) throw new Error(`${region.account.id} has two of ${name} in ${region.name}`)
      const created = key.facts.CreationDate.getTime()
      aliases.set(name, { name, target: key.id, created, updated: created })
    }
    const where = { state, region, now }
    for (const grant of given.grants ?? []) {
      const facts = readPlain<GrantListEntry>(GrantListEntry$, grant, now, `a grant of the key ${key.id}`)
      putGrant(where, key, facts)
    }
    const { KeyState, DeletionDate, ValidTo } = key.facts
    if (KeyState === 'PendingDeletion') leaveAt(where, key, DeletionDate?.getTime() ?? now + 30 * day)
    if (ValidTo) schedule(state, ValidTo.getTime(), 'kms:material-expiry', region, key.id)
  }
}

function seedKey(region: Region, seed: KeySeed, names: string[], now: number): KmsKey {
  const { aliases: _, Policy, Tags = [], rotation, grants: __, ...facts } = seed
  const { id: account, partition } = region.account
  const said = names[0] ?? seed.Description ?? JSON.stringify(seed)
  const id = seed.KeyId ?? seededId(`${account} ${region.name} ${said}`)
  const where = `key ${id} in ${region.name}`
  const key = makeKey(region, id, now - 400 * day)
  const given = readPlain<Partial<KeyFacts>>(KeyMetadata$, facts, now, where)
  key.facts = { ...key.facts, ...given, KeyId: id }
  key.facts = { ...key.facts, Enabled: key.facts.KeyState === 'Enabled' }
  const service = names.find((name) => name.startsWith('alias/aws/'))?.slice('alias/aws/'.length)
  if (service) {
    key.manager = 'AWS_MANAGED'
    key.facts = { ...key.facts, KeyManager: 'AWS' }
    key.policy = managedPolicy(partition, account, region.name, service)
  }
  if (Policy !== undefined)
    key.policy = readPolicy(typeof Policy === 'string' ? Policy : JSON.stringify(Policy))
  key.tags = Tags.map((tag) => readPlain<Tag>(Tag$, tag, now, where))
  key.rotation = seedRotation(rotation ?? (service ? { KeyRotationEnabled: true } : {}), key, now, where)
  return key
}

function seedRotation(seed: RotationSeed, key: KmsKey, now: number, where: string): Rotation {
  const {
    RotationPeriodInDays: period = usualPeriod,
    KeyRotationEnabled: enabled = 'RotationPeriodInDays' in seed,
  } = seed
  demandMembers(
    seed,
    ['KeyRotationEnabled', 'RotationPeriodInDays', 'NextRotationDate', 'rotations'],
    `${where}: rotation`,
  )
  const read = (entry: object) => readPlain<RotationsListEntry>(RotationsListEntry$, entry, now, where)
  const done = (seed.rotations ?? []).map(read).map(({ RotationDate, RotationType }) => ({
    at: RotationDate?.getTime() ?? now,
    type: RotationType ?? ('AUTOMATIC' as const),
  }))
  if (!enabled) return { ...noRotation(), period, done }
  const given = seed.NextRotationDate && read({ RotationDate: seed.NextRotationDate }).RotationDate?.getTime()
  let next = given || (done.at(-1)?.at ?? key.facts.CreationDate.getTime()) + period * day
  // What the seed does not tell: rotations that have happened since, so that the next one lies ahead.
  for (; next <= now; next += period * day) done.push({ at: next, type: 'AUTOMATIC' })
  return { enabled, period, next, done }
}
