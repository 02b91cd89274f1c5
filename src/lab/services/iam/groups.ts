// Groups: making, showing and deleting them, who is in them, and their policies.

import type * as client from '@aws-sdk/client-iam'
import { newHex } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import {
  attach,
  conflict,
  deleteInline,
  demandNoPolicies,
  detach,
  getInline,
  listAttached,
  listInline,
  putInline,
} from './attachments.ts'
import { exceeded } from './documents.ts'
import { demandFree, groupOf, iamOf, userOf } from './find.ts'
import { checkName, checkPath } from './invalid.ts'
import type { Group, User } from './model.ts'
import { iamArn, idOf } from './names.ts'
import { pageOf } from './page.ts'
import { viewGroup, viewUser } from './view.ts'

// "IAM and AWS STS quotas": groups an IAM user can be a member of.
const mostGroups = 10

export const groupOperations = {
  CreateGroup(input, context) {
    const { GroupName } = input
    const { account, state, now } = context
    checkName(GroupName, 'groupName', 128)
    const path = checkPath(input.Path)
    demandFree(iamOf(context).groups, 'Group', GroupName)
    const group: Group = {
      kind: 'group',
      name: GroupName,
      path,
      id: idOf('group', newHex(state, 17)),
      arn: iamArn(account, 'group', path, GroupName),
      created: now,
      inline: new Map(),
      attached: new Set(),
    }
    iamOf(context).groups.set(GroupName, group)
    return { Group: viewGroup(group) }
  },

  GetGroup(input, context) {
    const group = groupOf(context, input.GroupName)
    const { items, rest } = pageOf(membersOf(context, group), ({ name }) => name, input)
    return { Group: viewGroup(group), Users: items.map((user) => viewUser(user, false)), ...rest }
  },

  ListGroups(input, context) {
    const all = [...iamOf(context).groups.values()]
    const inPath = all.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, rest } = pageOf(inPath, ({ name }) => name, input)
    return { Groups: items.map(viewGroup), ...rest }
  },

  DeleteGroup({ GroupName }, context) {
    const group = groupOf(context, GroupName)
    if (membersOf(context, group).length > 0) {
      throw conflict('Cannot delete entity, must remove users from group first.')
    }
    demandNoPolicies(group)
    iamOf(context).groups.delete(group.name)
    return {}
  },

  AddUserToGroup({ GroupName, UserName }, context) {
    const { name } = groupOf(context, GroupName)
    const { groups } = userOf(context, UserName)
    if (!groups.has(name) && groups.size >= mostGroups) throw exceeded('GroupsPerUser', mostGroups)
    groups.add(name)
    return {}
  },

  // Unverified: that removing somebody who is not in the group is no error.
  RemoveUserFromGroup({ GroupName, UserName }, context) {
    const { name } = groupOf(context, GroupName)
    userOf(context, UserName).groups.delete(name)
    return {}
  },

  AttachGroupPolicy: (input, context) => attach(groupOf(context, input.GroupName), input.PolicyArn, context),
  DetachGroupPolicy: (input, context) => detach(groupOf(context, input.GroupName), input.PolicyArn),
  ListAttachedGroupPolicies: (input, context) =>
    listAttached(groupOf(context, input.GroupName), input, context),
  PutGroupPolicy: (input, context) => putInline(groupOf(context, input.GroupName), input),
  GetGroupPolicy: (input, context) => ({
    GroupName: input.GroupName,
    ...getInline(groupOf(context, input.GroupName), input.PolicyName),
  }),
  DeleteGroupPolicy: (input, context) => deleteInline(groupOf(context, input.GroupName), input.PolicyName),
  ListGroupPolicies: (input, context) => listInline(groupOf(context, input.GroupName), input),
} satisfies Operations<typeof client>

function membersOf(context: Context, { name }: Group): User[] {
  return [...iamOf(context).users.values()].filter(({ groups }) => groups.has(name))
}
