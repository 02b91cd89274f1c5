// An organization through the SDK.

import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-organizations'
import { expect, test } from 'vitest'
import { seedState } from '#lab/seed.ts'
import { useLab } from '#lab/testing/lab.ts'
import { bob, home, partner, testWorld } from '#lab/testing/world.ts'
import { organizationOf, organizationPath, policyLevels } from './use.ts'

const suspended = '999988887777'
const noSharing = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'redshift:AuthorizeSnapshotAccess', Resource: '*' }],
}

function world() {
  const made = testWorld()
  const account = made.accounts[home]
  for (const one of Object.values(made.accounts)) one.regions = { 'eu-west-1': {} }
  if (account) {
    account.organization = {
      Id: 'o-a1b2c3d4e5',
      serviceControlPolicies: [{ Name: 'no-sharing', Content: noSharing }],
      units: [
        {
          Name: 'data',
          policies: ['no-sharing'],
          units: [{ Name: 'analysts', accounts: [{ Id: partner, Name: 'lake' }] }],
          accounts: [{ Id: suspended, Status: 'SUSPENDED', JoinedTimestamp: '-30d' }],
        },
      ],
    }
  }
  return made
}

const lab = useLab(world)
const alone = useLab(() => {
  const made = world()
  delete made.accounts[home]?.organization
  return made
})

const client = () => lab.organizations()
const rootId = async () => (await client().send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? ''
const unitsOf = async (ParentId: string) =>
  (await client().send(new ListOrganizationalUnitsForParentCommand({ ParentId }))).OrganizationalUnits ?? []

test('the organization, as each of its accounts sees it', async () => {
  const expected = {
    Id: 'o-a1b2c3d4e5',
    Arn: `arn:aws:organizations::${home}:organization/o-a1b2c3d4e5`,
    FeatureSet: 'ALL',
    MasterAccountId: home,
  }
  for (const credentials of [undefined, bob]) {
    const { Organization } = await lab.organizations(credentials).send(new DescribeOrganizationCommand({}))
    expect(Organization).toMatchObject(expected)
  }
})

test('whoever is in none is told so', async () => {
  await expect(alone.organizations().send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
    message: 'Your account is not a member of an organization.',
  })
})

test('members may not look around', async () => {
  await expect(lab.organizations(bob).send(new ListAccountsCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: "You don't have permissions to access this resource.",
  })
})

test('accounts, page by page', async () => {
  const first = await client().send(new ListAccountsCommand({ MaxResults: 2 }))
  expect(first.Accounts?.map(({ Id, Name, Status }) => [Id, Name, Status])).toEqual([
    [home, 'home', 'ACTIVE'],
    [partner, 'lake', 'ACTIVE'],
  ])
  const { NextToken = '' } = first
  const second = await client().send(new ListAccountsCommand({ MaxResults: 2, NextToken }))
  expect(second.Accounts).toMatchObject([
    {
      Id: suspended,
      Status: 'SUSPENDED',
      Arn: `arn:aws:organizations::${home}:account/o-a1b2c3d4e5/${suspended}`,
    },
  ])
  expect(second.NextToken).toBeUndefined()
  const { Account } = await client().send(new DescribeAccountCommand({ AccountId: partner }))
  expect(Account?.Name).toBe('lake')
  await expect(
    client().send(new DescribeAccountCommand({ AccountId: '123456789012' })),
  ).rejects.toMatchObject({
    name: 'AccountNotFoundException',
  })
})

test('the tree', async () => {
  const root = await rootId()
  expect(root).toMatch(/^r-[0-9a-f]{4}$/)
  const [data] = await unitsOf(root)
  expect(data?.Id).toMatch(/^ou-[0-9a-f]{4}-[0-9a-f]{8}$/)
  const [analysts] = await unitsOf(data?.Id ?? '')
  expect(analysts).toMatchObject({
    Name: 'analysts',
    Path: `o-a1b2c3d4e5/${root}/${data?.Id}/${analysts?.Id}/`,
  })
  const OrganizationalUnitId = analysts?.Id ?? ''
  const unit = await client().send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId }))
  expect(unit.OrganizationalUnit).toEqual(analysts)
  const parents = await client().send(new ListParentsCommand({ ChildId: partner }))
  expect(parents.Parents).toEqual([{ Id: analysts?.Id, Type: 'ORGANIZATIONAL_UNIT' }])
  const below = await client().send(new ListAccountsForParentCommand({ ParentId: root }))
  expect(below.Accounts?.map(({ Id }) => Id)).toEqual([home])
  await expect(unitsOf('ou-none')).rejects.toMatchObject({ name: 'ParentNotFoundException' })
  await expect(client().send(new ListParentsCommand({ ChildId: root }))).rejects.toMatchObject({
    name: 'ChildNotFoundException',
  })
})

test('service control policies and what they are attached to', async () => {
  const Filter = 'SERVICE_CONTROL_POLICY' as const
  const { Policies = [] } = await client().send(new ListPoliciesCommand({ Filter }))
  expect(Policies.map(({ Name, AwsManaged }) => [Name, AwsManaged])).toEqual([
    ['FullAWSAccess', true],
    ['no-sharing', false],
  ])
  const PolicyId = Policies[1]?.Id ?? ''
  const { Policy } = await client().send(new DescribePolicyCommand({ PolicyId }))
  expect(JSON.parse(Policy?.Content ?? '')).toEqual(noSharing)
  const { Targets } = await client().send(new ListTargetsForPolicyCommand({ PolicyId }))
  expect(Targets?.map(({ Name, Type }) => [Name, Type])).toEqual([['data', 'ORGANIZATIONAL_UNIT']])
  const attached = await client().send(new ListPoliciesForTargetCommand({ TargetId: partner, Filter }))
  expect(attached.Policies?.map(({ Id }) => Id)).toEqual(['p-FullAWSAccess'])
  await expect(client().send(new DescribePolicyCommand({ PolicyId: 'p-none' }))).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
  })
})

test('the policies of each level above an account; none limit the managing one', async () => {
  const state = await seedState(world(), Date.UTC(2026, 0, 1))
  const actions = policyLevels(state, partner)?.map((level) =>
    level.flatMap(({ Statement }) => Statement.flatMap(({ Action = [] }) => Action)),
  )
  expect(actions).toEqual([['*'], ['*', 'redshift:AuthorizeSnapshotAccess'], ['*'], ['*']])
  expect(policyLevels(state, home)).toBeUndefined()
  const organization = organizationOf(state, partner)
  expect(organization && organizationPath(organization, partner)).toMatch(
    /^o-a1b2c3d4e5\/r-\w{4}(\/ou-\w{4}-\w{8}){2}\/$/,
  )
})

test('nobody is in two places', async () => {
  const twice = world()
  twice.accounts[home]?.organization?.units?.push({ Name: 'again', accounts: [{ Id: partner }] })
  await expect(seedState(twice, 0)).rejects.toThrow(`${partner} is in an organization twice`)
})
