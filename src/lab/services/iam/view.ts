// Users, groups, roles and policies as answers show them.

import type * as client from '@aws-sdk/client-iam'
import { second } from '#kit/time.ts'
import { encoded } from './documents.ts'
import type { Attachable, Group, Iam, ManagedPolicy, Role, User } from './model.ts'
import { findPolicy } from './policies-of.ts'

/** A user as GetUser shows it; ListUsers leaves out boundary and tags. */
export function viewUser(
  { name, path, id, arn, created, boundary, tags }: User,
  isWhole = true,
): client.User {
  return {
    Path: path,
    UserName: name,
    UserId: id,
    Arn: arn,
    CreateDate: wholeSecond(created),
    ...(isWhole && viewBoundary(boundary)),
    ...(isWhole && tags.size > 0 && { Tags: viewTags(tags) }),
  }
}

/** A group. */
export function viewGroup({ name, path, id, arn, created }: Group): client.Group {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: wholeSecond(created) }
}

/** A role as GetRole shows it; ListRoles leaves out boundary and tags. */
export function viewRole(role: Role, isWhole = true): client.Role {
  const { name, path, id, arn, created, boundary, tags } = role
  return {
    Path: path,
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: wholeSecond(created),
    AssumeRolePolicyDocument: encoded(role.trust.text),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration,
    ...(isWhole && viewBoundary(boundary)),
    ...(isWhole && tags.size > 0 && { Tags: viewTags(tags) }),
  }
}

/** A managed policy as GetPolicy shows it; ListPolicies leaves out description and tags. */
export function viewPolicy(iam: Iam, policy: ManagedPolicy, isWhole = true): client.Policy {
  const { description, tags } = policy
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: holdersOf(iam).filter(({ attached }) => attached.has(policy.arn)).length,
    PermissionsBoundaryUsageCount: boundedBy(iam, policy.arn).length,
    IsAttachable: true,
    CreateDate: wholeSecond(policy.created),
    UpdateDate: wholeSecond(policy.updated),
    ...(isWhole && description !== undefined && { Description: description }),
    ...(isWhole && tags.size > 0 && { Tags: viewTags(tags) }),
  }
}

/** The versions of a policy, the latest first. */
export function viewVersions({ versions, defaultVersion }: ManagedPolicy, hasDocument = false) {
  return [...versions].reverse().map(([id, { text, created }]) => ({
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: wholeSecond(created),
    ...(hasDocument && { Document: encoded(text) }),
  }))
}

/** What a holder has attached. */
export function viewAttached(iam: Iam, { attached }: Attachable): client.AttachedPolicy[] {
  return [...attached].map((arn) => ({
    PolicyName: findPolicy(iam, arn)?.name ?? arn.slice(arn.lastIndexOf('/') + 1),
    PolicyArn: arn,
  }))
}

/** Tags. */
export function viewTags(tags: Map<string, string>): client.Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }))
}

/** The permissions boundary. */
export function viewBoundary(boundary: string | undefined) {
  if (boundary === undefined) return {}
  const type = 'PermissionsBoundaryPolicy' as client.PermissionsBoundaryAttachmentType
  return { PermissionsBoundary: { PermissionsBoundaryType: type, PermissionsBoundaryArn: boundary } }
}

/** Everybody to whom policies can be attached. */
export function holdersOf({ users, groups, roles }: Iam): Attachable[] {
  return [...users.values(), ...groups.values(), ...roles.values()]
}

/** Everybody whose boundary a policy is. */
export function boundedBy({ users, roles }: Iam, arn: string): (User | Role)[] {
  return [...users.values(), ...roles.values()].filter(({ boundary }) => boundary === arn)
}

/** A moment as IAM tells it. */
export function wholeSecond(at: number): Date {
  return new Date(at - (at % second))
}
