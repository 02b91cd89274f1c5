// Cluster subnet groups: the subnets of one VPC in which clusters may stand.

import type * as client from '@aws-sdk/client-redshift'
import {
  type ClusterSubnetGroup,
  ClusterSubnetGroupAlreadyExistsFault$,
  ClusterSubnetGroupNotFoundFault$,
  ClusterSubnetGroupQuotaExceededFault$,
  ClusterSubnetQuotaExceededFault$,
  InvalidClusterSubnetGroupStateFault$,
  InvalidSubnet$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { SubnetGroup } from '../model.ts'
import { pageOf } from '../page.ts'
import { checkTags, matchesTags } from '../tags.ts'
import { defaultNetwork, type Subnet, subnetsOf } from './network.ts'

// Per account and region, and per group: Management Guide, "Quotas and limits" (2026).
const mostGroups = 50
const mostSubnets = 20

const defaultName = 'default'

/** The group of that name, or ClusterSubnetGroupNotFoundFault. Every region has `default`, over its default VPC. */
export function getSubnetGroup(region: Region, name: string): SubnetGroup {
  const wanted = name.toLowerCase()
  const group =
    region.redshift.subnetGroups.get(wanted) ?? (wanted === defaultName ? defaultGroup(region) : undefined)
  // Wording: moto.
  if (!group) throw fault(ClusterSubnetGroupNotFoundFault$, `Subnet group ${name} not found.`)
  return group
}

function defaultGroup(region: Region): SubnetGroup {
  const { vpc, subnets } = defaultNetwork(region)
  return { name: defaultName, description: 'default', vpc, subnets, tags: [] }
}

export const subnetGroupOperations = {
  CreateClusterSubnetGroup(input, { region }) {
    const { subnetGroups } = region.redshift
    const name = checkedName(input.ClusterSubnetGroupName)
    if (subnetGroups.has(name)) {
      // Unverified: wording of this and the next.
      throw fault(ClusterSubnetGroupAlreadyExistsFault$, `Subnet group ${name} already exists.`)
    }
    if (subnetGroups.size >= mostGroups)
      throw fault(ClusterSubnetGroupQuotaExceededFault$, 'Cluster subnet group quota exceeded')
    checkTags(input.Tags ?? [])
    const subnets = checkedSubnets(region, input.SubnetIds)
    const vpc = subnets[0]?.vpc ?? ''
    const group = { name, description: input.Description, vpc, subnets, tags: input.Tags ?? [] }
    subnetGroups.set(name, group)
    return { ClusterSubnetGroup: viewSubnetGroup(group) }
  },

  ModifyClusterSubnetGroup(input, { region }) {
    const group = getSubnetGroup(region, input.ClusterSubnetGroupName)
    const subnets = checkedSubnets(region, input.SubnetIds)
    if (subnets[0]?.vpc !== group.vpc) {
      // Unverified: wording. A group stays in its VPC.
      throw fault(InvalidSubnet$, 'The new subnets are not in the same VPC as the existing subnet group.')
    }
    group.subnets = subnets
    if (input.Description !== undefined) group.description = input.Description
    region.redshift.subnetGroups.set(group.name, group)
    return { ClusterSubnetGroup: viewSubnetGroup(group) }
  },

  DeleteClusterSubnetGroup(input, { region }) {
    const group = getSubnetGroup(region, input.ClusterSubnetGroupName)
    const clusters = [...region.redshift.clusters.values()]
    const isUsed = clusters.some(({ facts }) => facts.ClusterSubnetGroupName === group.name)
    if (isUsed || group.name === defaultName) {
      // Wording: the fault's description.
      throw fault(
        InvalidClusterSubnetGroupStateFault$,
        'The cluster subnet group cannot be deleted because it is in use.',
      )
    }
    region.redshift.subnetGroups.delete(group.name)
    return {}
  },

  DescribeClusterSubnetGroups(input, { region }) {
    const one = input.ClusterSubnetGroupName
    const { subnetGroups } = region.redshift
    const all = subnetGroups.has(defaultName)
      ? [...subnetGroups.values()]
      : [defaultGroup(region), ...subnetGroups.values()]
    const chosen = one ? [getSubnetGroup(region, one)] : all
    const matching = chosen.filter(({ tags }) => matchesTags(tags, input))
    const { items, ...marker } = pageOf(matching, ({ name }) => [name], input)
    return { ClusterSubnetGroups: items.map(viewSubnetGroup), ...marker }
  },
} satisfies Operations<typeof client>

// "No more than 255 alphanumeric characters or hyphens; must not be 'Default'" (API). Unverified: code and wording.
function checkedName(text: string): string {
  const name = text.toLowerCase()
  if (/^[a-z0-9._ -]{1,255}$/.test(name) && name !== defaultName) return name
  throw common('InvalidParameterValue', `The parameter ClusterSubnetGroupName is not a valid name: ${text}`)
}

/** The subnets of those ids, which must be of one VPC, or AWS's refusal. */
export function checkedSubnets(region: Region, ids: string[]): Subnet[] {
  if (ids.length > mostSubnets) {
    // Unverified: wording of both.
    throw fault(ClusterSubnetQuotaExceededFault$, `A subnet group can have at most ${mostSubnets} subnets.`)
  }
  const subnets = subnetsOf(region, ids)
  const isOneVpc = subnets.length > 0 && new Set(subnets.map(({ vpc }) => vpc)).size === 1
  if (!isOneVpc) throw fault(InvalidSubnet$, 'The subnets must all be in the same VPC.')
  return subnets
}

function viewSubnetGroup({ name, description, vpc, subnets, tags }: SubnetGroup): ClusterSubnetGroup {
  return {
    ClusterSubnetGroupName: name,
    Description: description,
    VpcId: vpc,
    SubnetGroupStatus: 'Complete',
    Subnets: subnets.map(({ id, zone }) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: zone, SupportedPlatforms: [] },
      SubnetStatus: 'Active',
    })),
    Tags: tags,
    SupportedClusterIpAddressTypes: ['ipv4'],
  }
}
