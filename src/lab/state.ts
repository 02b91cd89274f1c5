// What the lab remembers: accounts, the principals that may call, and what stands in each region.

import { formatArn } from '#kit/arn.ts'
import type { Clock } from './clock.ts'
import type { Partition } from './regions.ts'
import type { Redshift } from './services/redshift/model.ts'
import type { Denial } from './world.ts'

/** Who a call is made as: a user's access key, or the temporary credentials of an assumed role. */
export type Principal = {
  accessKeyId: string
  secret: string
  sessionToken: string | undefined
  /** The virtual moment the credentials stop working. */
  expiresAt: number
  account: Account
  arn: string
  userId: string
  /** Shared by all sessions of a role, so that denying a role reaches the sessions it already has. */
  denied: Denial[]
}

/** A role that principals of the trusted accounts may assume. */
export type Role = {
  name: string
  id: string
  trusts: string[]
  externalId: string | undefined
  denied: Denial[]
}

/** One AWS account. */
export type Account = {
  id: string
  alias: string | undefined
  partition: Partition
  /** Regions that need opting in to and that the account uses. */
  optedIn: Set<string>
  roles: Map<string, Role>
  regions: Map<string, Region>
}

/** One region of one account. */
export type Region = { name: string; account: Account; redshift: Redshift }

/** Everything the lab remembers. */
export type State = {
  clock: Clock
  accounts: Map<string, Account>
  principals: Map<string, Principal>
}

/** What an operation knows besides its input. */
export type Context = {
  state: State
  principal: Principal
  account: Account
  region: Region
  /** The virtual moment of the call, in milliseconds. */
  now: number
  requestId: string
}

/** The ARN of something in a region. */
export function arnIn({ name, account }: Region, service: string, resource: string): string {
  return formatArn({ partition: account.partition, service, region: name, account: account.id, resource })
}
