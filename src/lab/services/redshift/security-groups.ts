// Cluster security groups, which are of EC2-Classic: accounts that have VPCs cannot use them.

import type * as client from '@aws-sdk/client-redshift'
import { common } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'

// Recorded of CreateClusterSecurityGroup (crossplane-contrib/provider-upjet-aws issue 404) and of
// DescribeClusterSecurityGroups (several inventory tools look for the sentence). Unverified: that the others say it too.
function refuse(): never {
  throw common('InvalidParameterValue', 'VPC-by-Default customers cannot use cluster security groups')
}

export const securityGroupOperations = {
  CreateClusterSecurityGroup: () => refuse(),
  DeleteClusterSecurityGroup: () => refuse(),
  DescribeClusterSecurityGroups: () => refuse(),
  AuthorizeClusterSecurityGroupIngress: () => refuse(),
  RevokeClusterSecurityGroupIngress: () => refuse(),
} satisfies Operations<typeof client>
