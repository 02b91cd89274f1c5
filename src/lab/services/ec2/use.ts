// What other services know of a region's network without loading EC2: the names of what stands in each one.

import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'

type Place = Pick<Region, 'name'> & { account: { id: string } }

/** The id of something that every region has; the same region always has the same. */
export function standingId(prefix: string, what: string, { name, account }: Place): string {
  return `${prefix}-0${hexOf(`${account.id} ${name} ${what}`, 16)}`
}

/** The default VPC of a region. */
export function defaultVpcId(region: Place): string {
  return standingId('vpc', 'default vpc', region)
}

/** The default security group of the default VPC. */
export function defaultGroupId(region: Place): string {
  return standingId('sg', `default group of ${defaultVpcId(region)}`, region)
}

/** The default subnets, one a zone: `eu-west-1a` and its id. */
export function defaultSubnets(region: Place): { zone: string; id: string }[] {
  return zoneNames(region).map((zone) => ({
    zone,
    id: standingId('subnet', `default subnet ${zone}`, region),
  }))
}

/** The availability zones of a region. Unverified: that each has three. */
export function zoneNames({ name }: Pick<Region, 'name'>): string[] {
  return ['a', 'b', 'c'].map((letter) => `${name}${letter}`)
}

/** Whether VPC Block Public Access keeps the internet out of the region: nothing in it can be made public then. */
export function isInternetBlocked({ ec2 }: Region): boolean {
  return ec2.blockPublicAccess.mode !== 'off'
}
