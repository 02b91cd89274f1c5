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
  const name = { ParameterGroupName: group.name }
  const status = pending.size > 0 ? 'pending-reboot' : applying.size > 0 ? 'applying' : 'in-sync'
  // With nothing pending the real answer has no list at all (AWS CLI examples enable-snapshot-copy, rotate-encryption-key).
  if (status === 'in-sync') return { ...name, ParameterApplyStatus: status }
  const statusOf = (parameter: string) =>
    pending.has(parameter) ? 'pending-reboot' : applying.has(parameter) ? 'applying' : 'in-sync'
  const list = (families[group.family] ?? []).map((parameter) => ({
    ParameterName: parameter.name,
    ParameterApplyStatus: statusOf(parameter.name),
  }))
  return { ...name, ParameterApplyStatus: status, ClusterParameterStatusList: list }
}
