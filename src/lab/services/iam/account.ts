// What IAM says of an account as a whole: its alias, its numbers, and everybody's permissions in one list.

import type * as client from '@aws-sdk/client-iam'
import { common } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { awsPolicies } from './aws-policies.ts'
import { encoded } from './documents.ts'
import { iamOf } from './find.ts'
import type { Attachable, Group, Iam, ManagedPolicy, Role, User } from './model.ts'
import { pageOf } from './page.ts'
import {
  holdersOf,
  viewAttached,
  viewBoundary,
  viewPolicy,
  viewTags,
  viewVersions,
  wholeSecond,
} from './view.ts'

export const accountOperations = {
  ListAccountAliases(input, { account: { alias } }) {
    const { items, rest } = pageOf(alias === undefined ? [] : [alias], (name) => name, input)
    return { AccountAliases: items, ...rest }
  },

  CreateAccountAlias({ AccountAlias }, { account }) {
    // Pattern: API, CreateAccountAlias. Unverified: the wording.
    if (!/^[a-z\d](([a-z\d]|-(?!-)){1,61}[a-z\d])$/.test(AccountAlias)) {
      throw common('ValidationError', `The account alias ${AccountAlias} is not valid.`)
    }
    account.alias = AccountAlias
    return {}
  },

  DeleteAccountAlias(_input, { account }) {
    account.alias = undefined
    return {}
  },

  // The numbers the lab knows, with the quotas of "IAM and AWS STS quotas"; AWS tells some more.
  GetAccountSummary(_input, context) {
    const { users, groups, roles, policies } = iamOf(context)
    const versions = [...policies.values()].reduce((sum, policy) => sum + policy.versions.size, 0)
    return {
      SummaryMap: {
        ...{ Users: users.size, UsersQuota: 5_000, Groups: groups.size, GroupsQuota: 300 },
        ...{ Roles: roles.size, RolesQuota: 1_000, Policies: policies.size, PoliciesQuota: 1_500 },
        ...{ PolicyVersionsInUse: versions, PolicyVersionsInUseQuota: 10_000, VersionsPerPolicyQuota: 5 },
        ...{ AccessKeysPerUserQuota: 2, GroupsPerUserQuota: 10, PolicySizeQuota: 6_144 },
        ...{ UserPolicySizeQuota: 2_048, GroupPolicySizeQuota: 5_120, RolePolicySizeQuota: 10_240 },
        ...{ AttachedPoliciesPerUserQuota: 10, AttachedPoliciesPerGroupQuota: 10 },
        ...{ AttachedPoliciesPerRoleQuota: 10, AssumeRolePolicySizeQuota: 2_048 },
      },
    }
  },

  GetAccountAuthorizationDetails(input, context) {
    const iam = iamOf(context)
    const wanted = (kind: client.EntityType) => !input.Filter?.length || input.Filter.includes(kind)
    const all: Entry[] = [
      ...(wanted('User') ? entries('1', iam.users.values()) : []),
      ...(wanted('Group') ? entries('2', iam.groups.values()) : []),
      ...(wanted('Role') ? entries('3', iam.roles.values()) : []),
      ...(wanted('LocalManagedPolicy') ? entries('4', iam.policies.values()) : []),
      // Unverified: that of AWS's own policies only those in use are told.
      ...(wanted('AWSManagedPolicy') ? entries('5', inUse(iam, awsPolicies(context.account.partition))) : []),
    ]
    const { items, rest } = pageOf(all, ({ order, thing }) => order + thing.arn, input)
    const of = (kind: string) => items.map(({ thing }) => thing).filter((thing) => kindOf(thing) === kind)
    return {
      UserDetailList: (of('user') as User[]).map((user) => detailUser(iam, user)),
      GroupDetailList: (of('group') as Group[]).map((group) => detailGroup(iam, group)),
      RoleDetailList: (of('role') as Role[]).map((role) => detailRole(iam, role)),
      Policies: (of('policy') as ManagedPolicy[]).map((policy) => detailPolicy(iam, policy)),
      ...rest,
    }
  },
} satisfies Operations<typeof client>

type Thing = Attachable | ManagedPolicy
type Entry = { order: string; thing: Thing }

function entries(order: string, things: Iterable<Thing>): Entry[] {
  return [...things].map((thing) => ({ order, thing }))
}

function kindOf(thing: Thing): string {
  return 'kind' in thing ? thing.kind : 'policy'
}

function inUse(iam: Iam, policies: ManagedPolicy[]): ManagedPolicy[] {
  return policies.filter(({ arn }) => holdersOf(iam).some(({ attached }) => attached.has(arn)))
}

function inlineOf({ inline }: Attachable): client.PolicyDetail[] {
  return [...inline].map(([PolicyName, { text }]) => ({ PolicyName, PolicyDocument: encoded(text) }))
}

function detailUser(iam: Iam, user: User): client.UserDetail {
  const inline = inlineOf(user)
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: wholeSecond(user.created),
    ...(inline.length > 0 && { UserPolicyList: inline }),
    GroupList: [...user.groups],
    AttachedManagedPolicies: viewAttached(iam, user),
    ...viewBoundary(user.boundary),
    Tags: viewTags(user.tags),
  }
}

function detailGroup(iam: Iam, group: Group): client.GroupDetail {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    CreateDate: wholeSecond(group.created),
    GroupPolicyList: inlineOf(group),
    AttachedManagedPolicies: viewAttached(iam, group),
  }
}

function detailRole(iam: Iam, role: Role): client.RoleDetail {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: wholeSecond(role.created),
    AssumeRolePolicyDocument: encoded(role.trust.text),
    InstanceProfileList: [],
    RolePolicyList: inlineOf(role),
    AttachedManagedPolicies: viewAttached(iam, role),
    ...viewBoundary(role.boundary),
    Tags: viewTags(role.tags),
  }
}

function detailPolicy(iam: Iam, policy: ManagedPolicy): client.ManagedPolicyDetail {
  const { Tags: _tags, ...summary } = viewPolicy(iam, policy)
  return { ...summary, PolicyVersionList: viewVersions(policy, true) }
}
