// Answers about one resource that other resources of the inventory give: the parameters of a cluster's groups,
// the snapshots of a cluster, the other copies of a snapshot's data.

import { type Inventory, listOf, retold, type Shard } from './inventory.ts'
import {
  type Answer,
  type ClusterFacts,
  type Gap,
  isGap,
  type Origin,
  type OtherCopies,
  type ParameterGroupInUse,
  type Resource,
  type ResourceType,
  type SnapshotFacts,
  type Told,
} from './resource.ts'

/** An answer about a resource, whether it was asked for it or joined from others. */
export type Answers = (resource: Resource, need: string) => Answer<unknown>

type Join<T extends ResourceType> = (resource: Resource<T>, index: Index) => Answer<unknown>

/** What the joins look up, built once for a shard. */
type Index = {
  shard: Shard
  groups: Map<string, Resource<'redshift:parameter-group'>>
  clustersByGroup: Map<string, string[]>
  snapshotsByCluster: Map<string, SnapshotFacts[]>
  /** What the clusters of the shard hold, as `datasetOf` names it. */
  datasets: Set<string>
  copies: CopyIndex | undefined
}

const joins: { [T in ResourceType]: Record<string, Join<T>> } = {
  'redshift:cluster': {
    parameters: ({ facts }, { shard, groups, clustersByGroup }) => {
      const used: ParameterGroupInUse[] = []
      let last: Told<unknown> | undefined
      for (const { ParameterGroupName: name = '' } of facts.ClusterParameterGroups ?? []) {
        const answer = groups.get(name)?.asked.parameters ?? missing(shard, 'redshift:parameter-group')
        if (isGap(answer)) return answer
        const list = shard.lists['redshift:cluster']
        const clusters = list && !isGap(list) ? (clustersByGroup.get(name) ?? []) : null
        used.push({ name, parameters: answer.value, clusters })
        last = answer
      }
      return last ? retold(last, used) : listed(shard, 'redshift:cluster', used)
    },
    parameterGroups: (_, { shard }) =>
      listed(
        shard,
        'redshift:parameter-group',
        listOf(shard, 'redshift:parameter-group').map(({ facts }) => facts),
      ),
    snapshots: ({ name }, { shard, snapshotsByCluster }) =>
      listed(shard, 'redshift:snapshot', snapshotsByCluster.get(name) ?? []),
  },
  'redshift:parameter-group': {
    clusters: ({ name }, { shard, clustersByGroup }) =>
      listed(shard, 'redshift:cluster', clustersByGroup.get(name) ?? []),
  },
  'redshift:snapshot': {
    // Nothing is judged by it, only told: a refused list must not hide what the facts say of a snapshot.
    origin: ({ source, takenAt, facts }, index) => {
      const list = index.shard.lists['redshift:cluster']
      if (!list || isGap(list)) return { source, takenAt, value: 'untold' }
      return retold(list, originOf(facts, index))
    },
    otherCopies: ({ arn, account, facts }, { shard, copies }) => {
      const list = shard.lists['redshift:cluster']
      if (!list || isGap(list)) return missing(shard, 'redshift:cluster')
      if (!copies) return missing(shard, 'redshift:snapshot')
      return retold(list, copies.otherThan(arn, account, facts))
    },
  },
}

function originOf(facts: SnapshotFacts, { shard, datasets }: Index): Origin {
  const isFromElsewhere = facts.SourceRegion && facts.SourceRegion !== shard.region
  if (isFromElsewhere || !facts.ClusterCreateTime) return 'untold'
  return datasets.has(datasetOf(shard.account, facts)) ? 'lives' : 'gone'
}

/** A list's own answer with another value; the gap when the list could not be read to its end. */
function listed<T>(shard: Shard, type: ResourceType, value: T): Answer<T> {
  const list = shard.lists[type]
  return list && !isGap(list) ? retold(list, value) : missing(shard, type)
}

const sources = {
  'redshift:cluster': 'redshift:DescribeClusters',
  'redshift:parameter-group': 'redshift:DescribeClusterParameterGroups',
  'redshift:snapshot': 'redshift:DescribeClusterSnapshots',
} as const

function missing(shard: Shard, type: ResourceType): Gap {
  const list = shard.lists[type]
  if (list && isGap(list)) return list
  return {
    source: sources[type],
    takenAt: '',
    gap: 'failed',
    code: 'NotCollected',
    message: 'this was not collected',
  }
}

/** Opens a shard for questions. Give `copies` when the other copies of a snapshot's data will be asked for. */
export function answersOf(shard: Shard, copies?: CopyIndex): Answers {
  const index = indexOf(shard, copies)
  return (resource, need) => {
    const asked = (resource.asked as Record<string, Answer<unknown> | undefined>)[need]
    if (asked) return asked
    const join = (joins[resource.type] as Record<string, Join<ResourceType>>)[need]
    if (!join) throw new Error(`nothing answers "${need}" for ${resource.arn}`)
    return join(resource, index)
  }
}

function indexOf(shard: Shard, copies: CopyIndex | undefined): Index {
  const index: Index = {
    shard,
    groups: new Map(),
    clustersByGroup: new Map(),
    snapshotsByCluster: new Map(),
    datasets: new Set(),
    copies,
  }
  for (const resource of shard.resources) {
    if (resource.type === 'redshift:parameter-group') index.groups.set(resource.name, resource)
    if (resource.type === 'redshift:cluster') {
      index.datasets.add(datasetOf(resource.account, resource.facts))
      for (const group of resource.facts.ClusterParameterGroups ?? []) {
        append(index.clustersByGroup, group.ParameterGroupName ?? '', resource.name)
      }
    }
    if (resource.type === 'redshift:snapshot') {
      append(index.snapshotsByCluster, resource.facts.ClusterIdentifier ?? '', resource.facts)
    }
  }
  return index
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

/** Which snapshots hold the data of the same cluster, over all regions of an account. */
export type CopyIndex = { otherThan(arn: string, account: string, facts: SnapshotFacts): OtherCopies }

/**
 * Reads every shard once and remembers, for each cluster that ever was, its snapshots and whether it still lives.
 * A cluster is known by its name and creation time: a new cluster of an old name holds other data.
 */
export async function indexCopies(inventory: Inventory): Promise<CopyIndex> {
  const snapshots = new Map<string, { arn: string; facts: SnapshotFacts }[]>()
  const living = new Map<string, string>()
  for await (const shard of inventory.shards()) {
    for (const resource of shard.resources) {
      if (resource.type === 'redshift:cluster' && holdsData(resource.facts)) {
        living.set(datasetOf(resource.account, resource.facts), resource.arn)
      }
      if (resource.type === 'redshift:snapshot') {
        append(snapshots, datasetOf(resource.account, resource.facts), resource)
      }
    }
  }
  return {
    otherThan: (arn, account, facts) => {
      const dataset = datasetOf(account, facts)
      const cluster = living.get(dataset)
      // Thousands of snapshots of one cluster are not gone through for each of them.
      if (cluster !== undefined) return { cluster, snapshots: [] }
      const others = (snapshots.get(dataset) ?? []).filter((snapshot) => snapshot.arn !== arn)
      return { cluster: null, snapshots: others }
    },
  }
}

function datasetOf(account: string, facts: ClusterFacts | SnapshotFacts): string {
  return `${account} ${facts.ClusterIdentifier} ${facts.ClusterCreateTime}`
}

const lost = [
  'creating',
  'deleting',
  'final-snapshot',
  'hardware-failure',
  'incompatible-restore',
  'inaccessible-kms-key',
]

function holdsData({ ClusterStatus = '' }: ClusterFacts): boolean {
  return !lost.includes(ClusterStatus)
}
