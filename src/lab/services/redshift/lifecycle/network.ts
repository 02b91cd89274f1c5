// The networks clusters stand in.

import { InvalidSubnet$ } from '@aws-sdk/client-redshift'
import { networkOf } from '#lab/services/ec2/network.ts'
import { defaultGroupId, defaultSubnets, defaultVpcId } from '#lab/services/ec2/use.ts'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'

/** A subnet as Redshift sees it. */
export type Subnet = { id: string; vpc: string; zone: string }

/** The default VPC of a region, its security group and its subnets. */
export function defaultNetwork(region: Region): { vpc: string; securityGroup: string; subnets: Subnet[] } {
  const vpc = defaultVpcId(region)
  const subnets = defaultSubnets(region).map(({ id, zone }) => ({ id, vpc, zone }))
  return { vpc, securityGroup: defaultGroupId(region), subnets }
}

/** The subnets of those ids, or InvalidSubnet. */
export function subnetsOf(region: Region, ids: string[]): Subnet[] {
  const { subnets } = networkOf(region)
  return ids.map((id) => {
    const { VpcId: vpc, AvailabilityZone: zone } = subnets.get(id) ?? {}
    // Wording: the fault's description, which asks for subnets of one VPC that are valid.
    if (!vpc || !zone) throw fault(InvalidSubnet$, `The requested subnet ${id} is not valid.`)
    return { id, vpc, zone }
  })
}

/** The availability zones of a region. */
export function zonesOf(region: Region): string[] {
  return defaultNetwork(region).subnets.map(({ zone }) => zone)
}

/** Throws unless the ids look like security groups. Unverified: code and wording. */
export function checkSecurityGroups(ids: string[]): void {
  const wrong = ids.find((id) => !/^sg-[0-9a-f]{8,17}$/.test(id))
  if (wrong !== undefined) throw common('InvalidParameterValue', `Invalid security group , groupId= ${wrong}`)
}

/** Throws unless the zone is one of the region's. Unverified: code and wording. */
export function checkZone(region: Region, zone: string): void {
  if (zonesOf(region).includes(zone)) return
  throw common('InvalidParameterValue', `Invalid availability zone: ${zone}`)
}

/** Whether the text is an IPv4 address. */
export function isAddress(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}
