// Clusters: listing them, changing them, restarting them.

import type * as client from '@aws-sdk/client-redshift'
import { ClusterNotFoundFault$ } from '@aws-sdk/client-redshift'
import type { Region } from '../../state.ts'
import { fault } from '../../wire/errors.ts'
import type { Operations } from '../../wire/operations.ts'
import { viewCluster } from './cluster-view.ts'
import type { ClusterRecord } from './model.ts'
import { pageOf } from './page.ts'
import { matchesTags } from './tags.ts'

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
    const { items, ...marker } = pageOf(matching, ({ id }) => id, input)
    return { Clusters: items.map(viewCluster), ...marker }
  },
} satisfies Operations<typeof client>
