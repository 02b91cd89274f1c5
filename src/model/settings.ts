// What the user decides: where to look, whom to trust, and the numbers of the practices.

/** Whom and where the user trusts; the same for every practice. */
export type Policy = {
  /** Accounts that may restore snapshots: 12-digit ids, or `amazon-redshift-support`. */
  trustedAccounts: readonly string[]
}

/** An account to look into besides the caller's own, through a role. */
export type AccountSetting = { role: string; externalId?: string }

/** `redoubt.yaml`, with its defaults filled in. */
export type Settings = {
  regions: readonly string[]
  accounts: readonly AccountSetting[]
  trustedAccounts: readonly string[]
  /** Numbers by practice and setting. */
  practices: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export const defaultSettings: Settings = { regions: [], accounts: [], trustedAccounts: [], practices: {} }
