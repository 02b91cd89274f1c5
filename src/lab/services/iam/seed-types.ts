// What a world says of users, groups, roles and policies: the shapes of GetAccountAuthorizationDetails.

import type { Denial } from '#lab/world.ts'

/** A policy as an object or as JSON text. */
export type DocumentSeed = string | object

/** An inline policy. */
export type InlineSeed = { PolicyName: string; PolicyDocument: DocumentSeed }

/** A managed policy that is attached; an ARN without an account is AWS's. */
export type AttachedSeed = { PolicyName?: string; PolicyArn: string }

type HolderSeed = {
  Path?: string
  CreateDate?: string | Date
  AttachedManagedPolicies?: AttachedSeed[]
}

type BoundedSeed = HolderSeed & {
  PermissionsBoundary?: { PermissionsBoundaryArn: string; PermissionsBoundaryType?: string }
  Tags?: { Key: string; Value: string }[]
}

/** A user. One for whom no policies and no groups are given is an administrator. */
export type UserSeed = BoundedSeed & {
  UserName: string
  UserPolicyList?: InlineSeed[]
  GroupList?: string[]
}

/** A group. */
export type GroupSeed = HolderSeed & { GroupName: string; GroupPolicyList?: InlineSeed[] }

/**
 * A role. Whom it trusts is a policy, or in short the ids of accounts and an external id; one for which no policies are
 * given is an administrator. `denied` takes permissions away, whatever policies say.
 */
export type RoleSeed = BoundedSeed & {
  name: string
  trusts?: string[]
  externalId?: string
  denied?: Denial[]
  AssumeRolePolicyDocument?: DocumentSeed
  Description?: string
  MaxSessionDuration?: number
  RolePolicyList?: InlineSeed[]
}

/** A managed policy of the account. */
export type ManagedPolicySeed = {
  PolicyName: string
  Path?: string
  Description?: string
  CreateDate?: string | Date
  PolicyVersionList: { Document: DocumentSeed; VersionId?: string; IsDefaultVersion?: boolean }[]
}

/** What a world says of an account's IAM. */
export type IamSeed = {
  users?: UserSeed[]
  groups?: GroupSeed[]
  roles?: RoleSeed[]
  policies?: ManagedPolicySeed[]
}
