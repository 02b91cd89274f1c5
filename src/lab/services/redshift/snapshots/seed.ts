// Makes a snapshot from its seed, taking from its cluster what the seed leaves out.

import { type Cluster, type Snapshot, Snapshot$ } from '@aws-sdk/client-redshift'
import { hour } from '#kit/time.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { SnapshotSeed } from '#lab/world.ts'
import type { SnapshotRecord } from '../model.ts'

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
  const usual = usualSnapshot(region, isManual, source)
  return {
    id,
    isManual,
    facts: {
      ...usual,
      ...given,
      ClusterIdentifier: cluster,
      SnapshotArn: given.SnapshotArn ?? arnIn(region, 'redshift', `snapshot:${cluster}/${id}`),
      SnapshotCreateTime: created,
      SnapshotRetentionStartTime: given.SnapshotRetentionStartTime ?? created,
    },
  }
}

// Automated identifiers begin with `rs:`, copies of them with `copy:rs:` (Management Guide).
function typeOf(id: string): 'automated' | 'manual' {
  return /^(copy:)?rs:/.test(id) ? 'automated' : 'manual'
}

function usualSnapshot({ name, account }: Region, isManual: boolean, source: Cluster | undefined): Snapshot {
  return {
    Status: 'available',
    Port: source?.Endpoint?.Port ?? 5439,
    AvailabilityZone: source?.AvailabilityZone ?? `${name}a`,
    ClusterCreateTime: source?.ClusterCreateTime,
    MasterUsername: source?.MasterUsername ?? 'awsuser',
    ClusterVersion: source?.ClusterVersion ?? '1.0',
    SnapshotType: isManual ? 'manual' : 'automated',
    NodeType: source?.NodeType ?? 'ra3.xlplus',
    NumberOfNodes: source?.NumberOfNodes ?? 2,
    DBName: source?.DBName ?? 'dev',
    VpcId: source?.VpcId,
    Encrypted: source?.Encrypted ?? true,
    KmsKeyId: source?.KmsKeyId,
    EncryptedWithHSM: false,
    OwnerAccount: account.id,
    TotalBackupSizeInMegaBytes: 1_024,
    ActualIncrementalBackupSizeInMegaBytes: 64,
    BackupProgressInMegaBytes: 64,
    CurrentBackupRateInMegaBytesPerSecond: 0,
    EstimatedSecondsToCompletion: 0,
    ElapsedTimeInSeconds: 0,
    Tags: [],
    EnhancedVpcRouting: source?.EnhancedVpcRouting ?? false,
    MaintenanceTrackName: source?.MaintenanceTrackName ?? 'current',
    // Unverified: the value on automated snapshots; AWS's field is described for manual ones only.
    ...(isManual && { ManualSnapshotRetentionPeriod: -1 }),
  }
}
