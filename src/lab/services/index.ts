// The services of the lab by the name in a request's credential scope, each loaded when it is first needed.

import { addHandlers } from '../agenda.ts'
import type { State } from '../state.ts'
import type { Service } from '../wire/operations.ts'
import type { World } from '../world.ts'

type Shelf = { load: () => Promise<Service>; seeds?: readonly string[] }

// In the order in which worlds are seeded, so that each service finds what its seeds refer to. `seeds` are the members of
// an account's or region's seed that a service reads: a world without them does not load it.
const shelf: Record<string, Shelf> = {
  sts: { load: async () => (await import('./sts.ts')).sts },
  ec2: { load: async () => (await import('./ec2.ts')).ec2 },
  // Before whatever delivers into a bucket.
  s3: { load: async () => (await import('./s3/index.ts')).s3, seeds: ['buckets'] },
  redshift: {
    load: async () => (await import('./redshift/index.ts')).redshift,
    seeds: ['parameterGroups', 'clusters', 'snapshots'],
  },
}

const loaded = new Map<string, Promise<Service>>()

/** The service of that name, or undefined when the lab has none. */
export function findService(name: string): Promise<Service> | undefined {
  const known = loaded.get(name)
  if (known) return known
  const found = Object.hasOwn(shelf, name) ? shelf[name]?.load() : undefined
  if (!found) return undefined
  const service = found.then((ready) => {
    addHandlers(ready.tasks ?? {})
    return ready
  })
  loaded.set(name, service)
  return service
}

/** The services a world has something for, in the order they are to be seeded. */
export async function servicesOf(world: World): Promise<Service[]> {
  const accounts = Object.values(world.accounts)
  const members = new Set(
    [...accounts, ...accounts.flatMap(({ regions }) => Object.values(regions))].flatMap(Object.keys),
  )
  const names = Object.keys(shelf).filter((name) => shelf[name]?.seeds?.some((seed) => members.has(seed)))
  const services = await Promise.all(names.map((name) => findService(name)))
  return services.filter((service) => service !== undefined)
}

/** Loads the services whose tasks are on a state's agenda: `redshift:expiry` is done by redshift. */
export async function loadHandlers({ agenda }: State): Promise<void> {
  const names = new Set(agenda.heap.map(({ kind }) => kind.slice(0, kind.indexOf(':'))))
  await Promise.all([...names].map((name) => findService(name)))
}
