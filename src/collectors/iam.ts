// IAM: the roles that clusters and namespaces may use, with all their policies, and the boundary of those that are wide.

import { defineCollector } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { followed, whole, width } from '#aws/listing.ts'
import { madeOnce } from '#kit/made-once.ts'
import { pool } from '#kit/pool.ts'
import { roleArnIn } from '#model/joins/roles.ts'
import { documentOf } from '#model/policy-document.ts'
import {
  type Answer,
  isGap,
  type PolicyDocument,
  type Resource,
  type RolePolicies,
  resourceFrom,
} from '#model/resource.ts'
import { wideRoles } from '#model/role-reach.ts'

export default defineCollector({
  service: 'iam',
  types: ['iam:role'],
  reads: [
    'iam:ListRolePolicies',
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:GetPolicy',
    'iam:GetPolicyVersion',
  ],

  follows(resource) {
    if (resource.type === 'redshift:cluster')
      return (resource.facts.IamRoles ?? []).flatMap(({ IamRoleArn }) => IamRoleArn ?? [])
    return resource.type === 'redshift-serverless:namespace'
      ? (resource.facts.iamRoles ?? []).map(roleArnIn)
      : []
  },

  async *collect(door, { only, leads }) {
    const arns = only?.type === 'iam:role' ? [only.arn] : leads
    const attached = new Map<string, Promise<Answer<PolicyDocument>>>()
    const roles = await pool(arns, width, (arn) => roleOf(door, arn, attached))
    yield followed('iam:role', roles, door.now())
  },
})

type Attached = Map<string, Promise<Answer<PolicyDocument>>>

async function roleOf(door: Door, Arn: string, attached: Attached): Promise<Resource<'iam:role'>> {
  // A role is asked for by its name without its path.
  const RoleName = Arn.slice(Arn.lastIndexOf('/') + 1)
  const told = { source: 'iam:ListRolePolicies' as const, takenAt: door.now() }
  const role = resourceFrom('iam:role', door, told, { Arn, RoleName })
  const policies = await policiesOf(door, RoleName, attached)
  const mayBeNarrowed =
    !isGap(policies) && wideRoles([{ arn: Arn, name: RoleName, policies: policies.value }]).length > 0
  const boundary = mayBeNarrowed && { boundary: await boundaryOf(door, RoleName, attached) }
  return { ...role, asked: { policies, ...boundary } }
}

/** The permissions boundary of a role, which ListRoles leaves out. */
async function boundaryOf(
  door: Door,
  RoleName: string,
  attached: Attached,
): Promise<Required<Resource<'iam:role'>['asked']>['boundary']> {
  const named = await door.ask('iam:GetRole', { RoleName }, ({ Role }) => Role?.PermissionsBoundary)
  if (isGap(named)) return named
  const name = named.value?.PermissionsBoundaryArn
  if (!name) return { ...named, value: null }
  const policy = await policyBy(door, name, attached)
  return isGap(policy) ? policy : { ...policy, value: { name, document: policy.value } }
}

/** A managed policy, asked for once however many roles have it. */
function policyBy(door: Door, arn: string, attached: Attached): Promise<Answer<PolicyDocument>> {
  return madeOnce(attached, arn, () => managedPolicy(door, arn))
}

async function policiesOf(door: Door, RoleName: string, attached: Attached): Promise<Answer<RolePolicies>> {
  const inline = await whole(door.pages('iam:ListRolePolicies', { RoleName }, (o) => o.PolicyNames))
  if (isGap(inline)) return inline
  const list = await whole(
    door.pages('iam:ListAttachedRolePolicies', { RoleName }, (o) => o.AttachedPolicies),
  )
  if (isGap(list)) return list
  const policies: RolePolicies = []
  for (const PolicyName of inline.value) {
    const answer = await door.ask('iam:GetRolePolicy', { RoleName, PolicyName }, (o) =>
      documentOf(o.PolicyDocument),
    )
    if (isGap(answer)) return answer
    policies.push({ name: PolicyName, document: answer.value })
  }
  for (const { PolicyArn = '' } of list.value) {
    const answer = await policyBy(door, PolicyArn, attached)
    if (isGap(answer)) return answer
    policies.push({ name: PolicyArn, document: answer.value })
  }
  return { ...list, value: policies }
}

/** The document of an attached policy, in the version that is in force. */
async function managedPolicy(door: Door, PolicyArn: string): Promise<Answer<PolicyDocument>> {
  const policy = await door.ask('iam:GetPolicy', { PolicyArn }, ({ Policy }) => Policy?.DefaultVersionId)
  if (isGap(policy)) return policy
  const VersionId = policy.value
  return door.ask('iam:GetPolicyVersion', { PolicyArn, VersionId }, ({ PolicyVersion }) =>
    documentOf(PolicyVersion?.Document),
  )
}
