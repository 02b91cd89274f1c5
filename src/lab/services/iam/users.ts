// Users: making, showing, changing and deleting them, their policies, and the groups they are in.

import type * as client from '@aws-sdk/client-iam'
import { newHex } from '#lab/ids.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { keysOf } from './access-keys.ts'
import {
  attach,
  conflict,
  deleteBoundary,
  deleteInline,
  demandAttachable,
  demandNoPolicies,
  detach,
  getInline,
  listAttached,
  listInline,
  putBoundary,
  putInline,
} from './attachments.ts'
import { demandFree, groupOf, iamOf, userOf } from './find.ts'
import { checkName, checkPath } from './invalid.ts'
import type { User } from './model.ts'
import { iamArn, idOf } from './names.ts'
import { pageOf } from './page.ts'
import { listTags, readTags, tag, untag } from './tags.ts'
import { viewGroup, viewUser, wholeSecond } from './view.ts'

export const userOperations = {
  CreateUser(input, context) {
    const { UserName, PermissionsBoundary } = input
    const { account, state, now } = context
    checkName(UserName, 'userName', 64)
    const path = checkPath(input.Path)
    demandFree(iamOf(context).users, 'User', UserName)
    if (PermissionsBoundary !== undefined) demandAttachable(PermissionsBoundary, context)
    const user: User = {
      kind: 'user',
      name: UserName,
      path,
      id: idOf('user', newHex(state, 17)),
      arn: iamArn(account, 'user', path, UserName),
      created: now,
      inline: new Map(),
      attached: new Set(),
      groups: new Set(),
      boundary: PermissionsBoundary,
      tags: readTags(input.Tags),
    }
    iamOf(context).users.set(UserName, user)
    return { User: viewUser(user) }
  },

  GetUser({ UserName }, context) {
    const { principal, account } = context
    if (UserName === undefined && !principal.identity) {
      const CreateDate = wholeSecond(principal.created)
      return {
        User: { Path: undefined, UserName: undefined, UserId: account.id, Arn: principal.arn, CreateDate },
      }
    }
    return { User: viewUser(userOf(context, UserName)) }
  },

  ListUsers(input, context) {
    const inPath = [...iamOf(context).users.values()].filter(({ path }) =>
      path.startsWith(input.PathPrefix ?? '/'),
    )
    const { items, rest } = pageOf(inPath, ({ name }) => name, input)
    return { Users: items.map((user) => viewUser(user, false)), ...rest }
  },

  DeleteUser({ UserName }, context) {
    const user = userOf(context, UserName)
    demandNoPolicies(user)
    if (keysOf(context, user).length > 0)
      throw conflict('Cannot delete entity, must delete access keys first.')
    if (user.groups.size > 0) throw conflict('Cannot delete entity, must remove users from group first.')
    iamOf(context).users.delete(user.name)
    const { principals } = context.state
    for (const [id, { identity }] of principals) if (identity === user) principals.delete(id)
    return {}
  },

  ListGroupsForUser(input, context) {
    const names = [...userOf(context, input.UserName).groups]
    const { items, rest } = pageOf(names, (name) => name, input)
    return { Groups: items.map((name) => viewGroup(groupOf(context, name))), ...rest }
  },

  AttachUserPolicy: (input, context) => attach(userOf(context, input.UserName), input.PolicyArn, context),
  DetachUserPolicy: (input, context) => detach(userOf(context, input.UserName), input.PolicyArn),
  ListAttachedUserPolicies: (input, context) => listAttached(userOf(context, input.UserName), input, context),
  PutUserPolicy: (input, context) => putInline(userOf(context, input.UserName), input),
  GetUserPolicy: (input, context) => ({
    UserName: input.UserName,
    ...getInline(userOf(context, input.UserName), input.PolicyName),
  }),
  DeleteUserPolicy: (input, context) => deleteInline(userOf(context, input.UserName), input.PolicyName),
  ListUserPolicies: (input, context) => listInline(userOf(context, input.UserName), input),
  PutUserPermissionsBoundary: (input, context) =>
    putBoundary(userOf(context, input.UserName), input.PermissionsBoundary, context),
  DeleteUserPermissionsBoundary: (input, context) => deleteBoundary(userOf(context, input.UserName)),
  TagUser: (input, context) => tag(userOf(context, input.UserName), input.Tags),
  UntagUser: (input, context) => untag(userOf(context, input.UserName), input.TagKeys),
  ListUserTags: (input, context) => listTags(userOf(context, input.UserName), input),
} satisfies Operations<typeof client>
