// What AWS says of a snapshot, as far as it follows from the cluster it is taken of.

import type { Cluster, Snapshot } from '@aws-sdk/client-redshift'
import { arnIn, type Region } from '#lab/state.ts'
import type { SnapshotRecord } from '../model.ts'

/** The facts of a complete snapshot of a cluster; of one that is gone, the values AWS would most likely give. */
export function usualSnapshot(
  { name, account }: Region,
  isManual: boolean,
  source: Cluster | undefined,
): Snapshot {
  // Assigned below rather than spread, which is several times as fast: a world may have ten thousand of them.
  const facts: Snapshot = {
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
    EncryptedWithHSM: source?.HsmStatus?.Status === 'active',
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
  }
  addRevision(facts, source)
  addSecret(facts, source)
  // Unverified: the value on automated snapshots; AWS's field is described for manual ones only.
  if (isManual) facts.ManualSnapshotRetentionPeriod = -1
  return facts
}

/** `arn:aws:redshift:…:snapshot:cluster/name` */
export function snapshotArn(region: Region, cluster: string, id: string): string {
  return arnIn(region, 'redshift', `snapshot:${cluster}/${id}`)
}

/** What is known of a snapshot while it is being made: how far it is, and how long it will take. */
export function progressOf({ facts, creating }: SnapshotRecord, now: number): Partial<Snapshot> {
  if (!creating) return {}
  const { from, until } = creating
  const size = facts.ActualIncrementalBackupSizeInMegaBytes ?? 0
  const rate = size / ((until - from) / 1_000)
  const elapsed = Math.floor((Math.min(now, until) - from) / 1_000)
  return {
    BackupProgressInMegaBytes: Math.min(size, rate * elapsed),
    CurrentBackupRateInMegaBytesPerSecond: elapsed === 0 ? 0 : rate,
    EstimatedSecondsToCompletion: Math.ceil((until - now) / 1_000),
    ElapsedTimeInSeconds: elapsed,
  }
}

// "For example, 1.0.15503" (API, Snapshot): the version, and the revision of the cluster.
function addRevision(facts: Snapshot, source: Cluster | undefined): void {
  const { ClusterVersion: version = '1.0', ClusterRevisionNumber: revision } = source ?? {}
  if (revision !== undefined) facts.EngineFullVersion = `${version}.${revision}`
}

function addSecret(facts: Snapshot, source: Cluster | undefined): void {
  const { MasterPasswordSecretArn: secret, MasterPasswordSecretKmsKeyId: key } = source ?? {}
  if (secret !== undefined) facts.MasterPasswordSecretArn = secret
  if (key !== undefined) facts.MasterPasswordSecretKmsKeyId = key
}
