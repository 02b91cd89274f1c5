// Cluster subnet groups of a world.

import { type ClusterSubnetGroup, ClusterSubnetGroup$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Seed } from '#lab/world.ts'
import { checkedSubnets } from './subnet-groups.ts'

/** A subnet group; of its subnets `SubnetIdentifier` is read, and EC2 says the rest. */
export type SubnetGroupSeed = Seed<ClusterSubnetGroup> & { ClusterSubnetGroupName: string }

/** Fills a region with the groups of its seed. Throws one clear sentence when AWS would refuse one. */
export function seedSubnetGroups(region: Region, seeds: SubnetGroupSeed[], now: number): void {
  for (const seed of seeds) {
    const name = seed.ClusterSubnetGroupName.toLowerCase()
    const where = `the subnet group ${name} in ${region.name}`
    const given = readPlain<ClusterSubnetGroup>(ClusterSubnetGroup$, seed, now, where)
    const subnets = subnetsOf(region, given, where)
    const vpc = subnets[0]?.vpc ?? ''
    if (given.VpcId !== undefined && given.VpcId !== vpc)
      throw new Error(`${where} is said to be in ${given.VpcId}, and its subnets are in ${vpc}`)
    if (region.redshift.subnetGroups.has(name)) throw new Error(`${where} is given twice`)
    const description = given.Description ?? name
    region.redshift.subnetGroups.set(name, { name, description, vpc, subnets, tags: given.Tags ?? [] })
  }
}

function subnetsOf(region: Region, { Subnets = [] }: ClusterSubnetGroup, where: string) {
  try {
    return checkedSubnets(
      region,
      Subnets.map(({ SubnetIdentifier = '' }) => SubnetIdentifier),
    )
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new Error(`${where} is one that AWS refuses: ${error.message}`)
  }
}
