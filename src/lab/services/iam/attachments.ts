// Policies of users, groups and roles: attached ones, inline ones, and boundaries; the same for all three.

import { DeleteConflictException$, PolicyNotAttachableException$ } from '@aws-sdk/client-iam'
import type { Context } from '#lab/state.ts'
import { type AwsError, common, fault } from '#lab/wire/errors.ts'
import { encoded, exceeded, limitExceeded, readDocument, sizeOf } from './documents.ts'
import { iamOf, noSuch } from './find.ts'
import { checkName } from './invalid.ts'
import type { Attachable, Identity } from './model.ts'
import { pageOf } from './page.ts'
import { findPolicy } from './policies-of.ts'
import { viewAttached } from './view.ts'

const kinds = { user: 'User', group: 'Group', role: 'Role' } as const
// "IAM and AWS STS quotas": attached managed policies, and characters of all inline policies together.
const mostAttached = 10
const largestInline = { user: 2_048, group: 5_120, role: 10_240 } as const

/** Attaches a managed policy; once more changes nothing. */
export function attach(holder: Attachable, arn: string, context: Context) {
  demandAttachable(arn, context)
  if (!holder.attached.has(arn) && holder.attached.size >= mostAttached) {
    throw exceeded(`PoliciesPer${kinds[holder.kind]}`, mostAttached)
  }
  holder.attached.add(arn)
  return {}
}

/** Takes a managed policy away. */
export function detach(holder: Attachable, arn: string) {
  if (!holder.attached.delete(arn)) throw noSuch(`Policy ${arn} was not found.`)
  return {}
}

type ListInput = {
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

/** A page of the attached policies. */
export function listAttached(holder: Attachable, input: ListInput, context: Context) {
  const iam = iamOf(context)
  const all = viewAttached(iam, holder).filter(({ PolicyArn = '' }) =>
    (findPolicy(iam, PolicyArn)?.path ?? '/').startsWith(input.PathPrefix ?? '/'),
  )
  const { items, rest } = pageOf(all, ({ PolicyArn = '' }) => PolicyArn, input)
  return { AttachedPolicies: items, ...rest }
}

type InlineInput = { PolicyName: string; PolicyDocument: string }

/** Writes an inline policy, over the one of that name. */
export function putInline(holder: Attachable, { PolicyName, PolicyDocument }: InlineInput) {
  checkName(PolicyName, 'policyName', 128)
  const policy = readDocument(PolicyDocument, 'identity')
  const others = [...holder.inline].filter(([name]) => name !== PolicyName)
  const size = others.reduce((sum, [, { text }]) => sum + sizeOf(text), sizeOf(PolicyDocument))
  const limit = largestInline[holder.kind]
  if (size > limit) {
    throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${holder.kind} ${holder.name}`)
  }
  holder.inline.set(PolicyName, policy)
  return {}
}

/** An inline policy. */
export function getInline(holder: Attachable, name: string) {
  const policy = holder.inline.get(name)
  if (!policy) throw noInline(holder, name)
  return { PolicyName: name, PolicyDocument: encoded(policy.text) }
}

/** Removes an inline policy. */
export function deleteInline(holder: Attachable, name: string) {
  if (!holder.inline.delete(name)) throw noInline(holder, name)
  return {}
}

/** A page of the names of inline policies. */
export function listInline(holder: Attachable, input: ListInput) {
  const { items, rest } = pageOf(holder.inline.keys(), (name) => name, input)
  return { PolicyNames: items, ...rest }
}

function noInline({ kind }: Attachable, name: string): AwsError {
  return noSuch(`The ${kind} policy with name ${name} cannot be found.`)
}

/** Sets the permissions boundary. */
export function putBoundary(identity: Identity, arn: string, context: Context) {
  demandAttachable(arn, context)
  identity.boundary = arn
  return {}
}

/** Takes the permissions boundary away. */
export function deleteBoundary(identity: Identity) {
  // Unverified: the wording.
  if (identity.boundary === undefined)
    throw noSuch(`The ${identity.kind} ${identity.name} has no permissions boundary.`)
  identity.boundary = undefined
  return {}
}

/** Refuses a policy that cannot be attached. */
export function demandAttachable(arn: string, context: Context): void {
  if (!/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/.test(arn)) {
    // Wording as recorded.
    throw common('ValidationError', `ARN ${arn} is not valid.`)
  }
  if (findPolicy(iamOf(context), arn)) return
  const isOfAws = arn.includes('::aws:')
  // "Unknown is not false": AWS may well have this policy, so the lab does not say that it is not there.
  if (isOfAws) throw fault(PolicyNotAttachableException$, `The lab does not have AWS's policy ${arn}.`)
  throw noSuch(`Policy ${arn} does not exist or is not attachable.`)
}

/** Refuses to delete what still has policies. */
export function demandNoPolicies({ attached, inline }: Attachable): void {
  if (attached.size > 0) throw conflict('Cannot delete entity, must detach all policies first.')
  if (inline.size > 0) throw conflict('Cannot delete entity, must delete policies first.')
}

/** DeleteConflict. */
export function conflict(message: string): AwsError {
  return fault(DeleteConflictException$, message)
}
