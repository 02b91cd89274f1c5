// Makes a snapshot from its seed, taking from its cluster what the seed leaves out.

import { type Snapshot, Snapshot$ } from '@aws-sdk/client-redshift'
import { hour } from '#kit/time.ts'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { SnapshotSeed } from '#lab/world.ts'
import type { SnapshotRecord } from '../model.ts'
import { snapshotDurations } from './durations.ts'
import { snapshotArn, usualSnapshot } from './facts.ts'

/** A snapshot with everything left out at the value AWS would give. */
export function seedSnapshot(region: Region, seed: SnapshotSeed, now: number): SnapshotRecord {
  const id = seed.SnapshotIdentifier
  const where = `snapshot ${id} in ${region.name}`
  const given = readPlain<Snapshot>(Snapshot$, seed, now, where)
  const cluster = given.ClusterIdentifier
  if (cluster === undefined) throw new Error(`${where} names no ClusterIdentifier`)
  const isManual = (given.SnapshotType ?? typeOf(id)) === 'manual'
  const source = region.redshift.clusters.get(cluster)?.facts
  // Automated snapshots go with their cluster, so one without a cluster must be a copy from another region.
  if (!isManual && !source && given.SourceRegion === undefined) {
    throw new Error(`${where} is automated, but there is no cluster ${cluster}`)
  }
  const created = given.SnapshotCreateTime ?? new Date(now - hour)
  const isMade = given.Status !== 'creating' && given.Status !== 'final snapshot'
  return {
    id,
    isManual,
    // One that is being taken takes as long as one that is begun now.
    ...(!isMade && { creating: { from: now, until: now + snapshotDurations.manual } }),
    // Assigned rather than spread, which is several times as fast: a world may have ten thousand of them.
    facts: Object.assign(usualSnapshot(region, isManual, source), given, {
      ClusterIdentifier: cluster,
      SnapshotArn: given.SnapshotArn ?? snapshotArn(region, cluster, id),
      SnapshotCreateTime: created,
      SnapshotRetentionStartTime: given.SnapshotRetentionStartTime ?? created,
    }),
  }
}

// Automated identifiers begin with `rs:`, copies of them with `copy:rs:` (Management Guide).
function typeOf(id: string): 'automated' | 'manual' {
  return /^(copy:)?rs:/.test(id) ? 'automated' : 'manual'
}
