// Clusters: listing them, changing them, restarting them.

import type * as client from '@aws-sdk/client-redshift'
import { ClusterNotFoundFault$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from './cluster-view.ts'
import type { ClusterRecord } from './model.ts'
import { modifyCluster } from './modify-cluster.ts'
import { pageOf } from './page.ts'
import { matchesTags } from './tags.ts'
import { demandRest, rebooting, rebootTime, startWork } from './work.ts'

/** The cluster of that name, or ClusterNotFound. Cluster names are kept in lower case. */
export function getCluster({ redshift }: Region, id: string): ClusterRecord {
  const cluster = redshift.clusters.get(id.toLowerCase())
  // Wording: moto, whose Redshift tests were checked against AWS.
  if (!cluster) throw fault(ClusterNotFoundFault$, `Cluster ${id} not found.`)
  return cluster
}

export const clusterOperations = {
  DescribeClusters(input, { region }) {
    const one = input.ClusterIdentifier
    const chosen = one ? [getCluster(region, one)] : [...region.redshift.clusters.values()]
    const matching = chosen.filter(({ facts }) => matchesTags(facts.Tags, input))
    const { items, ...marker } = pageOf(matching, ({ id }) => [id], input)
    return { Clusters: items.map(viewCluster), ...marker }
  },

  ModifyCluster(input, context) {
    const cluster = getCluster(context.region, input.ClusterIdentifier)
    modifyCluster(cluster, input, context)
    return { Cluster: viewCluster(cluster) }
  },

  RebootCluster(input, { state, region, now }) {
    const cluster = getCluster(region, input.ClusterIdentifier)
    demandRest(cluster, 'reboot')
    startWork(state, region, cluster, rebooting(now + rebootTime))
    return { Cluster: viewCluster(cluster) }
  },
} satisfies Operations<typeof client>
