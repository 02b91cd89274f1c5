// What AWS shows of a cluster at a moment: its facts, with status, group and pending values worked out.

import type { Cluster, ClusterParameterGroupStatus } from '@aws-sdk/client-redshift'
import type { ClusterRecord } from './model.ts'
import { families } from './parameters.ts'

/** A cluster as DescribeClusters shows it. */
export function viewCluster(cluster: ClusterRecord): Cluster {
  return {
    ...cluster.facts,
    ...(cluster.work && {
      ClusterStatus: cluster.work.status,
      ClusterAvailabilityStatus: cluster.work.availability,
    }),
    ClusterParameterGroups: [viewGroup(cluster)],
  }
}

function viewGroup({ group, pending, applying }: ClusterRecord): ClusterParameterGroupStatus {
  const statusOf = (parameter: string) =>
    pending.has(parameter) ? 'pending-reboot' : applying.has(parameter) ? 'applying' : 'in-sync'
  return {
    ParameterGroupName: group.name,
    ParameterApplyStatus: pending.size > 0 ? 'pending-reboot' : applying.size > 0 ? 'applying' : 'in-sync',
    // Recorded answers list every parameter, also when all are in-sync (aws-config-rdk, 2022-02-15); the examples of
    // the AWS CLI leave the list out.
    ClusterParameterStatusList: (families[group.family] ?? []).map(({ name }) => ({
      ParameterName: name,
      ParameterApplyStatus: statusOf(name),
    })),
  }
}
