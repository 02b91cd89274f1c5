// Redshift-managed VPC endpoints: how a cluster is reached from another VPC, of its own account or another.

import type * as client from '@aws-sdk/client-redshift'
import {
  AccessToClusterDeniedFault$,
  type EndpointAccess,
  EndpointAlreadyExistsFault$,
  EndpointsPerAuthorizationLimitExceededFault$,
  EndpointsPerClusterLimitExceededFault$,
  InvalidEndpointStateFault$,
} from '@aws-sdk/client-redshift'
import { newUuid } from '#lab/ids.ts'
import { defaultGroupId, standingId } from '#lab/services/ec2/use.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import { checkSecurityGroups } from '../lifecycle/network.ts'
import { getSubnetGroup } from '../lifecycle/subnet-groups.ts'
import { endpointOf } from '../lifecycle/usual-cluster.ts'
import type { ClusterRecord, SubnetGroup } from '../model.ts'
import { pageOf } from '../page.ts'
import { demandRest } from '../work.ts'
import { endpointsThrough } from './authorizations.ts'
import {
  authorizationsOf,
  clusterOf,
  endpointsOf,
  endpointsTo,
  endpointTakes,
  getEndpoint,
  regionOf,
} from './find.ts'
import type { EndpointRecord } from './model.ts'
import { checkReachable } from './reachable.ts'

// Management Guide, "Quotas and limits" (2026). Unverified: the number for one authorization.
const mostOfCluster = 30
const mostOfAuthorization = 10

export const endpointOperations = {
  CreateEndpointAccess(input, context) {
    const { region, now, account } = context
    const { EndpointName: name, ResourceOwner: owner = account.id } = input
    checkName(name)
    const group = getSubnetGroup(region, input.SubnetGroupName)
    const cluster = clusterFor(context, owner, input.ClusterIdentifier ?? '', group)
    demandRest(cluster, 'create an endpoint to')
    checkReachable(cluster)
    if (endpointsOf(context, account.id).some((one) => one.name === name))
      throw fault(
        EndpointAlreadyExistsFault$,
        'The account already has a Redshift-managed VPC endpoint with the given identifier.',
      )
    const namespace = cluster.facts.ClusterNamespaceArn ?? ''
    if (endpointsTo(context, namespace).length >= mostOfCluster)
      throw fault(
        EndpointsPerClusterLimitExceededFault$,
        'The number of Redshift-managed VPC endpoints per cluster has exceeded its limit.',
      )
    const facts = factsOf(context, cluster, group, name, input.VpcSecurityGroupIds)
    const made: EndpointRecord = {
      name,
      owner,
      namespace,
      facts,
      busyUntil: now + endpointTakes,
      busy: 'creating',
      goneAt: undefined,
    }
    region.redshift.extras.endpoints.set(name, made)
    return view(made, context)
  },

  ModifyEndpointAccess({ EndpointName, VpcSecurityGroupIds: groups }, context) {
    const endpoint = getEndpoint(context, EndpointName)
    demandFree(endpoint, context)
    if (groups?.length) endpoint.facts.VpcSecurityGroups = memberships(groups)
    endpoint.busy = 'modifying'
    endpoint.busyUntil = context.now + endpointTakes
    return view(endpoint, context)
  },

  DeleteEndpointAccess({ EndpointName }, context) {
    const endpoint = getEndpoint(context, EndpointName)
    demandFree(endpoint, context)
    endpoint.goneAt = context.now + endpointTakes
    return view(endpoint, context)
  },

  DescribeEndpointAccess(input, context) {
    const { EndpointName: name, ClusterIdentifier: cluster, ResourceOwner: owner, VpcId: vpc } = input
    const all = name === undefined ? endpointsOf(context, context.account.id) : [getEndpoint(context, name)]
    const chosen = all
      .map((one) => view(one, context))
      .filter(
        (one) =>
          (cluster === undefined || one.ClusterIdentifier === cluster.toLowerCase()) &&
          (owner === undefined || one.ResourceOwner === owner) &&
          (vpc === undefined || one.VpcEndpoint?.VpcId === vpc),
      )
    const { items, ...marker } = pageOf(chosen, ({ EndpointName = '' }) => [EndpointName], input)
    return { EndpointAccessList: items, ...marker }
  },
} satisfies Operations<typeof client>

// A cluster of another account is reached by whom its owner lets in, from the VPCs it allows. Unverified: that a cluster
// that is not there is answered in the same way.
function clusterFor(context: Context, owner: string, id: string, { vpc }: SubnetGroup): ClusterRecord {
  if (owner === context.account.id) return getCluster(context.region, id)
  const home = regionOf(context, owner)
  const cluster = home?.redshift.clusters.get(id.toLowerCase())
  const authorization =
    home &&
    authorizationsOf(home, context.now).find(
      (one) =>
        one.grantee === context.account.id &&
        one.namespace === cluster?.facts.ClusterNamespaceArn &&
        one.goneAt === undefined &&
        (one.vpcs === undefined || one.vpcs.includes(vpc)),
    )
  // Wording: the fault's description.
  if (!cluster || !authorization)
    throw fault(AccessToClusterDeniedFault$, 'You are not authorized to access the cluster.')
  if (authorization.standing + endpointsThrough(context, authorization).length >= mostOfAuthorization)
    throw fault(
      EndpointsPerAuthorizationLimitExceededFault$,
      'The number of Redshift-managed VPC endpoints per authorization has exceeded its limit.',
    )
  return cluster
}

// API, CreateEndpointAccess. Unverified: code and wording.
function checkName(name: string) {
  if (/^[A-Za-z](-?[A-Za-z0-9])*$/.test(name) && name.length <= 30) return
  throw common('InvalidParameterValue', `The parameter EndpointName is not a valid identifier: ${name}`)
}

function factsOf(
  { state, region, now }: Context,
  { facts }: ClusterRecord,
  group: SubnetGroup,
  name: string,
  groups: string[] | undefined,
): EndpointAccess {
  const id = newUuid(state)
  const port = facts.Endpoint?.Port ?? 5439
  const host = `${name.toLowerCase()}-endpoint-${id.slice(0, 18).replaceAll('-', '')}`
  const { Address } = endpointOf(region, host, port) ?? {}
  const [subnet] = group.subnets
  const nic = subnet && {
    NetworkInterfaceId: standingId('eni', id, region),
    SubnetId: subnet.id,
    AvailabilityZone: subnet.zone,
  }
  return {
    SubnetGroupName: group.name,
    EndpointName: name,
    EndpointCreateTime: new Date(now),
    Port: port,
    Address,
    VpcSecurityGroups: memberships(groups?.length ? groups : [defaultGroupId(region)]),
    VpcEndpoint: {
      VpcEndpointId: standingId('vpce', id, region),
      VpcId: group.vpc,
      NetworkInterfaces: nic ? [nic] : [],
    },
  }
}

function memberships(groups: string[]) {
  checkSecurityGroups(groups)
  return groups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' }))
}

function demandFree({ goneAt, busyUntil }: EndpointRecord, { now }: Context) {
  if (goneAt === undefined && busyUntil <= now) return
  // Wording: the fault's description.
  throw fault(InvalidEndpointStateFault$, 'The status of the endpoint is not valid.')
}

// `creating`, `modifying`, `active`, `deleting`: as terraform-provider-aws waits for them (redshift/wait.go).
function view({ facts, owner, namespace, ...rest }: EndpointRecord, context: Context): EndpointAccess {
  const home = regionOf(context, owner)
  const { goneAt, busy, busyUntil } = rest
  return {
    ...facts,
    ClusterIdentifier: home && clusterOf(home, namespace)?.id,
    ResourceOwner: owner,
    EndpointStatus: goneAt !== undefined ? 'deleting' : busyUntil > context.now ? busy : 'active',
  }
}
