// Which policies decide about an identity.

import type { PolicyDocument } from '#lab/iam/types.ts'
import { awsArn, awsPolicy } from './aws-policies.ts'
import type { Attachable, Iam, Identity, ManagedPolicy } from './model.ts'

/** A managed policy of an account, or of AWS. */
export function findPolicy(iam: Iam, arn: string): ManagedPolicy | undefined {
  return iam.policies.get(arn) ?? awsPolicy(arn)
}

/** The document a managed policy has in force. */
export function documentOf(iam: Iam, arn: string): PolicyDocument | undefined {
  const policy = findPolicy(iam, arn)
  return policy?.versions.get(policy.defaultVersion)?.document
}

/** Attached and inline policies, those of a user's groups included. */
export function identityPolicies(
  iam: Iam,
  identity: Attachable,
): { name: string; document: PolicyDocument }[] {
  const holders: Attachable[] = [identity]
  if (identity.kind === 'user') {
    for (const name of identity.groups) {
      const group = iam.groups.get(name)
      if (group) holders.push(group)
    }
  }
  return holders.flatMap((holder) => policiesOfOne(iam, holder))
}

function policiesOfOne(iam: Iam, { inline, attached }: Attachable) {
  const policies = [...inline].map(([name, { document }]) => ({ name, document }))
  for (const arn of attached) {
    const document = documentOf(iam, arn)
    if (document) policies.push({ name: arn.slice(arn.lastIndexOf('/') + 1), document })
  }
  return policies
}

/** Whether nothing but AdministratorAccess has a say, as for whoever is seeded without policies. */
export function isPlainAdministrator(identity: Identity): boolean {
  const { attached, inline, boundary } = identity
  if (attached.size !== 1 || inline.size > 0 || boundary !== undefined) return false
  if (identity.kind === 'user' && identity.groups.size > 0) return false
  for (const arn of attached) if (administrator.has(arn)) return true
  return false
}

const administrator = new Set(
  (['aws', 'aws-cn', 'aws-us-gov'] as const).map((partition) => awsArn(partition, 'AdministratorAccess')),
)
