// Managed policies, their versions, and whom they are attached to.

import type * as client from '@aws-sdk/client-iam'
import { EntityAlreadyExistsException$ } from '@aws-sdk/client-iam'
import { newHex } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { conflict } from './attachments.ts'
import { awsPolicies } from './aws-policies.ts'
import { encoded, exceeded, limitExceeded, readDocument, sizeOf } from './documents.ts'
import { iamOf, noSuch, policyOf } from './find.ts'
import { checkName, checkPath } from './invalid.ts'
import type { ManagedPolicy } from './model.ts'
import { iamArn, idOf } from './names.ts'
import { pageOf } from './page.ts'
import { listTags, readTags, tag, untag } from './tags.ts'
import { boundedBy, holdersOf, viewPolicy, viewVersions } from './view.ts'

// "IAM and AWS STS quotas": characters of a managed policy, and its versions.
const largestPolicy = 6_144
const mostVersions = 5

export const policyOperations = {
  CreatePolicy(input, context) {
    const { PolicyName, PolicyDocument } = input
    const { account, state, now } = context
    checkName(PolicyName, 'policyName', 128)
    const path = checkPath(input.Path)
    const { policies } = iamOf(context)
    const wanted = PolicyName.toLowerCase()
    if ([...policies.values()].some(({ name }) => name.toLowerCase() === wanted)) {
      const message = `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`
      throw fault(EntityAlreadyExistsException$, message)
    }
    const policy: ManagedPolicy = {
      name: PolicyName,
      path,
      id: idOf('policy', newHex(state, 17)),
      arn: iamArn(account, 'policy', path, PolicyName),
      description: input.Description,
      created: now,
      updated: now,
      versions: new Map([['v1', { ...readPolicy(PolicyDocument), created: now }]]),
      defaultVersion: 'v1',
      latest: 1,
      tags: readTags(input.Tags),
    }
    policies.set(policy.arn, policy)
    return { Policy: viewPolicy(iamOf(context), policy) }
  },

  GetPolicy: ({ PolicyArn }, context) => ({
    Policy: viewPolicy(iamOf(context), policyOf(context, PolicyArn)),
  }),

  ListPolicies(input, context) {
    const { account } = context
    const iam = iamOf(context)
    const { Scope = 'All', OnlyAttached, PathPrefix = '/', PolicyUsageFilter: usage } = input
    const all = [
      ...(Scope === 'AWS' ? [] : iam.policies.values()),
      ...(Scope === 'Local' ? [] : awsPolicies(account.partition)),
    ].map((policy) => viewPolicy(iam, policy, false))
    const wanted = all.filter(
      ({ Path = '/', AttachmentCount, PermissionsBoundaryUsageCount: bounded }) =>
        Path.startsWith(PathPrefix) &&
        (!(OnlyAttached || usage === 'PermissionsPolicy') || AttachmentCount !== 0) &&
        (usage !== 'PermissionsBoundary' || bounded !== 0),
    )
    const { items, rest } = pageOf(wanted, ({ Arn = '' }) => Arn, input)
    return { Policies: items, ...rest }
  },

  DeletePolicy({ PolicyArn }, context) {
    const policy = ownPolicy(context, PolicyArn)
    const iam = iamOf(context)
    if (
      holdersOf(iam).some(({ attached }) => attached.has(PolicyArn)) ||
      boundedBy(iam, PolicyArn).length > 0
    ) {
      throw conflict('Cannot delete a policy attached to entities.')
    }
    if (policy.versions.size > 1) {
      throw conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    iam.policies.delete(PolicyArn)
    return {}
  },

  CreatePolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault }, context) {
    const policy = ownPolicy(context, PolicyArn)
    const written = readPolicy(PolicyDocument)
    if (policy.versions.size >= mostVersions) {
      throw limitExceeded(
        `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
      )
    }
    policy.latest += 1
    const id = `v${policy.latest}`
    policy.versions.set(id, { ...written, created: context.now })
    policy.updated = context.now
    if (SetAsDefault) policy.defaultVersion = id
    return { PolicyVersion: viewVersions(policy)[0] }
  },

  GetPolicyVersion({ PolicyArn, VersionId }, context) {
    const policy = policyOf(context, PolicyArn)
    const { text } = versionOf(policy, VersionId)
    const view = viewVersions(policy).find((version) => version.VersionId === VersionId)
    return { PolicyVersion: { ...view, Document: encoded(text) } }
  },

  ListPolicyVersions(input, context) {
    const all = viewVersions(policyOf(context, input.PolicyArn))
    // The latest first: its key is the smallest.
    const keyOf = ({ VersionId }: { VersionId: string }) => String(1e6 - Number(VersionId.slice(1)))
    const { items, rest } = pageOf(all, keyOf, input)
    return { Versions: items, ...rest }
  },

  SetDefaultPolicyVersion({ PolicyArn, VersionId }, context) {
    const policy = ownPolicy(context, PolicyArn)
    versionOf(policy, VersionId)
    policy.defaultVersion = VersionId
    policy.updated = context.now
    return {}
  },

  DeletePolicyVersion({ PolicyArn, VersionId }, context) {
    const policy = ownPolicy(context, PolicyArn)
    versionOf(policy, VersionId)
    if (policy.defaultVersion === VersionId) {
      throw conflict('Cannot delete the default version of a policy.')
    }
    policy.versions.delete(VersionId)
    return {}
  },

  ListEntitiesForPolicy(input, context) {
    const { PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter: usage } = input
    policyOf(context, PolicyArn)
    const iam = iamOf(context)
    const holders = [
      ...(usage === 'PermissionsBoundary'
        ? []
        : holdersOf(iam).filter(({ attached }) => attached.has(PolicyArn))),
      ...(usage === 'PermissionsPolicy' ? [] : boundedBy(iam, PolicyArn)),
    ]
    const kinds: Record<string, string> = { User: 'user', Role: 'role', Group: 'group' }
    const kind = EntityFilter === undefined ? undefined : kinds[EntityFilter]
    if (EntityFilter !== undefined && kind === undefined) {
      throw common('ValidationError', `The lab filters by User, Role or Group, not by ${EntityFilter}.`)
    }
    const wanted = holders.filter(
      (holder) => (kind === undefined || holder.kind === kind) && holder.path.startsWith(PathPrefix),
    )
    const { items, rest } = pageOf(new Set(wanted), ({ arn }) => arn, input)
    const of = (one: string) => items.filter((holder) => holder.kind === one)
    return {
      PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...rest,
    }
  },

  TagPolicy: (input, context) => tag(ownPolicy(context, input.PolicyArn), input.Tags),
  UntagPolicy: (input, context) => untag(ownPolicy(context, input.PolicyArn), input.TagKeys),
  ListPolicyTags: (input, context) => listTags(policyOf(context, input.PolicyArn), input),
} satisfies Operations<typeof client>

function readPolicy(text: string) {
  if (sizeOf(text) > largestPolicy) throw exceeded('PolicySize', largestPolicy)
  return readDocument(text, 'identity')
}

// AWS's own policies are nobody's to change. Unverified: code and wording.
function ownPolicy(context: Context, arn: string): ManagedPolicy {
  const policy = policyOf(context, arn)
  if (!iamOf(context).policies.has(arn)) {
    throw common('AccessDenied', `Policy ${arn} is managed by AWS and cannot be changed.`)
  }
  return policy
}

function versionOf({ arn, versions }: ManagedPolicy, id: string) {
  const version = versions.get(id)
  if (!version) throw noSuch(`Policy ${arn} version ${id} does not exist or is not attachable.`)
  return version
}
