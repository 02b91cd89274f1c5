// A cluster or a namespace that copies its snapshots to another region no more.

import type { Resource, ResourceTypes } from '#model/resource.ts'
import { namespaceCopyingStopped } from '#model/serverless-copy.ts'
import { copyingStopped } from '#model/snapshot-copy.ts'
import { defineAction, type Estate } from '#model/wish.ts'
import { about, refuse, warehouseOf } from './common.ts'

export default defineAction({
  name: 'copy disable',
  summary: 'Stop copying the snapshots of a cluster or a namespace to another region',
  requires: [],
  takes: ['cluster', 'namespace'],
  wishes(options, estate) {
    const warehouse = warehouseOf(options, estate)
    const drafts =
      warehouse.type === 'redshift:cluster' ? ofCluster(warehouse) : ofNamespace(warehouse, estate)
    if (drafts.length === 0)
      refuse(`${warehouse.name} copies its snapshots nowhere.`, 'There is nothing to do.')
    return [about(warehouse, drafts)]
  },

  examples: [{ cluster: 'sales' }, { namespace: 'planning' }],
})

const ofCluster = (cluster: Resource<'redshift:cluster'>) =>
  cluster.facts.ClusterSnapshotCopyStatus?.DestinationRegion ? [copyingStopped(cluster)] : []

function ofNamespace(namespace: Resource<'redshift-serverless:namespace'>, estate: Estate) {
  const copyConfigurations = estate.answer(namespace, 'copyConfigurations') as Copying[]
  return copyConfigurations.map((copying) =>
    namespaceCopyingStopped({ ...namespace, copyConfigurations }, copying),
  )
}

type Copying = ResourceTypes['redshift-serverless:copy-configuration']['facts']
