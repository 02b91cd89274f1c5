// One account and region of the inventory, as plans are made from it.

import { readFact } from '#model/fact.ts'
import type { Shard } from '#model/inventory.ts'
import type { Beyond } from '#model/join-index.ts'
import { type Answers, answersOf } from '#model/joined.ts'
import type { Assumption } from '#model/plan.ts'
import { isGap, type Resource, type ResourceType } from '#model/resource.ts'

/** One account and region of the inventory, ready to be looked things up in. */
export type Site = { shard: Shard; byArn: ReadonlyMap<string, Resource>; answers: Answers }

/** A shard, ready to be looked things up in. */
export function siteOf(shard: Shard, beyond: Beyond = {}): Site {
  const byArn = new Map(shard.resources.map((resource) => [resource.arn, resource]))
  return { shard, byArn, answers: answersOf(shard, beyond) }
}

/** The facts that make a resource the same one, and the same in what the fixes rely on. */
const identity: Partial<Record<ResourceType, readonly string[]>> = {
  'redshift:cluster': ['ClusterCreateTime'],
  'redshift-serverless:namespace': ['namespaceId'],
  'redshift-serverless:workgroup': ['workgroupId'],
  'redshift-serverless:snapshot': ['snapshotCreateTime'],
  'redshift:parameter-group': ['clusters'],
  'redshift:snapshot': ['SnapshotCreateTime', 'SnapshotRetentionStartTime'],
}

/** What makes a resource the one that a plan was made for. */
export function identityOf({ byArn, answers }: Site, arn: string): Assumption[] {
  const resource = byArn.get(arn)
  if (!resource) return []
  return (identity[resource.type] ?? []).flatMap((fact) => {
    if (fact !== 'clusters') return { resource: arn, fact, value: readFact(resource, fact) }
    const clusters = answers(resource, fact)
    return isGap(clusters) ? [] : { resource: arn, fact, value: clusters.value as string[] }
  })
}
