// How an example of a workgroup is seeded: the workgroup with its tags and its policy, its namespace, its security group and what that names.

import type { RegionSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { Seed } from '../world.ts'

export function workgroup({ facts, answers }: Example<'redshift-serverless:workgroup'>): Seed {
  const { namespaceName = '', workgroupName = '' } = facts
  const region = {
    namespaces: [{ ...answers.namespace, namespaceName }],
    workgroups: [{ ...facts, tags: answers.tags ?? [] }],
    resourcePolicies: answers.policy ? [{ workgroupName, policy: answers.policy }] : [],
    securityGroups: (answers.securityGroups ?? []).map((group) => ({
      ...group,
      Description: 'of the examples',
    })),
    prefixLists: Object.entries(answers.prefixLists ?? {}).map(([PrefixListId, Entries]) => ({
      PrefixListId,
      PrefixListName: PrefixListId,
      Entries,
    })),
  }
  return { region: region as RegionSeed }
}
