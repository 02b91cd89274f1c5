// Finds a cluster by name.

import { ClusterNotFoundFault$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { ClusterRecord } from './model.ts'

/** The cluster of that name, or ClusterNotFound. Cluster names are kept in lower case. */
export function getCluster({ redshift }: Region, id: string): ClusterRecord {
  const cluster = redshift.clusters.get(id.toLowerCase())
  // Wording: moto, whose Redshift tests were checked against AWS.
  if (!cluster) throw fault(ClusterNotFoundFault$, `Cluster ${id} not found.`)
  return cluster
}
