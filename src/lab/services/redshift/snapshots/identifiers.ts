// What manual snapshots may be called.

import {
  ClusterSnapshotAlreadyExistsFault$,
  ClusterSnapshotQuotaExceededFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'

// Per account and region, adjustable: Management Guide, "Quotas and limits".
const mostManual = 700

/** Throws unless a manual snapshot can be called so. Rules: API, CreateClusterSnapshot. Unverified: code and wording. */
export function checkSnapshotName(name: string, member = 'SnapshotIdentifier'): void {
  if (name.length <= 255 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i.test(name)) return
  throw common(
    'InvalidParameterValue',
    `The parameter ${member} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
  )
}

/** Throws unless the name is free and the account may have one more manual snapshot in the region. */
export function demandRoom({ redshift }: Region, name: string): void {
  if (redshift.snapshots.has(name)) {
    // Unverified: the wording.
    throw fault(ClusterSnapshotAlreadyExistsFault$, `Snapshot ${name} already exists.`)
  }
  if (redshift.snapshots.size < mostManual) return
  let manual = 0
  for (const { isManual } of redshift.snapshots.values()) if (isManual) manual += 1
  if (manual < mostManual) return
  // Wording: the fault's description.
  throw fault(
    ClusterSnapshotQuotaExceededFault$,
    'The request would result in the user exceeding the allowed number of cluster snapshots.',
  )
}
