// The roles that clusters and namespaces use, with their policies, as a world writes them.

import { listOf, type Shard } from '#model/inventory.ts'
import { told } from './keys.ts'
import type { Thing } from './redshift.ts'

/** The roles of a shard. Attached policies are written as inline ones: what they allow is the same. */
export function rolesOf(shard: Shard): Thing[] {
  return listOf(shard, 'iam:role').flatMap(({ facts, arn, asked }) => {
    const policies = told(asked.policies)
    if (!policies || !arn.includes(`::${shard.account}:`)) return []
    const path = arn.slice(arn.indexOf(':role/') + ':role'.length, arn.lastIndexOf('/') + 1)
    return {
      name: facts.RoleName,
      ...(path !== '/' && { Path: path }),
      trusts: [shard.account],
      RolePolicyList: policies.map(({ name, document }) => ({
        PolicyName: name.slice(name.lastIndexOf('/') + 1),
        PolicyDocument: document ?? { Version: '2012-10-17', Statement: [] },
      })),
    }
  })
}
