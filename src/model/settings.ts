// What the user decides: where to look, whom to trust, where data may lie, and the settings of the practices.

import type { Suppression } from './suppression.ts'

/** Whom and where the user trusts; the same for every practice. */
export type Policy = {
  /** Accounts that may restore snapshots: 12-digit ids, or `amazon-redshift-support`. */
  trustedAccounts: readonly string[]
  /** Regions where data and its copies may lie. Not stated: only the region of the data itself. */
  allowedRegions?: readonly string[] | undefined
  /** Keys of the tags that whatever can have some must carry. */
  requiredTags: readonly string[]
  /** Names of the buckets that COPY and UNLOAD move data through, besides those that logs show. */
  dataBuckets: readonly string[]
  /** By region, the ARN of the customer-managed key to use for new encryption there. */
  keys: Readonly<Record<string, string>>
}

/** An account to look into besides the caller's own, through a role. */
export type AccountSetting = { role: string; externalId?: string }

/** The value of one setting of a practice. */
export type SettingValue = number | boolean | string | readonly string[]

/** The settings of single practices by id and name. `enabled` switches a practice on or off; every one has it. */
export type PracticeSettings = Readonly<Record<string, Readonly<Record<string, SettingValue>>>>

/** So many days of logs are read at the most. */
export const mostLogDays = 90

/** How far back logs are read. */
export type ReadLogs = { days: number }

/** `redoubt.yaml`, with its defaults filled in. */
export type Settings = Policy & {
  regions: readonly string[]
  accounts: readonly AccountSetting[]
  /** Whether a scan reads the logs, which takes calls and permissions of its own; not when absent. */
  readLogs?: ReadLogs | undefined
  practices: PracticeSettings
  suppressions: readonly Suppression[]
}

/** Nobody and nothing is trusted. */
export const defaultPolicy: Policy = { trustedAccounts: [], requiredTags: [], dataBuckets: [], keys: {} }

export const defaultSettings: Settings = {
  ...defaultPolicy,
  regions: [],
  accounts: [],
  practices: {},
  suppressions: [],
}

/** The policy that settings state, without the rest of them. */
export function policyOf({
  trustedAccounts,
  allowedRegions,
  requiredTags,
  dataBuckets,
  keys,
}: Policy): Policy {
  return { trustedAccounts, ...(allowedRegions && { allowedRegions }), requiredTags, dataBuckets, keys }
}

/** Whether data of one region may lie in another, or the same: stated, or else only at home. */
export function allowsRegion({ allowedRegions }: Policy, region: string, home: string): boolean {
  return allowedRegions ? allowedRegions.includes(region) : region === home
}
