// What the joins of a shard look things up in: built by taking in its resources one after another.

import { madeOnce } from '#kit/made-once.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Shard, ShardLine } from './inventory.ts'
import type { CopyIndex } from './joined.ts'
import type {
  AutomatedSnapshot,
  ClusterFacts,
  DataHere,
  KeyUse,
  Resource,
  ResourceType,
  SnapshotFacts,
} from './resource.ts'

/** The types of which a shard has so many that only what joins read of them is kept. */
type Many = 'redshift:snapshot' | 'redshift-serverless:snapshot'

/** What more than one shard tells. Without it, questions about it end in a gap. */
export type Beyond = { copies?: CopyIndex | undefined; elsewhere?: Elsewhere | undefined }

/** The index of one shard. */
export class JoinIndex {
  readonly shard: Pick<Shard, 'account' | 'region' | 'lists'>
  readonly clustersByGroup = new Map<string, string[]>()
  readonly automatedSnapshots = new Map<string, AutomatedSnapshot[]>()
  /** What the clusters of the shard hold, as `datasetOf` names it. */
  readonly datasets = new Set<string>()
  readonly data: DataHere = { clusters: 0, namespaces: 0, snapshots: 0 }
  readonly #keyUses = new Map<string, KeyUse>()
  readonly #byType = new Map<ResourceType, Map<string, Resource>>()
  readonly #lists = new Map<ResourceType, Resource[]>()

  constructor(shard: JoinIndex['shard']) {
    this.shard = shard
  }

  /** Takes in one line of the shard. */
  take(line: ShardLine): void {
    if ('resource' in line) this.add(line.resource)
    else this.shard.lists[line.list] = line.answer
  }

  /** Takes in one resource. */
  add(resource: Resource): void {
    if (resource.type === 'redshift:snapshot') {
      const { SnapshotType, ClusterIdentifier = '', KmsKeyId } = resource.facts
      if (SnapshotType === 'automated')
        append(this.automatedSnapshots, ClusterIdentifier, automatedSnapshot(resource.facts))
      this.data.snapshots++
      this.#use(KmsKeyId)
      return
    }
    if (resource.type === 'redshift-serverless:snapshot') {
      this.data.snapshots++
      this.#use(resource.facts.kmsKeyId)
      return
    }
    this.#keep(resource)
    if (resource.type === 'redshift:cluster') this.#addCluster(resource)
    if (resource.type === 'redshift-serverless:namespace') {
      this.data.namespaces++
      this.#use(resource.facts.kmsKeyId, resource.arn)
    }
    if (resource.type === 'redshift:copy-grant') this.#use(resource.facts.KmsKeyId, resource.arn)
  }

  /** All resources of a type. Snapshots are not kept whole. */
  all<T extends Exclude<ResourceType, Many>>(type: T): Resource<T>[] {
    return (this.#lists.get(type) ?? []) as Resource<T>[]
  }

  /** A resource by what its ARN ends in, or by the whole ARN. */
  find<T extends Exclude<ResourceType, Many>>(type: T, nameOrArn: string): Resource<T> | undefined {
    return this.#byType.get(type)?.get(nameOrArn) as Resource<T> | undefined
  }

  /** What lies under a key, in one order: the lists of a region end in any. */
  usesOf(keyArn: string): KeyUse {
    const { resources, snapshots } = this.#keyUses.get(keyArn) ?? { resources: [], snapshots: 0 }
    return { resources: [...resources].sort(), snapshots }
  }

  #addCluster({ arn, name, account, facts }: Resource<'redshift:cluster'>): void {
    this.data.clusters++
    this.datasets.add(datasetOf(account, facts))
    this.#use(facts.KmsKeyId, arn)
    for (const { ParameterGroupName = '' } of facts.ClusterParameterGroups ?? [])
      append(this.clustersByGroup, ParameterGroupName, name)
  }

  #keep(resource: Resource): void {
    const same = madeOnce(this.#byType, resource.type, () => new Map<string, Resource>())
    same.set(resource.name, resource)
    same.set(resource.arn, resource)
    append(this.#lists, resource.type, resource)
  }

  #use(keyArn: string | undefined, user?: string): void {
    if (!keyArn) return
    const use = madeOnce(this.#keyUses, keyArn, () => ({ resources: [], snapshots: 0 }))
    if (user) use.resources.push(user)
    else use.snapshots++
  }
}

function automatedSnapshot(facts: SnapshotFacts): AutomatedSnapshot {
  const { Status, SourceRegion, ClusterCreateTime, SnapshotCreateTime } = facts
  return { Status, SourceRegion, ClusterCreateTime, SnapshotCreateTime }
}

/** Names what a cluster and its snapshots hold: a new cluster of an old name holds other data. */
export function datasetOf(account: string, facts: ClusterFacts | SnapshotFacts): string {
  return `${account} ${facts.ClusterIdentifier} ${facts.ClusterCreateTime}`
}

/** Adds to the list of a key. */
export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  madeOnce(map, key, () => []).push(value)
}
