// Copies a snapshot into another region, as the cluster it was taken of was told to.
// https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html

import type { ClusterSnapshotCopyStatus, Snapshot } from '@aws-sdk/client-redshift'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import { regionIn } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { isOpenable, snapshotVaultOf } from '../keys/root.ts'
import { copyTo, type SnapshotVault } from '../keys/vault.ts'
import { note } from '../lifecycle/events.ts'
import type { SnapshotRecord } from '../model.ts'
import { snapshotDurations } from '../snapshots/durations.ts'
import { snapshotArn } from '../snapshots/facts.ts'
import { addSnapshot } from '../snapshots/store.ts'
import type { Moment } from '../snapshots/take.ts'
import { keyForCopies } from './grant-key.ts'

/** Sees to it that a complete snapshot is copied, where its cluster copies snapshots. */
export function copyLater({ state, region, now }: Moment, { id, copying }: SnapshotRecord): void {
  if (copying) schedule(state, now + snapshotDurations.copying, 'redshift:copy', region, id)
}

/** `redshift:copy`: a snapshot has arrived in the other region, unless something keeps it from being copied. */
export const copySnapshot: TaskHandler = (id, here) => {
  const source = here.region.redshift.snapshots.get(id)
  const settings = source && settingsFor(here, source)
  if (!source || !settings?.DestinationRegion) return
  const there = { ...here, region: regionIn(here.region.account, settings.DestinationRegion) }
  if (there.region.redshift.snapshots.has(`copy:${id}`)) return
  const sealed = sealedFor(here, source, there, settings.SnapshotCopyGrantName)
  // Unverified: that no event tells of a copy that a key prevents; AWS's list of events has none for it.
  if (!sealed) return
  addSnapshot(there.state, there.region, copyOf(source, here, there, { ...sealed, settings }))
  const cluster = source.facts.ClusterIdentifier
  const words = { snapshot: id, from: here.region.name, to: there.region.name }
  note(here.region, { number: '3007', at: here.now, source: cluster, words })
}

// What the cluster says now counts. The snapshot itself says it when the cluster is gone: a final one is copied too.
// Unverified: the latter.
function settingsFor({ region, now }: Moment, source: SnapshotRecord): ClusterSnapshotCopyStatus | undefined {
  const { ClusterIdentifier: id } = source.facts
  const cluster = region.redshift.clusters.get(id)
  if (!cluster) return source.copying
  const current = cluster.facts.ClusterSnapshotCopyStatus
  if (current?.DestinationRegion === source.copying?.DestinationRegion) return current
  if (!current) note(region, { number: '3509', at: now, source: id })
  return undefined
}

type Sealed = { KmsKeyId?: string | undefined; vault?: SnapshotVault }

/** What the copy is encrypted under; undefined when a key keeps it from being made. */
function sealedFor(
  here: Moment,
  source: SnapshotRecord,
  there: Moment,
  grant: string | undefined,
): Sealed | undefined {
  const vault = snapshotVaultOf(here, source)
  if (!vault) return {}
  const to = keyForCopies(there, grant)
  const root = here.region.redshift.clusters.get(source.facts.ClusterIdentifier)?.root
  if (!to || (root && !isOpenable(here, root))) return undefined
  try {
    const KmsKeyId = to.manager === 'AWS_OWNED' ? undefined : to.arn
    return { KmsKeyId, vault: copyTo(here, vault, there, to) }
  } catch (error) {
    if (error instanceof AwsError) return undefined
    throw error
  }
}

type Making = Sealed & { settings: ClusterSnapshotCopyStatus }

function copyOf(source: SnapshotRecord, here: Moment, there: Moment, making: Making): SnapshotRecord {
  const { settings, vault, KmsKeyId } = making
  const id = `copy:${source.id}`
  // "A cross-Region copy has its own authorizations": nobody is let in. Unverified: that tags go along.
  const { AccountsWithRestoreAccess, ...facts } = source.facts
  const cluster = facts.ClusterIdentifier
  return {
    id,
    isManual: source.isManual,
    facts: {
      ...facts,
      ...manualRetention(source, settings),
      SnapshotIdentifier: id,
      SnapshotArn: snapshotArn(there.region, cluster, id),
      SourceRegion: here.region.name,
      // Its days count "after they are copied" (API); the data is of the moment of the source (API, SnapshotCreateTime).
      SnapshotRetentionStartTime: new Date(here.now),
      KmsKeyId,
    },
    ...(!source.isManual && { copyDays: settings.RetentionPeriod ?? usualCopyDays }),
    ...(vault && { vault }),
  }
}

/** "Default: 7" (API, EnableSnapshotCopy). */
export const usualCopyDays = 7

function manualRetention(
  { isManual }: SnapshotRecord,
  settings: ClusterSnapshotCopyStatus,
): Pick<Snapshot, 'ManualSnapshotRetentionPeriod'> {
  return isManual ? { ManualSnapshotRetentionPeriod: settings.ManualSnapshotRetentionPeriod ?? -1 } : {}
}
