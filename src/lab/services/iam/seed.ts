// Fills an account's IAM from a world. Loads no SDK: every lab has users, not every one is asked for them.

import { parseDuration } from '#kit/time.ts'
import { type PolicyUse, parsePolicy } from '#lab/iam/parse.ts'
import { demandMembers } from '#lab/seed-members.ts'
import type { Account } from '#lab/state.ts'
import { awsArn } from './aws-policies.ts'
import {
  type Attachable,
  emptyIam,
  type Group,
  type Iam,
  type ManagedPolicy,
  type Role,
  type User,
  type Written,
} from './model.ts'
import { iamArn, seededId } from './names.ts'
import { findPolicy } from './policies-of.ts'
import type {
  DocumentSeed,
  GroupSeed,
  IamSeed,
  InlineSeed,
  ManagedPolicySeed,
  RoleSeed,
  UserSeed,
} from './seed-types.ts'

type Owner = Pick<Account, 'id' | 'partition'>
type Where = { owner: Owner; iam: Iam; now: number }

const ofHolder = ['Path', 'CreateDate', 'AttachedManagedPolicies']
const ofBounded = [...ofHolder, 'PermissionsBoundary', 'Tags']
const members = {
  user: [...ofBounded, 'UserName', 'UserPolicyList', 'GroupList'],
  group: [...ofHolder, 'GroupName', 'GroupPolicyList'],
  role: [
    ...[...ofBounded, 'name', 'trusts', 'externalId', 'denied', 'AssumeRolePolicyDocument'],
    ...['Description', 'MaxSessionDuration', 'RolePolicyList'],
  ],
  policy: ['PolicyName', 'Path', 'Description', 'CreateDate', 'PolicyVersionList'],
}

/** The IAM a world gives an account. Users that only have an access key are added by `seededUser`. */
export function seedIam(owner: Owner, seed: IamSeed, now: number): Iam {
  const iam = emptyIam()
  const where = { owner, iam, now }
  for (const policy of seed.policies ?? []) addPolicy(where, policy)
  for (const group of seed.groups ?? []) addGroup(where, group)
  for (const user of seed.users ?? []) addUser(where, user)
  for (const role of seed.roles ?? []) addRole(where, role)
  return iam
}

/** The user of an access key; one that the world says nothing else of is an administrator. */
export function seededUser(owner: Owner, iam: Iam, name: string, now: number): User {
  return iam.users.get(name) ?? addUser({ owner, iam, now }, { UserName: name })
}

function addUser(where: Where, seed: UserSeed): User {
  const what = `user ${seed.UserName} of account ${where.owner.id}`
  demandMembers(seed, members.user, what)
  const groups = seed.GroupList ?? []
  const unknown = groups.find((name) => !where.iam.groups.has(name))
  if (unknown !== undefined) throw new Error(`${what} is in the group ${unknown}, which is not there`)
  const user: User = {
    kind: 'user',
    ...holder(where, 'user', seed.UserName, seed, seed.UserPolicyList, what),
    ...bounded(where, seed, what),
    groups: new Set(groups),
  }
  if (groups.length === 0) beAdministrator(where, user)
  return put(where.iam.users, user, what)
}

function addGroup(where: Where, seed: GroupSeed): void {
  const what = `group ${seed.GroupName} of account ${where.owner.id}`
  demandMembers(seed, members.group, what)
  const group: Group = {
    kind: 'group',
    ...holder(where, 'group', seed.GroupName, seed, seed.GroupPolicyList, what),
  }
  put(where.iam.groups, group, what)
}

function addRole(where: Where, seed: RoleSeed): void {
  const what = `role ${seed.name} of account ${where.owner.id}`
  demandMembers(seed, members.role, what)
  const role: Role = {
    kind: 'role',
    ...holder(where, 'role', seed.name, seed, seed.RolePolicyList, what),
    ...bounded(where, seed, what),
    trust: written(trustOf(where, seed), 'trust', what),
    description: seed.Description,
    // API, CreateRole: an hour where nothing is said. The short form is meant to be simple, so it allows all there is.
    maxSessionDuration: seed.MaxSessionDuration ?? (seed.AssumeRolePolicyDocument ? 3_600 : 43_200),
    denied: [...(seed.denied ?? [])],
  }
  beAdministrator(where, role)
  put(where.iam.roles, role, what)
}

function trustOf({ owner }: Where, seed: RoleSeed): DocumentSeed {
  const { AssumeRolePolicyDocument, trusts = [], externalId } = seed
  if (AssumeRolePolicyDocument !== undefined) return AssumeRolePolicyDocument
  const AWS = trusts.map((account) => `arn:${owner.partition}:iam::${account}:root`)
  const Condition = { StringEquals: { 'sts:ExternalId': externalId } }
  const statement = { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }
  return {
    Version: '2012-10-17',
    Statement: [{ ...statement, ...(externalId !== undefined && { Condition }) }],
  }
}

function addPolicy({ owner, iam, now }: Where, seed: ManagedPolicySeed): void {
  const what = `policy ${seed.PolicyName} of account ${owner.id}`
  demandMembers(seed, members.policy, what)
  const { PolicyName: name, Path: path = '/', PolicyVersionList: list } = seed
  const created = momentOf(seed.CreateDate, now, what)
  for (const version of list)
    demandMembers(version, ['Document', 'VersionId', 'IsDefaultVersion'], `a version of ${what}`)
  const versions = list.map((version, index) => ({
    id: version.VersionId ?? `v${list.length - index}`,
    isDefault: version.IsDefaultVersion ?? index === 0,
    content: { ...written(version.Document, 'identity', what), created },
  }))
  const inForce = versions.find(({ isDefault }) => isDefault)
  if (!inForce) throw new Error(`${what} has no default version`)
  const policy: ManagedPolicy = {
    name,
    path,
    id: seededId('policy', owner, name),
    arn: iamArn(owner, 'policy', path, name),
    description: seed.Description,
    created,
    updated: created,
    versions: new Map(versions.map(({ id, content }) => [id, content])),
    defaultVersion: inForce.id,
    latest: Math.max(...versions.map(({ id }) => Number(id.slice(1)))),
    tags: new Map(),
  }
  if (iam.policies.has(policy.arn)) throw new Error(`${what} is given twice`)
  iam.policies.set(policy.arn, policy)
}

type HolderSeed = UserSeed | GroupSeed | RoleSeed

function holder(
  where: Where,
  kind: Attachable['kind'],
  name: string,
  { Path: path = '/', AttachedManagedPolicies: attached = [], CreateDate }: HolderSeed,
  inline: InlineSeed[] = [],
  what: string,
) {
  const { owner, now } = where
  for (const policy of attached) {
    demandMembers(policy, ['PolicyName', 'PolicyArn'], `a policy of ${what}`)
    demandPolicy(where, policy.PolicyArn, what)
  }
  for (const policy of inline) demandMembers(policy, ['PolicyName', 'PolicyDocument'], `a policy of ${what}`)
  return {
    name,
    path,
    id: seededId(kind, owner, name),
    arn: iamArn(owner, kind, path, name),
    created: momentOf(CreateDate, now, what),
    inline: new Map(
      inline.map(({ PolicyName, PolicyDocument }) => [PolicyName, written(PolicyDocument, 'identity', what)]),
    ),
    attached: new Set(attached.map(({ PolicyArn }) => PolicyArn)),
  }
}

function bounded(where: Where, { PermissionsBoundary, Tags }: UserSeed | RoleSeed, what: string) {
  const ofBoundary = ['PermissionsBoundaryArn', 'PermissionsBoundaryType']
  if (PermissionsBoundary) demandMembers(PermissionsBoundary, ofBoundary, `the boundary of ${what}`)
  for (const tag of Tags ?? []) demandMembers(tag, ['Key', 'Value'], `a tag of ${what}`)
  const boundary = PermissionsBoundary?.PermissionsBoundaryArn
  if (boundary !== undefined) demandPolicy(where, boundary, what)
  return { boundary, tags: new Map((Tags ?? []).map(({ Key, Value }) => [Key, Value])) }
}

// What a world leaves open is allowed, so that a world about warehouses need not speak of policies.
function beAdministrator({ owner }: Where, { attached, inline }: Attachable): void {
  if (attached.size === 0 && inline.size === 0) attached.add(awsArn(owner.partition, 'AdministratorAccess'))
}

function demandPolicy({ iam }: Where, arn: string, what: string): void {
  if (findPolicy(iam, arn)) return
  const why = arn.includes('::aws:') ? 'the lab does not have that policy of AWS' : 'it is not there'
  throw new Error(`${what} refers to the policy ${arn}: ${why}`)
}

function written(source: DocumentSeed, use: PolicyUse, what: string): Written {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  try {
    return { text, document: parsePolicy(text, use) }
  } catch (error) {
    throw new Error(`${what} has a policy that is none: ${(error as Error).message}`)
  }
}

function momentOf(text: string | Date | undefined, now: number, what: string): number {
  if (text === undefined) return now
  const duration = typeof text === 'string' ? parseDuration(text) : undefined
  const moment = duration === undefined ? new Date(text).getTime() : now + duration
  if (Number.isNaN(moment)) throw new Error(`${what} was made at ${String(text)}, which is no moment`)
  return moment
}

function put<Thing extends { name: string }>(map: Map<string, Thing>, thing: Thing, what: string): Thing {
  if (map.has(thing.name)) throw new Error(`${what} is given twice`)
  map.set(thing.name, thing)
  return thing
}
