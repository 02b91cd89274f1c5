// Finding what a call names, or saying in IAM's words that it is not there.

import { EntityAlreadyExistsException$, NoSuchEntityException$ } from '@aws-sdk/client-iam'
import type { Context } from '#lab/state.ts'
import { type AwsError, common, fault } from '#lab/wire/errors.ts'
import type { Group, Iam, ManagedPolicy, Role, User } from './model.ts'
import { findPolicy } from './policies-of.ts'

/** The IAM of the calling account. */
export function iamOf({ account }: Context): Iam {
  return account.iam
}

/** NoSuchEntity. */
export function noSuch(message: string): AwsError {
  return fault(NoSuchEntityException$, message)
}

/** A user; the caller where none is named. */
export function userOf(context: Context, name: string | undefined): User {
  if (name !== undefined) return found(iamOf(context).users, 'user', name)
  const { identity } = context.principal
  if (identity?.kind === 'user') return identity
  // Wording as recorded, for calls with the credentials of a role.
  throw common('ValidationError', 'Must specify userName when calling with non-User credentials')
}

/** A group. */
export function groupOf(context: Context, name: string): Group {
  return found(iamOf(context).groups, 'group', name)
}

/** A role. */
export function roleOf(context: Context, name: string): Role {
  return found(iamOf(context).roles, 'role', name)
}

function found<Thing>(things: Map<string, Thing>, kind: string, name: string): Thing {
  const thing = things.get(name)
  if (!thing) throw noSuch(`The ${kind} with name ${name} cannot be found.`)
  return thing
}

/** A managed policy, of the account or of AWS. */
export function policyOf(context: Context, arn: string): ManagedPolicy {
  const policy = findPolicy(iamOf(context), arn)
  if (!policy) throw noSuch(`Policy ${arn} was not found.`)
  return policy
}

/** Refuses a name that is taken; "names are not distinguished by case": API, CreateUser. */
export function demandFree(
  things: Map<string, unknown>,
  kind: 'User' | 'Group' | 'Role',
  name: string,
): void {
  const wanted = name.toLowerCase()
  for (const known of things.keys()) {
    if (known.toLowerCase() !== wanted) continue
    throw fault(EntityAlreadyExistsException$, `${kind} with name ${name} already exists.`)
  }
}
