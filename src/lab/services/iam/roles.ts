// Roles: making, showing, changing and deleting them, whom they trust, and their policies.

import type * as client from '@aws-sdk/client-iam'
import { newHex } from '#lab/ids.ts'
import type { Operations } from '#lab/wire/operations.ts'
import {
  attach,
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
import { exceeded, readDocument, sizeOf } from './documents.ts'
import { demandFree, iamOf, roleOf } from './find.ts'
import { checkName, checkPath, invalid } from './invalid.ts'
import type { Role, Written } from './model.ts'
import { iamArn, idOf } from './names.ts'
import { pageOf } from './page.ts'
import { listTags, readTags, tag, untag } from './tags.ts'
import { viewRole } from './view.ts'

// "IAM and AWS STS quotas": characters of a trust policy.
const largestTrust = 2_048

export const roleOperations = {
  CreateRole(input, context) {
    const { RoleName, PermissionsBoundary, MaxSessionDuration = 3_600 } = input
    const { account, state, now } = context
    checkName(RoleName, 'roleName', 64)
    const path = checkPath(input.Path)
    checkDuration(MaxSessionDuration)
    demandFree(iamOf(context).roles, 'Role', RoleName)
    if (PermissionsBoundary !== undefined) demandAttachable(PermissionsBoundary, context)
    const role: Role = {
      kind: 'role',
      name: RoleName,
      path,
      id: idOf('role', newHex(state, 17)),
      arn: iamArn(account, 'role', path, RoleName),
      created: now,
      inline: new Map(),
      attached: new Set(),
      boundary: PermissionsBoundary,
      tags: readTags(input.Tags),
      trust: readTrust(input.AssumeRolePolicyDocument),
      description: input.Description,
      maxSessionDuration: MaxSessionDuration,
      denied: [],
    }
    iamOf(context).roles.set(RoleName, role)
    return { Role: viewRole(role) }
  },

  GetRole: ({ RoleName }, context) => ({ Role: viewRole(roleOf(context, RoleName)) }),

  ListRoles(input, context) {
    const all = [...iamOf(context).roles.values()]
    const inPath = all.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, rest } = pageOf(inPath, ({ name }) => name, input)
    return { Roles: items.map((role) => viewRole(role, false)), ...rest }
  },

  UpdateRole({ RoleName, Description, MaxSessionDuration }, context) {
    const role = roleOf(context, RoleName)
    if (MaxSessionDuration !== undefined) checkDuration(MaxSessionDuration)
    role.description = Description ?? role.description
    role.maxSessionDuration = MaxSessionDuration ?? role.maxSessionDuration
    return {}
  },

  UpdateAssumeRolePolicy({ RoleName, PolicyDocument }, context) {
    roleOf(context, RoleName).trust = readTrust(PolicyDocument)
    return {}
  },

  // Sessions of a role do not outlive it.
  DeleteRole({ RoleName }, context) {
    const role = roleOf(context, RoleName)
    demandNoPolicies(role)
    iamOf(context).roles.delete(role.name)
    const { principals } = context.state
    for (const [id, { identity }] of principals) if (identity === role) principals.delete(id)
    return {}
  },

  AttachRolePolicy: (input, context) => attach(roleOf(context, input.RoleName), input.PolicyArn, context),
  DetachRolePolicy: (input, context) => detach(roleOf(context, input.RoleName), input.PolicyArn),
  ListAttachedRolePolicies: (input, context) => listAttached(roleOf(context, input.RoleName), input, context),
  PutRolePolicy: (input, context) => putInline(roleOf(context, input.RoleName), input),
  GetRolePolicy: (input, context) => ({
    RoleName: input.RoleName,
    ...getInline(roleOf(context, input.RoleName), input.PolicyName),
  }),
  DeleteRolePolicy: (input, context) => deleteInline(roleOf(context, input.RoleName), input.PolicyName),
  ListRolePolicies: (input, context) => listInline(roleOf(context, input.RoleName), input),
  PutRolePermissionsBoundary: (input, context) =>
    putBoundary(roleOf(context, input.RoleName), input.PermissionsBoundary, context),
  DeleteRolePermissionsBoundary: (input, context) => deleteBoundary(roleOf(context, input.RoleName)),
  TagRole: (input, context) => tag(roleOf(context, input.RoleName), input.Tags),
  UntagRole: (input, context) => untag(roleOf(context, input.RoleName), input.TagKeys),
  ListRoleTags: (input, context) => listTags(roleOf(context, input.RoleName), input),
} satisfies Operations<typeof client>

function readTrust(text: string): Written {
  if (sizeOf(text) > largestTrust) throw exceeded('ACLSizePerRole', largestTrust)
  return readDocument(text, 'trust')
}

// API, CreateRole: one hour to twelve.
function checkDuration(seconds: number): void {
  if (seconds < 3_600)
    throw invalid(seconds, 'maxSessionDuration', 'have value greater than or equal to 3600')
  if (seconds > 43_200) throw invalid(seconds, 'maxSessionDuration', 'have value less than or equal to 43200')
}
