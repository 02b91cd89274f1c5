// Who may make endpoints to a cluster from another account: authorized and revoked by the owner, seen from both sides.

import type * as client from '@aws-sdk/client-redshift'
import {
  type EndpointAuthorization,
  EndpointAuthorizationAlreadyExistsFault$,
  EndpointAuthorizationNotFoundFault$,
  EndpointAuthorizationsPerClusterLimitExceededFault$,
  InvalidAuthorizationStateFault$,
} from '@aws-sdk/client-redshift'
import type { Context, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import type { ClusterRecord } from '../model.ts'
import { pageOf } from '../page.ts'
import { demandRest } from '../work.ts'
import { authorizationsOf, clusterOf, endpointsOf, endpointTakes, regionOf } from './find.ts'
import type { AuthorizationRecord, EndpointRecord } from './model.ts'

// Unverified: the number of grantees of a cluster, which is an adjustable quota.
const mostGrantees = 10

export const authorizationOperations = {
  AuthorizeEndpointAccess({ ClusterIdentifier, Account: grantee, VpcIds }, context) {
    const { region, now } = context
    const cluster = clusterNamed(region, ClusterIdentifier)
    demandRest(cluster, 'authorize access to')
    checkAccount(grantee)
    checkVpcs(VpcIds)
    const namespace = cluster.facts.ClusterNamespaceArn ?? ''
    const known = authorizationsOf(region, now).filter((one) => one.namespace === namespace)
    const standing = known.find((one) => one.grantee === grantee)
    if (standing) return widen(standing, VpcIds, context)
    if (known.length >= mostGrantees)
      throw fault(
        EndpointAuthorizationsPerClusterLimitExceededFault$,
        'The number of endpoint authorizations per cluster has exceeded its limit.',
      )
    const made = {
      namespace,
      grantee,
      at: new Date(now),
      vpcs: VpcIds?.length ? [...VpcIds] : undefined,
      standing: 0,
      goneAt: undefined,
    }
    region.redshift.extras.endpointAuthorizations.push(made)
    return view(region, made, context)
  },

  RevokeEndpointAccess({ ClusterIdentifier, Account: grantee = '', VpcIds, Force }, context) {
    const { region, now } = context
    const cluster = clusterNamed(region, ClusterIdentifier)
    demandRest(cluster, 'revoke access to')
    const found = authorizationsOf(region, now).find(
      (one) => one.namespace === cluster.facts.ClusterNamespaceArn && one.grantee === grantee,
    )
    // Wording: the fault's description, here and below.
    if (!found)
      throw fault(EndpointAuthorizationNotFoundFault$, "The authorization for this endpoint can't be found.")
    demandRevocable(found, VpcIds)
    const left = VpcIds?.length ? (found.vpcs ?? []).filter((vpc) => !VpcIds.includes(vpc)) : []
    const through = endpointsThrough(context, found).filter(
      ({ facts }) => !left.includes(facts.VpcEndpoint?.VpcId ?? ''),
    )
    // "If true, the … endpoints associated with the endpoint authorization are also deleted" (API). Unverified: that a
    // revocation is refused without it.
    if (through.length > 0 && !Force)
      throw fault(InvalidAuthorizationStateFault$, 'The status of the authorization is not valid.')
    for (const endpoint of through) endpoint.goneAt ??= now + endpointTakes
    if (left.length > 0) found.vpcs = left
    else found.goneAt = now + endpointTakes
    return view(region, found, context)
  },

  DescribeEndpointAuthorization(input, context) {
    const { ClusterIdentifier: id, Account: other, Grantee: isGrantee } = input
    // A grantor sees whom it lets in, a grantee who lets it in.
    const mine = isGrantee
      ? granted(context, other)
      : authorizationsOf(context.region, context.now)
          .filter(({ grantee }) => other === undefined || grantee === other)
          .map((one) => view(context.region, one, context))
    if (id !== undefined && !isGrantee) getCluster(context.region, id)
    const chosen = mine.filter(({ ClusterIdentifier: name }) => id === undefined || name === id.toLowerCase())
    const position = ({ ClusterIdentifier = '', Grantor = '', Grantee = '' }: EndpointAuthorization) => [
      ClusterIdentifier,
      Grantor,
      Grantee,
    ]
    const { items, ...marker } = pageOf(chosen, position, input)
    return { EndpointAuthorizationList: items, ...marker }
  },
} satisfies Operations<typeof client>

function granted(context: Context, grantor: string | undefined): EndpointAuthorization[] {
  const { state, account, now } = context
  const owners = grantor === undefined ? [...state.accounts.keys()] : [grantor]
  return owners.flatMap((owner) => {
    const region = regionOf(context, owner)
    const theirs = region ? authorizationsOf(region, now) : []
    return theirs
      .filter(({ grantee }) => grantee === account.id)
      .flatMap((one) => (region ? [view(region, one, context)] : []))
  })
}

function clusterNamed(region: Region, id: string | undefined): ClusterRecord {
  // Unverified: code and wording. The API calls it optional, and there is no other way to name the cluster.
  if (id === undefined) throw common('MissingParameter', 'The parameter ClusterIdentifier is missing.')
  return getCluster(region, id)
}

// Unverified: that further VPCs join those that are allowed already; codes and wordings here and below.
function widen(known: AuthorizationRecord, vpcs: string[] | undefined, context: Context) {
  if (known.goneAt !== undefined)
    throw fault(InvalidAuthorizationStateFault$, 'The status of the authorization is not valid.')
  const fresh = (vpcs ?? []).filter((vpc) => known.vpcs && !known.vpcs.includes(vpc))
  if (fresh.length === 0 || !known.vpcs)
    throw fault(
      EndpointAuthorizationAlreadyExistsFault$,
      'The authorization already exists for this endpoint.',
    )
  known.vpcs = [...known.vpcs, ...fresh]
  return view(context.region, known, context)
}

function demandRevocable({ goneAt, vpcs }: AuthorizationRecord, asked: string[] | undefined) {
  const isKnown = (asked ?? []).every((vpc) => vpcs?.includes(vpc))
  if (goneAt === undefined && isKnown) return
  throw fault(InvalidAuthorizationStateFault$, 'The status of the authorization is not valid.')
}

function checkAccount(id: string) {
  if (!/^\d{12}$/.test(id)) throw common('InvalidParameterValue', `Invalid value for Account: ${id}`)
}

function checkVpcs(ids: string[] | undefined) {
  const wrong = ids?.find((id) => !/^vpc-[0-9a-f]{8,17}$/.test(id))
  if (wrong !== undefined) throw common('InvalidParameterValue', `Invalid VPC identifier: ${wrong}`)
}

/** The endpoints that a grantee has made under an authorization. */
export function endpointsThrough(context: Context, one: AuthorizationRecord): EndpointRecord[] {
  return endpointsOf(context, one.grantee).filter(({ namespace }) => namespace === one.namespace)
}

function view(region: Region, one: AuthorizationRecord, context: Context): EndpointAuthorization {
  const cluster = clusterOf(region, one.namespace)
  return {
    Grantor: region.account.id,
    Grantee: one.grantee,
    ClusterIdentifier: cluster?.id,
    AuthorizeTime: one.at,
    ClusterStatus: cluster?.work?.status ?? cluster?.facts.ClusterStatus,
    Status: one.goneAt === undefined ? 'Authorized' : 'Revoking',
    AllowedAllVPCs: one.vpcs === undefined,
    AllowedVPCs: one.vpcs ?? [],
    EndpointCount: one.standing + endpointsThrough(context, one).length,
  }
}
