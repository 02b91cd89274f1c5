// Namespaces, workgroups and serverless snapshots of an inventory as a world writes them.

import { listOf, type Shard } from '#model/inventory.ts'
import { told } from './keys.ts'
import { relative } from './moments.ts'
import type { Thing } from './redshift.ts'

/** The members of a region's world that are about Redshift Serverless. */
export function serverlessOf(shard: Shard, takenAt: string): Record<string, Thing[]> {
  const namespaces = listOf(shard, 'redshift-serverless:namespace')
  const workgroups = listOf(shard, 'redshift-serverless:workgroup')
  const snapshots = listOf(shard, 'redshift-serverless:snapshot')
  return {
    namespaces: namespaces.map(({ facts, asked }) => withTags(relative(facts, takenAt), told(asked.tags))),
    workgroups: workgroups.map(({ facts, asked }) => withTags(relative(facts, takenAt), told(asked.tags))),
    serverlessSnapshots: snapshots.map(({ facts }) => {
      const { snapshotRemainingDays, ...kept } = relative(facts, takenAt)
      return kept
    }),
    resourcePolicies: [
      ...snapshots.flatMap(({ name: snapshotName, asked }) =>
        withPolicy({ snapshotName }, told(asked.policy)),
      ),
      ...workgroups.flatMap(({ name: workgroupName, asked }) =>
        withPolicy({ workgroupName }, told(asked.policy)),
      ),
      ...namespaces.flatMap(({ name: namespaceName, asked }) =>
        withPolicy({ namespaceName }, told(asked.policy)),
      ),
    ],
  }
}

const withPolicy = (of: Thing, policy: object | null | undefined): Thing[] =>
  policy ? [{ ...of, policy }] : []

function withTags(facts: object, tags: unknown[] | undefined): Thing {
  return { ...facts, ...(tags && tags.length > 0 && { tags }) }
}
