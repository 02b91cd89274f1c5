// Clusters: listing them and changing them. What else can be done to them is in `lifecycle/`.

import type * as client from '@aws-sdk/client-redshift'
import type { Operations } from '#lab/wire/operations.ts'
import { viewCluster } from './cluster-view.ts'
import { getCluster } from './get-cluster.ts'
import { modifyCluster } from './modify-cluster.ts'
import { pageOf } from './page.ts'
import { matchesTags } from './tags.ts'

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
} satisfies Operations<typeof client>
