// VPC endpoints that Redshift manages, through which a workgroup is reached from other VPCs.

import type * as client from '@aws-sdk/client-redshift-serverless'
import type { EndpointAccess } from '@aws-sdk/client-redshift-serverless'
import { newUuid } from '#lab/ids.ts'
import { standingId } from '#lab/services/ec2/use.ts'
import { arnIn, type Context, type Region } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { durations } from './durations.ts'
import { conflict, invalid, notFound } from './errors.ts'
import { demandIdle, getNamespace, getWorkgroup } from './find.ts'
import type { EndpointRecord } from './model.ts'
import { pageOf } from './page.ts'
import { hostOf, readGroups, readSubnets, vpcOf } from './workgroup-network.ts'

export const endpointOperations = {
  CreateEndpointAccess(input, context) {
    const { region, now } = context
    checkEndpointName(input.endpointName)
    demandOwn(input.ownerAccount, context)
    const workgroup = getWorkgroup(region, input.workgroupName)
    demandIdle(region, getNamespace(region, workgroup.facts.namespaceName), 'workgroup', 'updating')
    // Unverified: wording.
    if (find(region, input.endpointName, now))
      throw conflict(`The endpoint ${input.endpointName} already exists.`)
    const facts = endpointFacts(input, context, workgroup.facts.port)
    const busyUntil = now + durations.endpoint
    const made: EndpointRecord = {
      name: input.endpointName,
      facts,
      busyUntil,
      busy: 'CREATING',
      goneAt: undefined,
    }
    region.serverless.endpoints.set(made.name, made)
    return { endpoint: view(made, now) }
  },

  GetEndpointAccess({ endpointName }, { region, now }) {
    return { endpoint: view(get(region, endpointName, now), now) }
  },

  ListEndpointAccess(input, context) {
    const { region, now } = context
    const { workgroupName, vpcId } = input
    demandOwn(input.ownerAccount, context)
    const chosen = [...region.serverless.endpoints.values()].filter(
      (one) =>
        !isGone(one, now) &&
        (workgroupName === undefined || one.facts.workgroupName === workgroupName) &&
        (vpcId === undefined || one.facts.vpcEndpoint?.vpcId === vpcId),
    )
    const { items, ...next } = pageOf(chosen, ({ name }) => name, input)
    return { endpoints: items.map((one) => view(one, now)), ...next }
  },

  UpdateEndpointAccess({ endpointName, vpcSecurityGroupIds }, { region, now }) {
    const endpoint = get(region, endpointName, now)
    demandFree(endpoint, now)
    endpoint.facts.vpcSecurityGroups = memberships(region, vpcSecurityGroupIds)
    endpoint.busy = 'MODIFYING'
    endpoint.busyUntil = now + durations.endpoint
    return { endpoint: view(endpoint, now) }
  },

  DeleteEndpointAccess({ endpointName }, { region, now }) {
    const endpoint = get(region, endpointName, now)
    demandFree(endpoint, now)
    endpoint.goneAt = now + durations.endpoint
    return { endpoint: view(endpoint, now) }
  },
} satisfies Operations<typeof client>

type CreateInput = client.CreateEndpointAccessCommandInput & { endpointName: string }

function endpointFacts(input: CreateInput, { state, region, now }: Context, port: number): EndpointAccess {
  const subnetIds = readSubnets(region, input.subnetIds)
  const id = newUuid(state)
  return {
    endpointName: input.endpointName,
    endpointArn: arnIn(region, 'redshift-serverless', `managedvpcendpoint/${id}`),
    workgroupName: input.workgroupName,
    endpointCreateTime: new Date(now),
    port,
    address: hostOf(region, `${input.endpointName}-endpoint-${id.slice(0, 20).replaceAll('-', '')}`),
    subnetIds,
    vpcSecurityGroups: memberships(region, input.vpcSecurityGroupIds),
    vpcEndpoint: {
      vpcEndpointId: standingId('vpce', id, region),
      vpcId: vpcOf(region, subnetIds[0]),
      networkInterfaces: subnetIds.map((subnetId) => ({
        networkInterfaceId: standingId('eni', `${id} ${subnetId}`, region),
        subnetId,
      })),
    },
  }
}

function memberships(region: Region, groups: string[] | undefined) {
  return readGroups(region, groups).map((vpcSecurityGroupId) => ({ vpcSecurityGroupId, status: 'active' }))
}

// Unverified: the wording of this and the following.
function checkEndpointName(name: string): void {
  // API, CreateEndpointAccess.
  if (!/^[A-Za-z](-?[A-Za-z0-9])*$/.test(name) || name.length > 30)
    throw invalid(`The endpoint name ${name} isn't valid.`)
}

function demandOwn(owner: string | undefined, { account }: Context): void {
  if (owner !== undefined && owner !== account.id)
    throw invalid("The lab does not model endpoints to other accounts' workgroups.")
}

function demandFree({ name, goneAt, busyUntil }: EndpointRecord, now: number): void {
  if (goneAt !== undefined || busyUntil > now)
    throw conflict(`There is an operation running on the endpoint ${name}.`)
}

function isGone({ goneAt }: EndpointRecord, now: number): boolean {
  return goneAt !== undefined && goneAt <= now
}

function find({ serverless }: Region, name: string, now: number): EndpointRecord | undefined {
  const found = serverless.endpoints.get(name)
  return found && !isGone(found, now) ? found : undefined
}

function get(region: Region, name: string, now: number): EndpointRecord {
  const found = find(region, name, now)
  if (!found) throw notFound('endpoint', name)
  return found
}

// ACTIVE, CREATING, DELETING: as terraform-provider-aws waits for them (redshiftserverless/wait.go).
function view({ facts, busy, busyUntil, goneAt }: EndpointRecord, now: number): EndpointAccess {
  const endpointStatus = goneAt !== undefined ? 'DELETING' : busyUntil > now ? busy : 'ACTIVE'
  return { ...facts, endpointStatus }
}
