// The services of the lab by the name in a request's credential scope, each loaded when it is first called.

import type { Service } from '../wire/operations.ts'

const loaders: Record<string, () => Promise<Service>> = {
  ec2: async () => (await import('./ec2.ts')).ec2,
  redshift: async () => (await import('./redshift/index.ts')).redshift,
  sts: async () => (await import('./sts.ts')).sts,
}

const loaded = new Map<string, Promise<Service>>()

/** The service of that name, or undefined when the lab has none. */
export function findService(name: string): Promise<Service> | undefined {
  const known = loaded.get(name)
  if (known) return known
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined
  if (!load) return undefined
  const service = load()
  loaded.set(name, service)
  return service
}
