// Makes a cluster from its seed.

import { type Cluster, Cluster$ } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { ClusterSeed } from '#lab/world.ts'
import { namespaceArn, recordOf, usualCluster } from './lifecycle/usual-cluster.ts'
import type { ClusterRecord } from './model.ts'
import { seedGroups } from './seed-groups.ts'

/** A cluster with everything left out at the value AWS would give. */
export function seedCluster(region: Region, seed: ClusterSeed, now: number): ClusterRecord {
  const { ParameterGroup: groupName, ClusterParameterGroups: statuses = [], ...rest } = seed
  const { inForce = {}, logging: _, people: __, ...facts } = rest
  const id = seed.ClusterIdentifier.toLowerCase()
  const where = `cluster ${id} in ${region.name}`
  const { group, others, troubles, waiting } = seedGroups(region, groupName, statuses, inForce, where)
  return {
    ...recordOf(
      id,
      {
        ...usualSeeded(region, id, now),
        ...networkOf(region, seed),
        ...readPlain<Cluster>(Cluster$, facts, now, where),
        ClusterIdentifier: id,
      },
      group,
    ),
    pending: waiting,
    ...(troubles.size > 0 && { troubles }),
    ...(others.length > 0 && { otherGroups: others }),
  }
}

// A cluster stands where its subnet group is. One that the world does not have is somebody else's, as of an imported world.
function networkOf({ redshift }: Region, { ClusterSubnetGroupName: name }: ClusterSeed): Cluster {
  const group = name === undefined ? undefined : redshift.subnetGroups.get(name.toLowerCase())
  return group ? { VpcId: group.vpc } : {}
}

// What differs from a cluster that is created now.
function usualSeeded(region: Region, id: string, now: number): Cluster {
  return {
    ...usualCluster(region, id, now),
    NodeType: 'ra3.xlplus',
    NumberOfNodes: 2,
    ClusterCreateTime: new Date(now - 90 * day),
    PreferredMaintenanceWindow: 'sun:03:00-sun:03:30',
    ClusterNamespaceArn: namespaceArn(region, seededUuid(`${region.account.id} ${region.name} ${id}`)),
  }
}

function seededUuid(name: string): string {
  const hex = hexOf(`namespace ${name}`, 32)
  return [0, 8, 12, 16, 20].map((from, index) => hex.slice(from, [8, 12, 16, 20, 32][index])).join('-')
}
