// Where a workgroup stands: its subnets, its security groups and its endpoint.

import type { Endpoint } from '@aws-sdk/client-redshift-serverless'
import { networkOf } from '#lab/services/ec2/network.ts'
import {
  defaultGroupId,
  defaultSubnets,
  defaultVpcId,
  isInternetBlocked,
  standingId,
} from '#lab/services/ec2/use.ts'
import type { Region } from '#lab/state.ts'
import { invalid } from './errors.ts'
import type { WorkgroupRecord } from './model.ts'

/** Where a workgroup stands that says nothing. */
export function defaultNetwork(region: Region): { subnetIds: string[]; securityGroupIds: string[] } {
  return { subnetIds: readSubnets(region, undefined), securityGroupIds: readGroups(region, undefined) }
}

/** The subnets a request names, or those of the default VPC. Unverified: wording. */
export function readSubnets(region: Region, given: string[] | undefined): string[] {
  if (!given?.length) return defaultSubnets(region).map(({ id }) => id)
  const { subnets } = networkOf(region)
  const unknown = given.find((id) => !subnets.has(id))
  if (unknown !== undefined) throw invalid(`The subnet ${unknown} doesn't exist.`)
  const vpcs = new Set(given.map((id) => subnets.get(id)?.VpcId))
  if (vpcs.size > 1) throw invalid('The subnets must be in one VPC.')
  return given
}

/** The security groups a request names, or that of the default VPC. Unverified: wording. */
export function readGroups(region: Region, given: string[] | undefined): string[] {
  if (!given?.length) return [defaultGroupId(region)]
  const { groups } = networkOf(region)
  const unknown = given.find((id) => !groups.has(id))
  if (unknown !== undefined) throw invalid(`The security group ${unknown} doesn't exist.`)
  return given
}

// "If a workgroup is in an account with VPC BPA turned on, … Creating a public access workgroup, Modifying a private
// workgroup to public" are blocked (API, UpdateWorkgroup). Unverified: wording.
/** Throws when nothing may be public here. */
export function demandPublicAllowed(region: Region, isPublic: boolean | undefined): void {
  if (isPublic && isInternetBlocked(region))
    throw invalid('VPC Block Public Access is turned on: the workgroup cannot be publicly accessible.')
}

/** The VPC of a subnet. */
export function vpcOf(region: Region, subnet: string | undefined): string {
  return networkOf(region).subnets.get(subnet ?? '')?.VpcId ?? defaultVpcId(region)
}

/** The host name that clients connect to: as in AWS's console, `<workgroup>.<account>.<region>.redshift-serverless.…`. */
export function hostOf({ name, account }: Region, of: string): string {
  const suffix = account.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `${of}.${account.id}.${name}.redshift-serverless.${suffix}`
}

/** The endpoint of a workgroup. Its VPC endpoint is there when the workgroup is. */
export function endpointOf(region: Region, { name, facts, work }: WorkgroupRecord): Endpoint {
  const address = hostOf(region, name)
  if (work?.status === 'CREATING') return { address, port: facts.port, vpcEndpoints: [] }
  const { subnets } = networkOf(region)
  const networkInterfaces = facts.subnetIds.map((subnetId, index) => ({
    networkInterfaceId: standingId('eni', `${facts.workgroupId} ${subnetId}`, region),
    subnetId,
    privateIpAddress: `172.31.${index * 16}.${20 + index}`,
    availabilityZone: subnets.get(subnetId)?.AvailabilityZone,
  }))
  const vpcEndpointId = standingId('vpce', facts.workgroupId, region)
  return {
    address,
    port: facts.port,
    vpcEndpoints: [{ vpcEndpointId, vpcId: vpcOf(region, facts.subnetIds[0]), networkInterfaces }],
  }
}
