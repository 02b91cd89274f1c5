// The roles that a resource may take on, with what their policies allow.

import { retold } from '../inventory.ts'
import { type Answer, isGap, type Resource, type ResourceType, type RoleInUse } from '../resource.ts'
import { wideRoles } from '../role-reach.ts'
import { decided, type Join, missing, toldBy } from './join.ts'

/** The roles with these ARNs, with their policies. */
export const roles =
  <T extends ResourceType>(arnsOf: (resource: Resource<T>) => readonly string[]): Join<T> =>
  (resource, index) =>
    decided(
      arnsOf(resource).map((arn): Answer<RoleInUse> => {
        const role = index.find('iam:role', arn)
        const policies = role?.asked.policies ?? missing(index.shard, 'iam:role')
        if (isGap(policies)) return policies
        const told = { arn, name: role?.name ?? '', policies: policies.value }
        // A boundary narrows what is wide, and allows nothing by itself.
        if (wideRoles([told]).length === 0) return retold(policies, told)
        const boundary = role?.asked.boundary ?? missing(index.shard, 'iam:role')
        return isGap(boundary) ? boundary : retold(policies, { ...told, boundary: boundary.value })
      }),
      toldBy(resource as Resource, []),
      (role) => wideRoles([role]).length > 0,
    )

/** Serverless writes `IamRole(applyStatus=in-sync, iamRoleArn=arn:…)`: ListNamespaces in the API reference's examples. */
export function roleArnIn(text: string): string {
  return /arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(text)?.[0] ?? text
}
