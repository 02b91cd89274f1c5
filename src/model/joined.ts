// Answers about one resource that other resources of the inventory give: the parameters of a cluster's groups,
// the snapshots of a cluster, the key of either, the other copies of a snapshot's data.

import type { Inventory, Shard } from './inventory.ts'
import { append, type Beyond, datasetOf, JoinIndex } from './join-index.ts'
import type { Join } from './joins/join.ts'
import { joins } from './joins.ts'
import {
  type Answer,
  type ClusterFacts,
  isGap,
  type OtherCopies,
  type Resource,
  type ResourceType,
  type SnapshotFacts,
} from './resource.ts'
import { decryptsWhile } from './restorable.ts'

/** Answers about a resource, whether it was asked for it or joined from others. */
export type Answers = (resource: Resource, need: string) => Answer<unknown>

/** Opens a shard for questions. Give what lies beyond it when that will be asked for. */
export function answersOf(shard: Shard, beyond?: Beyond): Answers {
  const index = new JoinIndex(shard)
  for (const resource of shard.resources) index.add(resource)
  return answersFrom(index, beyond)
}

/** Opens an index for questions. */
export function answersFrom(index: JoinIndex, beyond: Beyond = {}): Answers {
  return (resource, need) => {
    const asked = (resource.asked as Record<string, Answer<unknown> | undefined>)[need]
    if (asked) return asked
    const join = (joins[resource.type] as Record<string, Join<ResourceType>> | undefined)?.[need]
    if (!join) throw new Error(`nothing answers "${need}" for ${resource.arn}`)
    return join(resource, index, beyond)
  }
}

/** Which snapshots hold the data of the same cluster, over all regions of an account. */
export type CopyIndex = { otherThan(arn: string, account: string, facts: SnapshotFacts): OtherCopies }

/**
 * Reads every shard once and remembers, for each cluster that ever was, its snapshots and whether it still lives.
 * A cluster is known by its name and creation time: a new cluster of an old name holds other data. What lies under a key
 * that cannot be used holds none.
 */
export async function indexCopies(inventory: Inventory): Promise<CopyIndex> {
  const snapshots = new Map<string, { arn: string; facts: SnapshotFacts }[]>()
  const living = new Map<string, Resource<'redshift:cluster'>>()
  const lostKeys = new Set<string | undefined>()
  for await (const shard of inventory.shards()) {
    for (const resource of shard.resources) {
      if (resource.type === 'redshift:cluster' && holdsData(resource.facts)) {
        living.set(datasetOf(resource.account, resource.facts), resource)
      }
      if (resource.type === 'kms:key' && cannotDecrypt(resource)) lostKeys.add(resource.arn)
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
      if (cluster && !lostKeys.has(cluster.facts.KmsKeyId)) return { cluster: cluster.arn, snapshots: [] }
      const others = (snapshots.get(dataset) ?? [])
        .filter((snapshot) => snapshot.arn !== arn)
        .filter((snapshot) => !lostKeys.has(snapshot.facts.KmsKeyId))
      return { cluster: null, snapshots: others }
    },
  }
}

const lost = [
  'creating',
  'deleting',
  'final-snapshot',
  'hardware-failure',
  'incompatible-restore',
  'inaccessible-kms-key',
]

/** Under a key that is known not to decrypt, nothing can be read. */
function cannotDecrypt({ asked: { metadata } }: Resource<'kms:key'>): boolean {
  const state = metadata && !isGap(metadata) ? metadata.value.KeyState : undefined
  return state !== undefined && !decryptsWhile(state)
}

function holdsData({ ClusterStatus = '' }: ClusterFacts): boolean {
  return !lost.includes(ClusterStatus)
}
