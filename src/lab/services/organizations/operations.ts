// Reading an organization.

import type * as client from '@aws-sdk/client-organizations'
import {
  AccessDeniedException$,
  AccountNotFoundException$,
  AWSOrganizationsNotInUseException$,
  ChildNotFoundException$,
  InvalidInputException$,
  OrganizationalUnitNotFoundException$,
  ParentNotFoundException$,
  PolicyNotFoundException$,
  TargetNotFoundException$,
} from '@aws-sdk/client-organizations'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { Node, Organization } from './model.ts'
import { pageOf } from './page.ts'
import { organizationOf, pathTo } from './use.ts'

export const organizationOperations = {
  // "This operation can be called from any account in an organization" (API).
  DescribeOrganization(_input, context) {
    return { Organization: organizationIn(context).facts }
  },

  ListAccounts(input, context) {
    const { items, ...rest } = pageOf(nodesOf(managed(context), 'ACCOUNT'), input)
    return { Accounts: items.flatMap(accountView), ...rest }
  },

  ListAccountsForParent(input, context) {
    const organization = managed(context)
    const { items, ...rest } = pageOf(childrenOf(organization, input.ParentId, 'ACCOUNT'), input)
    return { Accounts: items.flatMap(accountView), ...rest }
  },

  DescribeAccount({ AccountId }, context) {
    const node = managed(context).nodes.get(AccountId)
    if (node?.kind !== 'ACCOUNT') {
      throw fault(AccountNotFoundException$, "You specified an account that doesn't exist.")
    }
    return { Account: accountView(node)[0] }
  },

  ListRoots(input, context) {
    const organization = managed(context)
    const { items, ...rest } = pageOf(nodesOf(organization, 'ROOT'), input)
    const PolicyTypes = organization.facts.AvailablePolicyTypes ?? []
    return {
      Roots: items.map(({ id, arn, name }) => ({ Id: id, Arn: arn, Name: name, PolicyTypes })),
      ...rest,
    }
  },

  ListParents({ ChildId }, context) {
    const { nodes } = managed(context)
    const parent = nodes.get(nodes.get(ChildId)?.parent ?? '')
    if (!parent) throw fault(ChildNotFoundException$, "You specified a child that doesn't exist.")
    return { Parents: [{ Id: parent.id, Type: parent.kind as 'ROOT' | 'ORGANIZATIONAL_UNIT' }] }
  },

  ListOrganizationalUnitsForParent(input, context) {
    const organization = managed(context)
    const { items, ...rest } = pageOf(childrenOf(organization, input.ParentId, 'ORGANIZATIONAL_UNIT'), input)
    return { OrganizationalUnits: items.map((node) => unitView(organization, node)), ...rest }
  },

  DescribeOrganizationalUnit({ OrganizationalUnitId: id }, context) {
    const organization = managed(context)
    const node = organization.nodes.get(id)
    if (node?.kind !== 'ORGANIZATIONAL_UNIT') {
      const message = "You specified an organizational unit that doesn't exist."
      throw fault(OrganizationalUnitNotFoundException$, message)
    }
    return { OrganizationalUnit: unitView(organization, node) }
  },

  ListPolicies(input, context) {
    const { policies } = managed(context)
    demandControlPolicies(input.Filter)
    const { items, ...rest } = pageOf(
      [...policies.values()].map((policy) => ({ ...policy, id: policy.summary.Id })),
      input,
    )
    return { Policies: items.map(({ summary }) => summary), ...rest }
  },

  DescribePolicy({ PolicyId }, context) {
    const policy = managed(context).policies.get(PolicyId)
    if (!policy) throw noSuchPolicy()
    return { Policy: { PolicySummary: policy.summary, Content: policy.content } }
  },

  ListPoliciesForTarget(input, context) {
    const { nodes, policies } = managed(context)
    demandControlPolicies(input.Filter)
    const target = nodes.get(input.TargetId)
    if (!target) throw fault(TargetNotFoundException$, "You specified a target that doesn't exist.")
    const attached = target.policies.flatMap((id) => {
      const policy = policies.get(id)
      return policy ? [{ ...policy, id }] : []
    })
    const { items, ...rest } = pageOf(attached, input)
    return { Policies: items.map(({ summary }) => summary), ...rest }
  },

  ListTargetsForPolicy(input, context) {
    const { nodes, policies } = managed(context)
    if (!policies.has(input.PolicyId)) throw noSuchPolicy()
    const targets = [...nodes.values()].filter((node) => node.policies.includes(input.PolicyId))
    const { items, ...rest } = pageOf(targets, input)
    return {
      Targets: items.map(({ id, arn, name, kind }) => ({ TargetId: id, Arn: arn, Name: name, Type: kind })),
      ...rest,
    }
  },
} satisfies Operations<typeof client>

function organizationIn({ state, account }: Context): Organization {
  const organization = organizationOf(state, account.id)
  if (organization) return organization
  const message = 'Your account is not a member of an organization.'
  throw fault(AWSOrganizationsNotInUseException$, message)
}

// "This operation can be called only from the organization's management account or by a member account that is a
// delegated administrator" (API, of all others); the lab has no delegated administrators.
function managed(context: Context): Organization {
  const organization = organizationIn(context)
  if (organization.management === context.account.id) return organization
  throw fault(AccessDeniedException$, "You don't have permissions to access this resource.")
}

function nodesOf({ nodes }: Organization, kind: Node['kind']): Node[] {
  return [...nodes.values()].filter((node) => node.kind === kind)
}

function childrenOf(organization: Organization, parent: string, kind: Node['kind']): Node[] {
  const { kind: kindOfParent } = organization.nodes.get(parent) ?? {}
  if (kindOfParent === undefined || kindOfParent === 'ACCOUNT')
    throw fault(ParentNotFoundException$, "You specified parent that doesn't exist.")
  return nodesOf(organization, kind).filter((node) => node.parent === parent)
}

function accountView({ facts }: Node): client.Account[] {
  return facts ? [facts] : []
}

function unitView(organization: Organization, { id, arn, name }: Node): client.OrganizationalUnit {
  const path = pathTo(organization, id).map((node) => node.id)
  return { Id: id, Arn: arn, Name: name, Path: `${[organization.id, ...path].join('/')}/` }
}

function demandControlPolicies(filter: string) {
  if (filter === 'SERVICE_CONTROL_POLICY') return
  throw fault(InvalidInputException$, `The lab has service control policies only, not ${filter}.`)
}

function noSuchPolicy() {
  return fault(PolicyNotFoundException$, "You specified a policy that doesn't exist.")
}
