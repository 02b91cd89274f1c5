// Endpoint authorizations of a world.

import { type EndpointAuthorization, EndpointAuthorization$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Seed } from '#lab/world.ts'
import type { AuthorizationRecord } from './model.ts'

/** An account that may reach a cluster of this region. */
export type EndpointAuthorizationSeed = Seed<EndpointAuthorization> & {
  ClusterIdentifier: string
  Grantee: string
}

/** Makes an authorization. Throws one clear sentence when its cluster is not there. */
export function seedAuthorization(
  region: Region,
  seed: EndpointAuthorizationSeed,
  now: number,
): AuthorizationRecord {
  const where = `the endpoint authorization of ${seed.Grantee} for ${seed.ClusterIdentifier}`
  const facts = readPlain<EndpointAuthorization>(EndpointAuthorization$, seed, now, where)
  const cluster = region.redshift.clusters.get(seed.ClusterIdentifier.toLowerCase())
  const namespace = cluster?.facts.ClusterNamespaceArn
  if (namespace === undefined) throw new Error(`${where} names a cluster that ${region.name} does not have`)
  if (facts.Grantor !== undefined && facts.Grantor !== region.account.id)
    throw new Error(`${where} stands in account ${region.account.id}, which is not its Grantor`)
  return {
    namespace,
    grantee: seed.Grantee,
    at: facts.AuthorizeTime ?? new Date(now),
    vpcs: facts.AllowedVPCs?.length ? facts.AllowedVPCs : undefined,
    standing: facts.EndpointCount ?? 0,
    goneAt: undefined,
  }
}
