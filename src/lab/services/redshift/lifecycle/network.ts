// The networks clusters stand in.

import { InvalidSubnet$ } from '@aws-sdk/client-redshift'
import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'

/** A subnet as Redshift sees it. */
export type Subnet = { id: string; vpc: string; zone: string }

/** The VPC that every region has from the start, its security group and its subnets. */
export function defaultNetwork({ name, account }: Region): {
  vpc: string
  securityGroup: string
  subnets: Subnet[]
} {
  const vpc = 'vpc-0a1b2c3d4e5f60718'
  const subnets = ['a', 'b', 'c'].map((letter) => {
    const zone = name + letter
    return { id: `subnet-${hexOf(`subnet ${account.id} ${zone}`, 17)}`, vpc, zone }
  })
  return { vpc, securityGroup: 'sg-0a1b2c3d4e5f60718', subnets }
}

/** The subnets of those ids, or InvalidSubnet. */
export function subnetsOf(region: Region, ids: string[]): Subnet[] {
  const known = defaultNetwork(region).subnets
  return ids.map((id) => {
    const subnet = known.find((one) => one.id === id)
    // Wording: the fault's description, which asks for subnets of one VPC that are valid.
    if (!subnet) throw fault(InvalidSubnet$, `The requested subnet ${id} is not valid.`)
    return subnet
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
