// How long snapshots are kept: which values are allowed, and which snapshots have run out.

import { InvalidRetentionPeriodFault$ } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Redshift, SnapshotRecord } from '../model.ts'

/** Throws unless the days are -1 (forever) or 1 to 3653. */
export function checkManualRetention(days: number): void {
  if (days === -1 || (Number.isInteger(days) && days >= 1 && days <= 3_653)) return
  // Wording above the range: the service's own, as recorded by the cdk-preflight rules. Below: the fault's description.
  throw fault(
    InvalidRetentionPeriodFault$,
    days > 3_653
      ? 'Retention period cannot exceed 3653 days.'
      : 'The retention period specified is either in the past or is not a valid value. The value must be either -1 or an integer between 1 and 3,653.',
  )
}

/** The virtual moment a manual snapshot runs out. */
export function manualEnd(
  { facts }: SnapshotRecord,
  days = facts.ManualSnapshotRetentionPeriod ?? -1,
): number {
  return days === -1 ? Number.POSITIVE_INFINITY : facts.SnapshotRetentionStartTime.getTime() + days * day
}

/** The virtual moment a snapshot's retention is over; Infinity when there is none. */
export function endOf(redshift: Redshift, snapshot: SnapshotRecord): number {
  if (snapshot.isManual) return manualEnd(snapshot)
  if (!isOwn(snapshot)) return copyEnd(snapshot)
  const cluster = redshift.clusters.get(snapshot.facts.ClusterIdentifier)
  return cluster
    ? automatedEnd(snapshot, cluster.facts.AutomatedSnapshotRetentionPeriod ?? 1)
    : Number.POSITIVE_INFINITY
}

/** The virtual moment an automated snapshot is older than so many days. */
export function automatedEnd({ facts }: SnapshotRecord, days: number): number {
  return facts.SnapshotCreateTime.getTime() + days * day
}

/**
 * The virtual moment the copy of an automated snapshot goes: its days count "after they are copied" (API,
 * EnableSnapshotCopy). A seeded copy of which nobody said how long it is kept stays.
 */
export function copyEnd({ facts, copyDays }: SnapshotRecord): number {
  if (copyDays === undefined) return Number.POSITIVE_INFINITY
  return facts.SnapshotRetentionStartTime.getTime() + copyDays * day
}

/** Whether a snapshot was taken here: a copy follows the copy's retention, not that of a namesake here. */
export function isOwn({ facts }: SnapshotRecord): boolean {
  return facts.SourceRegion === undefined
}
