// What the lab keeps of an account's IAM: users, groups, roles, and the policies somebody has written.

import type { PolicyDocument } from '#lab/iam/types.ts'
import type { Denial } from '#lab/world.ts'

/** A policy as somebody wrote it, and as evaluation reads it. Replaced as a whole, never changed in place. */
export type Written = { text: string; document: PolicyDocument }

/** What users, groups and roles have in common. */
type Holder = {
  name: string
  /** `/`, or `/team/`. */
  path: string
  /** `AIDA…`, `AGPA…`, `AROA…`. */
  id: string
  arn: string
  /** Milliseconds. */
  created: number
  /** Inline policies by name. */
  inline: Map<string, Written>
  /** ARNs of managed policies, in the order of attaching. */
  attached: Set<string>
}

/** A user. */
export type User = Holder & {
  kind: 'user'
  /** Names of groups. */
  groups: Set<string>
  /** The ARN of the policy that is the permissions boundary. */
  boundary: string | undefined
  tags: Map<string, string>
}

/** A group. */
export type Group = Holder & { kind: 'group' }

/** A role. */
export type Role = Holder & {
  kind: 'role'
  trust: Written
  description: string | undefined
  /** Seconds. */
  maxSessionDuration: number
  boundary: string | undefined
  tags: Map<string, string>
  /** Shared with the sessions of the role. */
  denied: Denial[]
}

/** Whose policies decide about a call. */
export type Identity = User | Role

/** Whatever policies can be attached to. */
export type Attachable = User | Group | Role

/** A managed policy. */
export type ManagedPolicy = {
  name: string
  path: string
  /** `ANPA…`. */
  id: string
  arn: string
  description: string | undefined
  created: number
  updated: number
  versions: Map<string, Written & { created: number }>
  defaultVersion: string
  /** The number of the latest version there ever was. */
  latest: number
  tags: Map<string, string>
}

/** The IAM of one account. */
export type Iam = {
  users: Map<string, User>
  groups: Map<string, Group>
  roles: Map<string, Role>
  /** Customer-managed policies by ARN. */
  policies: Map<string, ManagedPolicy>
}

/** An account without anybody in it. */
export function emptyIam(): Iam {
  return { users: new Map(), groups: new Map(), roles: new Map(), policies: new Map() }
}

/** What temporary credentials were opened with. */
export type Session = {
  /** Session policies; one of them must allow. None limits nothing. */
  policies: PolicyDocument[]
  tags: Map<string, string>
  /** Keys of the tags that go on to the next role. */
  transitive: string[]
  mfa: boolean
  /** Milliseconds. */
  issuedAt: number
  /** `token`: GetSessionToken, `federated`: GetFederationToken. */
  kind: 'role' | 'token' | 'federated'
}
