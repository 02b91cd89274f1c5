// Whether somebody may have Redshift keep the password of an administrator in a secret.

import { demandAccess } from '#lab/access.ts'
import type { Context } from '#lab/state.ts'

// What AWS's resource type AWS::RedshiftServerless::Namespace asks for to create one (its schema of 2025-05-14, in
// aws-cloudformation-resource-providers-redshift-serverless). Unverified: that clusters ask for the same, whose type
// names none, and in which order.
const needed = ['CreateSecret', 'TagResource', 'RotateSecret', 'DescribeSecret']

/** Throws AWS's refusal unless the caller may do what Redshift does in the caller's name to make a secret. */
export function demandSecretMaking(context: Context, secretArn: string): void {
  for (const operation of needed)
    demandAccess(context, { action: `secretsmanager:${operation}`, resource: secretArn })
}
