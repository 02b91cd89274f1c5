// CopyClusterSnapshot: keeps an automated snapshot as a manual one, in the same region.

import { type CopyClusterSnapshotMessage, InvalidClusterSnapshotStateFault$ } from '@aws-sdk/client-redshift'
import { schedule } from '#lab/agenda.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { SnapshotRecord } from '../model.ts'
import { snapshotDurations } from './durations.ts'
import { snapshotArn } from './facts.ts'
import { checkSnapshotName, demandRoom } from './identifiers.ts'
import { checkManualRetention } from './retention.ts'
import { getSnapshot } from './sharing.ts'
import { addSnapshot } from './store.ts'

/** Makes the manual snapshot. Its data is that of the automated one; its retention begins now. */
export function keepSnapshot(
  input: CopyClusterSnapshotMessage & { TargetSnapshotIdentifier: string },
  { state, region, now }: Context,
): SnapshotRecord {
  const { TargetSnapshotIdentifier: id, ManualSnapshotRetentionPeriod: days } = input
  const source = getSnapshot(region, {
    SnapshotIdentifier: input.SourceSnapshotIdentifier,
    SnapshotClusterIdentifier: input.SourceSnapshotClusterIdentifier,
  })
  // "Must be the identifier for a valid automated snapshot whose state is available" (API). Unverified: the wording.
  if (source.isManual || source.facts.Status !== 'available') {
    throw fault(
      InvalidClusterSnapshotStateFault$,
      `Snapshot ${source.id} is not an available automated snapshot.`,
    )
  }
  checkSnapshotName(id, 'TargetSnapshotIdentifier')
  if (days !== undefined) checkManualRetention(days)
  demandRoom(region, id)
  const { keeping } = snapshotDurations
  // A copy of a copy from another region stays here: SourceRegion says where it came from.
  const { creating, copying, copyDays, ...record } = source
  const snapshot: SnapshotRecord = {
    ...record,
    id,
    isManual: true,
    facts: {
      ...source.facts,
      SnapshotIdentifier: id,
      SnapshotArn: snapshotArn(region, source.facts.ClusterIdentifier, id),
      SnapshotType: 'manual',
      // "CreateClusterSnapshot and CopyClusterSnapshot returns status as creating" (API, Snapshot).
      Status: 'creating',
      // The default is -1 (API), not that of the cluster.
      ManualSnapshotRetentionPeriod: days ?? -1,
      SnapshotRetentionStartTime: new Date(now),
    },
    creating: { from: now, until: now + keeping },
  }
  addSnapshot(state, region, snapshot)
  schedule(state, now + keeping, 'redshift:snapshot-made', region, id)
  return snapshot
}
