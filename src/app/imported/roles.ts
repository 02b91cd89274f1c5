// The roles that clusters and namespaces use, with their policies, as a world writes them.

import { listOf, type Shard } from '#model/inventory.ts'
import { told } from './keys.ts'
import type { Thing } from './redshift.ts'

/** The roles of a shard. Attached policies are written as inline ones: what they allow is the same. */
export function rolesOf(shard: Shard): Thing[] {
  return ownRoles(shard).flatMap(({ facts, arn, asked }) => {
    const policies = told(asked.policies)
    if (!policies) return []
    const path = arn.slice(arn.indexOf(':role/') + ':role'.length, arn.lastIndexOf('/') + 1)
    const boundary = told(asked.boundary)
    return {
      name: facts.RoleName,
      ...(path !== '/' && { Path: path }),
      trusts: [shard.account],
      RolePolicyList: policies.map(({ name, document }) => ({
        PolicyName: name.slice(name.lastIndexOf('/') + 1),
        PolicyDocument: document ?? nothing,
      })),
      ...(boundary && { PermissionsBoundary: { PermissionsBoundaryArn: boundary.name } }),
    }
  })
}

/** The policies of the account that bound those roles; AWS's own are in every lab. */
export function boundariesOf(shard: Shard): Thing[] {
  return ownRoles(shard).flatMap(({ asked }) => {
    const boundary = told(asked.boundary)
    if (!boundary?.name.includes(`::${shard.account}:`)) return []
    const path = boundary.name.slice(boundary.name.indexOf(':policy/') + ':policy'.length)
    const Path = path.slice(0, path.lastIndexOf('/') + 1)
    return {
      PolicyName: path.slice(Path.length),
      ...(Path !== '/' && { Path }),
      PolicyVersionList: [{ Document: boundary.document ?? nothing }],
    }
  })
}

const ownRoles = (shard: Shard) =>
  listOf(shard, 'iam:role').filter(({ arn }) => arn.includes(`::${shard.account}:`))

const nothing = { Version: '2012-10-17', Statement: [] }
