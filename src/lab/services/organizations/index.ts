// AWS Organizations as far as a scan reads it: who is in, where in the tree, and which service control policies limit it.

import {
  DescribeAccount$,
  DescribeOrganization$,
  DescribeOrganizationalUnit$,
  DescribePolicy$,
  ListAccounts$,
  ListAccountsForParent$,
  ListOrganizationalUnitsForParent$,
  ListParents$,
  ListPolicies$,
  ListPoliciesForTarget$,
  ListRoots$,
  ListTargetsForPolicy$,
} from '@aws-sdk/client-organizations'
import { awsJson } from '#lab/wire/json.ts'
import { paired, type Service } from '#lab/wire/operations.ts'
import { organizationOperations } from './operations.ts'
import { seedOrganization } from './seed.ts'
import { organizationOf } from './use.ts'

/** AWS Organizations. */
export const organizations: Service = {
  name: 'organizations',
  protocol: awsJson(
    { serviceTarget: 'AWSOrganizationsV20161128', defaultNamespace: 'com.amazonaws.organizations' },
    'InvalidInputException',
  ),
  operations: paired(organizationOperations, {
    DescribeAccount$,
    DescribeOrganization$,
    DescribeOrganizationalUnit$,
    DescribePolicy$,
    ListAccounts$,
    ListAccountsForParent$,
    ListOrganizationalUnitsForParent$,
    ListParents$,
    ListPolicies$,
    ListPoliciesForTarget$,
    ListRoots$,
    ListTargetsForPolicy$,
  }),
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
  resourceOf(_operation, input, { state, account }) {
    const organization = organizationOf(state, account.id)
    const id =
      input.AccountId ?? input.OrganizationalUnitId ?? input.ParentId ?? input.ChildId ?? input.TargetId
    if (typeof input.PolicyId === 'string')
      return organization?.policies.get(input.PolicyId)?.summary.Arn ?? '*'
    return (typeof id === 'string' && organization?.nodes.get(id)?.arn) || '*'
  },
  seedAccount: seedOrganization,
  refusal: 'AccessDenied',
}
