// Finds endpoints and authorizations, and the clusters they lead to.

import { EndpointNotFoundFault$ } from '@aws-sdk/client-redshift'
import { minute } from '#kit/time.ts'
import { type Context, type Region, regionIn } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { ClusterRecord } from '../model.ts'
import type { AuthorizationRecord, EndpointRecord } from './model.ts'

// Unverified: AWS publishes no durations.
export const endpointTakes = 2 * minute

/** The cluster with that namespace; what leads to one that is gone is gone itself. */
export function clusterOf({ redshift }: Region, namespace: string): ClusterRecord | undefined {
  return [...redshift.clusters.values()].find(({ facts }) => facts.ClusterNamespaceArn === namespace)
}

/** The same region of another account of the partition. */
export function regionOf({ state, account, region }: Context, owner: string): Region | undefined {
  const there = state.accounts.get(owner)
  return there?.partition === account.partition ? regionIn(there, region.name) : undefined
}

/** The authorizations of a region's clusters that are in force or being revoked. */
export function authorizationsOf(region: Region, now: number): AuthorizationRecord[] {
  return region.redshift.extras.endpointAuthorizations.filter(
    ({ namespace, goneAt }) =>
      (goneAt === undefined || goneAt > now) && clusterOf(region, namespace) !== undefined,
  )
}

/** All endpoints of an account in the region, those being deleted as well. */
export function endpointsOf(context: Context, account: string): EndpointRecord[] {
  const region = regionOf(context, account)
  return [...(region?.redshift.extras.endpoints.values() ?? [])].filter((one) => isThere(one, context))
}

/** All endpoints to a cluster, of whatever account. */
export function endpointsTo(context: Context, namespace: string): EndpointRecord[] {
  return [...context.state.accounts.keys()]
    .flatMap((account) => endpointsOf(context, account))
    .filter((one) => one.namespace === namespace)
}

/** The caller's endpoint of that name, or EndpointNotFound. */
export function getEndpoint(context: Context, name: string): EndpointRecord {
  const found = context.region.redshift.extras.endpoints.get(name)
  // Unverified: wording.
  if (!found || !isThere(found, context)) throw fault(EndpointNotFoundFault$, `Endpoint ${name} not found.`)
  return found
}

/** Whether an endpoint is still there, and its cluster too. */
function isThere({ goneAt, owner, namespace }: EndpointRecord, context: Context): boolean {
  const home = regionOf(context, owner)
  const isGone = goneAt !== undefined && goneAt <= context.now
  return !isGone && home !== undefined && clusterOf(home, namespace) !== undefined
}
