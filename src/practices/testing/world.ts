// Turns an example into a world of the lab: what the practice judges on paper, the official client then finds on the wire.

import type { AccountSeed, RegionSeed, World } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import { type ResourceType, resourceFrom } from '#model/resource.ts'
import { exampleNow } from '../examples.ts'
import { seeders } from './seeds/index.ts'

export const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }

/** The one access key of the world. */
export const key = { id: 'AKIALABEXAMPLE000001', secret: 'lab-example-secret' }

/**
 * What an example needs of the lab: its own region, what stands in the account besides, and other regions. `arn` is
 * given where the example's own facts do not tell it.
 */
export type Seed = {
  region: RegionSeed
  account?: Omit<Partial<AccountSeed>, 'regions' | 'accessKeys'>
  elsewhere?: Record<string, RegionSeed>
}

/** A world that holds an example and nothing else, with its regions and the ARN of what it is about. */
export function worldOf(
  type: ResourceType,
  example: Example,
): { world: World; regions: string[]; arn: string } {
  const seeder = seeders[type]
  if (!seeder) throw new Error(`write how an example of ${type} is seeded: src/practices/testing/seeds/`)
  const { region, account = {}, elsewhere = {} } = relative(seeder(example as never)) as Seed
  const accessKeys = [{ ...key, user: 'example' }]
  const told = { source: 'redshift:DescribeClusters' as const, takenAt: '' }
  return {
    world: {
      name: 'example',
      about: 'One example of a practice.',
      accounts: {
        [place.account]: { ...account, accessKeys, regions: { ...elsewhere, [place.region]: region } },
      },
    },
    regions: [place.region, ...Object.keys(elsewhere)],
    arn: resourceFrom(type, place, told, example.facts as never).arn,
  }
}

/** Moments of an example as seconds before the world's now: examples stand still, worlds begin today. */
function relative(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relative)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, relative(member)]))
  }
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return value
  const ahead = (Date.parse(value) - Date.parse(exampleNow)) / 1000
  return ahead > 0 ? `+${ahead}s` : `-${-ahead}s`
}
