// An organization as a world says it, in the account that manages it.

import type { Account, Organization } from '@aws-sdk/client-organizations'
import type { Seed } from '#lab/world.ts'

/** A place in the tree: what is below it and which policies, by name, are attached to it beside FullAWSAccess. */
type PlaceSeed = {
  accounts?: MemberSeed[]
  units?: UnitSeed[]
  policies?: string[]
}

/** A unit. */
export type UnitSeed = PlaceSeed & { Name: string; Id?: string }

/** An account of the organization, in the lab or not. */
export type MemberSeed = Seed<Account> & { Id: string; policies?: string[] }

/** A service control policy. */
export type PolicySeed = { Name: string; Description?: string; Content: object | string }

/** An organization; its managing account stands directly under the root unless it is said to stand elsewhere. */
export type OrganizationSeed = PlaceSeed & {
  Id?: string
  FeatureSet?: NonNullable<Organization['FeatureSet']>
  MasterAccountEmail?: string
  /** Every service control policy that is attached somewhere. */
  serviceControlPolicies?: PolicySeed[]
}
