// The services of the lab by the name in a request's credential scope, each loaded when it is first needed.

import { addHandlers } from '../agenda.ts'
import type { State } from '../state.ts'
import type { Service } from '../wire/operations.ts'
import type { World } from '../world.ts'

type Shelf = { load: () => Promise<Service>; account?: readonly string[]; region?: readonly string[] }

// In the order in which worlds are seeded, so that each service finds what its seeds refer to. `account` and `region` are
// the members of an account's and of a region's seed that a service reads: a world without them does not load it, and
// one with members that no service reads is refused.
const shelf: Record<string, Shelf> = {
  iam: { load: async () => (await import('./iam/index.ts')).iam },
  sts: { load: async () => (await import('./sts/index.ts')).sts },
  organizations: {
    load: async () => (await import('./organizations/index.ts')).organizations,
    account: ['organization'],
  },
  ec2: {
    load: async () => (await import('./ec2/index.ts')).ec2,
    region: [
      ...['vpcs', 'subnets', 'securityGroups', 'routeTables', 'internetGateways', 'addresses', 'prefixLists'],
      'vpcBlockPublicAccess',
    ],
  },
  // Before whatever delivers into a bucket.
  s3: {
    load: async () => (await import('./s3/index.ts')).s3,
    account: ['publicAccessBlock'],
    region: ['buckets'],
  },
  secretsmanager: {
    load: async () => (await import('./secretsmanager/index.ts')).secretsmanager,
    region: ['secrets'],
  },
  // Before whatever is encrypted under its keys.
  kms: { load: async () => (await import('./kms/index.ts')).kms, region: ['keys'] },
  cloudtrail: {
    load: async () => (await import('./cloudtrail/index.ts')).cloudtrail,
    region: ['trails', 'events'],
  },
  logs: { load: async () => (await import('./logs/index.ts')).logs, region: ['logGroups'] },
  redshift: {
    load: async () => (await import('./redshift/index.ts')).redshift,
    region: [
      'parameterGroups',
      'subnetGroups',
      'clusters',
      'snapshots',
      'snapshotSchedules',
      'snapshotCopyGrants',
      'hsmClientCertificates',
      'hsmConfigurations',
      'datashares',
      'endpointAuthorizations',
      'eventSubscriptions',
      'integrations',
      'scheduledActions',
      'namespacePolicies',
      'authenticationProfiles',
      'redshiftEvents',
    ],
  },
  'redshift-data': { load: async () => (await import('./redshift-data/index.ts')).redshiftData },
  'redshift-serverless': {
    load: async () => (await import('./redshift-serverless/index.ts')).redshiftServerless,
    region: [
      ...['namespaces', 'workgroups', 'serverlessSnapshots'],
      ...['snapshotCopyConfigurations', 'resourcePolicies'],
    ],
  },
}

const loaded = new Map<string, Promise<Service>>()

/** Every service there is, by the name in a request's credential scope. */
export const serviceNames: readonly string[] = Object.keys(shelf)

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
  const inAccounts = new Set(accounts.flatMap(Object.keys))
  const inRegions = new Set(accounts.flatMap(({ regions }) => Object.values(regions)).flatMap(Object.keys))
  const names = Object.entries(shelf).flatMap(([name, { account, region }]) =>
    account?.some((seed) => inAccounts.has(seed)) || region?.some((seed) => inRegions.has(seed))
      ? [name]
      : [],
  )
  const services = await Promise.all(names.map((name) => findService(name)))
  return services.filter((service) => service !== undefined)
}

/** The members of an account's or a region's seed that services read. */
export function seedMembers(level: 'account' | 'region'): string[] {
  return Object.values(shelf).flatMap((service) => service[level] ?? [])
}

/** Loads the services that a state needs: `redshift:expiry` on its agenda is done, and objects are made, by redshift. */
export async function loadHandlers({ accounts, agenda, s3 }: State): Promise<void> {
  const regions = [...accounts.values()].flatMap((account) => [...account.regions.values()])
  const groups = regions.flatMap(({ logs }) => [...logs.groups.values()])
  const sources = [...s3.buckets.values(), ...groups].flatMap((holder) => holder.sources)
  const names = new Set([...agenda.heap, ...sources].map(({ kind }) => kind.slice(0, kind.indexOf(':'))))
  await Promise.all([...names].map((name) => findService(name)))
}
