// What other services do with serverless snapshots: find one by its ARN, and restore it or let accounts do so.

import type { Region } from '#lab/state.ts'
import { awsOwned, type SnapshotRecord } from './model.ts'

/** The serverless snapshot of an ARN in a region, or undefined. */
export function serverlessSnapshot({ serverless }: Region, arn: string): SnapshotRecord | undefined {
  return [...serverless.snapshots.values()].find(({ facts }) => facts.snapshotArn === arn)
}

// Unverified: that redshift:AuthorizeSnapshotAccess with the ARN of a serverless snapshot is what fills
// accountsWithProvisionedRestoreAccess (no page says how; both have a form with SnapshotArn).
/** Lets an account restore a snapshot to a provisioned cluster. Says whether that was new. */
export function shareWithClusters(snapshot: SnapshotRecord, account: string): boolean {
  if (snapshot.provisionedAccounts.includes(account)) return false
  snapshot.provisionedAccounts = [...snapshot.provisionedAccounts, account].sort()
  return true
}

/** Takes that back. Says whether there was something to take back. */
export function unshareWithClusters(snapshot: SnapshotRecord, account: string): boolean {
  const left = snapshot.provisionedAccounts.filter((one) => one !== account)
  const isChanged = left.length < snapshot.provisionedAccounts.length
  snapshot.provisionedAccounts = left
  return isChanged
}

/** Whether a key is shown by its ARN, and not by the word for keys that AWS owns. */
export function isShownKey(shown: string | undefined): boolean {
  return shown !== undefined && shown !== awsOwned
}
