// The roles a cluster may use: which it may be given, and how a change of them goes.

import type { ClusterIamRole } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { demandPassRole } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'

// Per cluster: Management Guide, "Quotas and limits" (2026).
const mostRoles = 50

/** Roles that are being associated. The caller passes them on, which needs iam:PassRole. */
export function newRoles(arns: string[], context: Context, present: ClusterIamRole[] = []): ClusterIamRole[] {
  for (const arn of arns) {
    const parts = parseArn(arn)
    if (parts?.service !== 'iam' || !parts.resource.startsWith('role/')) {
      // Unverified: code and wording.
      throw common('InvalidParameterValue', `The IAM role ${arn} is not valid.`)
    }
    demandPassRole(context, arn, 'redshift.amazonaws.com')
  }
  const added = [...new Set(arns)].filter((arn) => present.every(({ IamRoleArn }) => IamRoleArn !== arn))
  if (present.length + added.length > mostRoles) {
    // Unverified: code and wording.
    throw common('InvalidParameterValue', `A cluster can have at most ${mostRoles} IAM roles.`)
  }
  return added.map((arn) => ({ IamRoleArn: arn, ApplyStatus: 'adding' }))
}

/** Roles as they are when a change is through: those being removed are gone, the others in use. */
export function settledRoles(roles: ClusterIamRole[] | undefined): ClusterIamRole[] {
  const left = (roles ?? []).filter(({ ApplyStatus }) => ApplyStatus !== 'removing')
  return left.map(({ IamRoleArn }) => ({ IamRoleArn, ApplyStatus: 'in-sync' }))
}
