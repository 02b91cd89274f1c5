// How long snapshots are kept: which values are allowed, and which snapshots have run out.

import { InvalidRetentionPeriodFault$ } from '@aws-sdk/client-redshift'
import { day } from '#kit/time.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Redshift, SnapshotRecord } from './model.ts'

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

/** Removes the snapshots whose retention has run out. One pass: this is done before each look at a region. */
export function expireSnapshots(redshift: Redshift, now: number): void {
  const automated = new Map<string, SnapshotRecord[]>()
  for (const snapshot of redshift.snapshots.values()) {
    if (snapshot.isManual) {
      if (manualEnd(snapshot) <= now) redshift.snapshots.delete(snapshot.id)
    } else if (isOwn(snapshot)) {
      const cluster = snapshot.facts.ClusterIdentifier
      const others = automated.get(cluster)
      if (others) others.push(snapshot)
      else automated.set(cluster, [snapshot])
    }
  }
  for (const [cluster, snapshots] of automated) {
    const days = redshift.clusters.get(cluster)?.facts.AutomatedSnapshotRetentionPeriod
    if (redshift.clusters.has(cluster)) expire(redshift, snapshots, days ?? 1, now)
  }
}

/** Removes a cluster's automated snapshots that are older than a retention it is given now. */
export function expireAutomated(redshift: Redshift, cluster: string, days: number, now: number): void {
  const automated = [...redshift.snapshots.values()].filter(
    (snapshot) => !snapshot.isManual && isOwn(snapshot) && snapshot.facts.ClusterIdentifier === cluster,
  )
  expire(redshift, automated, days, now)
}

/**
 * Removes automated snapshots older than the retention, but keeps the newest unless automated snapshots are off.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html
 */
function expire(redshift: Redshift, automated: SnapshotRecord[], days: number, now: number): void {
  const newestFirst = automated.sort(
    (a, b) => b.facts.SnapshotCreateTime.getTime() - a.facts.SnapshotCreateTime.getTime(),
  )
  for (const { id, facts } of newestFirst.slice(days === 0 ? 0 : 1)) {
    if (facts.SnapshotCreateTime.getTime() + days * day <= now) redshift.snapshots.delete(id)
  }
}

// A copy from another region follows the copy's retention there, not that of a cluster of the same name here.
function isOwn({ facts }: SnapshotRecord): boolean {
  return facts.SourceRegion === undefined
}
