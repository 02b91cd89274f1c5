// Makes an organization from the seed of the account that manages it.

import { type Account, Account$ } from '@aws-sdk/client-organizations'
import { day } from '#kit/time.ts'
import { parsePolicy } from '#lab/iam/parse.ts'
import { hexOf } from '#lab/ids.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Account as Owner, State } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { AccountSeed } from '#lab/world.ts'
import type { Node, Organization, Policy } from './model.ts'
import type { MemberSeed, OrganizationSeed, PolicySeed, UnitSeed } from './seed-types.ts'
import { organizationOf } from './use.ts'

const fullAccess = 'p-FullAWSAccess'

type Making = { organization: Organization; state: State; now: number; arnOf: (resource: string) => string }

/** Makes the organization that an account manages. */
export function seedOrganization(
  account: Owner,
  { organization: seed }: AccountSeed,
  { state, now }: Seeding,
) {
  if (!seed) return
  demandMembers(
    seed,
    ['Id', 'FeatureSet', 'MasterAccountEmail', 'serviceControlPolicies', 'accounts', 'units', 'policies'],
    `the organization of ${account.id}`,
  )
  const id = seed.Id ?? `o-${hexOf(`organization ${account.id}`, 10)}`
  const arnOf = (resource: string) => `arn:${account.partition}:organizations::${account.id}:${resource}`
  const organization = emptyOrganization(account, id, seed, arnOf)
  const making = { organization, state, now, arnOf }
  addPolicy(making, {
    Name: 'FullAWSAccess',
    Description: 'Allows access to every operation',
    Content: everything,
  })
  for (const policy of seed.serviceControlPolicies ?? []) addPolicy(making, policy)
  const root = `r-${hexOf(`root ${id}`, 4)}`
  addNode(making, {
    id: root,
    kind: 'ROOT',
    name: 'Root',
    arn: arnOf(`root/${id}/${root}`),
    parent: undefined,
    policies: policyIds(making, seed.policies),
    facts: undefined,
  })
  addBelow(making, root, seed)
  if (!organization.nodes.has(account.id)) addMember(making, root, { Id: account.id })
  state.organizations.set(id, organization)
}

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

function emptyOrganization(
  account: Owner,
  id: string,
  seed: OrganizationSeed,
  arnOf: Making['arnOf'],
): Organization {
  return {
    id,
    partition: account.partition,
    management: account.id,
    facts: {
      Id: id,
      Arn: arnOf(`organization/${id}`),
      FeatureSet: seed.FeatureSet ?? 'ALL',
      MasterAccountArn: arnOf(`account/${id}/${account.id}`),
      MasterAccountId: account.id,
      MasterAccountEmail: seed.MasterAccountEmail ?? emailOf(account.id),
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
    nodes: new Map(),
    policies: new Map(),
  }
}

function emailOf(account: string): string {
  return `aws-${account}@example.com`
}

function addPolicy({ organization, arnOf }: Making, seed: PolicySeed) {
  const { Name, Description, Content } = seed
  demandMembers(seed, ['Name', 'Description', 'Content'], `the service control policy ${Name}`)
  const isFull = Name === 'FullAWSAccess'
  const Id = isFull ? fullAccess : `p-${hexOf(`policy ${organization.id} ${Name}`, 8)}`
  const owned = arnOf(`policy/${organization.id}/service_control_policy/${Id}`)
  const content = typeof Content === 'string' ? Content : JSON.stringify(Content)
  const policy: Policy = {
    summary: {
      Id,
      Arn: isFull
        ? `arn:${organization.partition}:organizations::aws:policy/service_control_policy/${Id}`
        : owned,
      Name,
      Description: Description ?? '',
      Type: 'SERVICE_CONTROL_POLICY',
      AwsManaged: isFull,
    },
    content,
    document: parsePolicy(content, 'identity'),
  }
  organization.policies.set(Id, policy)
}

// FullAWSAccess is attached to everything from the start: "SCP evaluation".
function policyIds({ organization }: Making, names: string[] = []): string[] {
  const own = names.map((name) => {
    const policy = [...organization.policies.values()].find(({ summary }) => summary.Name === name)
    if (!policy) throw new Error(`the organization ${organization.id} has no service control policy ${name}`)
    return policy.summary.Id
  })
  return [fullAccess, ...own]
}

function addNode({ organization, state }: Making, node: Node) {
  if (organization.nodes.has(node.id) || (node.kind === 'ACCOUNT' && organizationOf(state, node.id)))
    throw new Error(`${node.id} is in an organization twice`)
  organization.nodes.set(node.id, node)
}

function addBelow(making: Making, parent: string, { accounts = [], units = [] }: Omit<UnitSeed, 'Name'>) {
  for (const account of accounts) addMember(making, parent, account)
  for (const unit of units) {
    demandMembers(unit, ['Name', 'Id', 'accounts', 'units', 'policies'], `the unit ${unit.Name}`)
    const { organization, arnOf } = making
    const root = [...organization.nodes.keys()][0]?.slice(2) ?? ''
    const id = unit.Id ?? `ou-${root}-${hexOf(`unit ${parent} ${unit.Name}`, 8)}`
    const arn = arnOf(`ou/${organization.id}/${id}`)
    const policies = policyIds(making, unit.policies)
    addNode(making, {
      id,
      kind: 'ORGANIZATIONAL_UNIT',
      name: unit.Name,
      arn,
      parent,
      policies,
      facts: undefined,
    })
    addBelow(making, id, unit)
  }
}

function addMember(making: Making, parent: string, { policies, ...said }: MemberSeed) {
  const { organization, state, now, arnOf } = making
  const { Id: id } = said
  const isManagement = id === organization.management
  const read = readPlain<Account>(Account$, said, now, `account ${id} of ${organization.id}`)
  const facts: Account = {
    Arn: arnOf(`account/${organization.id}/${id}`),
    Email: emailOf(id),
    Name: state.accounts.get(id)?.alias ?? `account-${id}`,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: isManagement ? 'INVITED' : 'CREATED',
    JoinedTimestamp: new Date(now - 900 * day),
    ...read,
    Id: id,
  }
  addNode(making, {
    id,
    kind: 'ACCOUNT',
    name: facts.Name ?? id,
    arn: facts.Arn ?? '',
    parent,
    policies: policyIds(making, policies),
    facts,
  })
}
