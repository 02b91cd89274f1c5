// What others ask of Organizations: which one an account is in, and which policies stand above it.

import type { PolicyDocument } from '#lab/iam/types.ts'
import type { State } from '#lab/state.ts'
import type { Node, Organization } from './model.ts'

/** The organization that an account is in, if any. */
export function organizationOf({ organizations }: State, account: string): Organization | undefined {
  for (const organization of organizations.values()) if (organization.nodes.has(account)) return organization
  return undefined
}

/** The way from the root to a node, both included. */
export function pathTo({ nodes }: Organization, id: string): Node[] {
  const path: Node[] = []
  for (let node = nodes.get(id); node; node = node.parent === undefined ? undefined : nodes.get(node.parent))
    path.unshift(node)
  return path
}

/** The organization paths of an account: `o-…/r-…/ou-…/`, what `aws:PrincipalOrgPaths` holds. */
export function organizationPath(organization: Organization, account: string): string {
  const above = pathTo(organization, account).filter(({ kind }) => kind !== 'ACCOUNT')
  return `${[organization.id, ...above.map(({ id }) => id)].join('/')}/`
}

/**
 * The service control policies of each level above an account and of itself; undefined where nothing limits it: outside
 * of an organization, in one with consolidated billing only, and in the management account.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function policyLevels(state: State, account: string): PolicyDocument[][] | undefined {
  const organization = organizationOf(state, account)
  if (!organization || organization.management === account || organization.facts.FeatureSet !== 'ALL')
    return undefined
  return pathTo(organization, account).map(({ policies }) =>
    policies.flatMap((id) => organization.policies.get(id)?.document ?? []),
  )
}
