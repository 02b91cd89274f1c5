// The snapshots of a region: making them, when they are ready, and when they are gone.

import type { Snapshot, Tag } from '@aws-sdk/client-redshift-serverless'
import { day } from '#kit/time.ts'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import { newUuid } from '#lab/ids.ts'
import type { Where } from '#lab/services/kms/use.ts'
import { rootKey, type SnapshotVault } from '#lab/services/redshift/keys/vault.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { checkName } from './checks.ts'
import { copySnapshot } from './copying.ts'
import { durations } from './durations.ts'
import { conflict } from './errors.ts'
import { releaseKey, shownKey } from './keys.ts'
import type { NamespaceRecord, SnapshotRecord } from './model.ts'
import { sharedAccounts } from './sharing.ts'
import { putTags } from './tags.ts'

/** Throws unless a snapshot may be called so here. Names are checked like those of namespaces; unverified, wording too. */
export function demandFreeName({ serverless }: Region, name: string): void {
  checkName(name, 'snapshotName', [1, 235])
  if (serverless.snapshots.has(name)) throw conflict(`The snapshot ${name} already exists.`)
}

/** What a new snapshot is like. */
export type SnapshotWish = { name: string; days: number; tags: Tag[]; vault: SnapshotVault; takenAt?: number }

/** Begins a snapshot of a namespace. */
export function makeSnapshot(where: Where, { facts }: NamespaceRecord, wish: SnapshotWish): SnapshotRecord {
  const { state, region, now } = where
  const snapshot: SnapshotRecord = {
    name: wish.name,
    facts: {
      namespaceName: String(facts.namespaceName),
      namespaceArn: facts.namespaceArn,
      snapshotName: wish.name,
      snapshotArn: arnIn(region, 'redshift-serverless', `snapshot/${newUuid(state)}`),
      // Unverified: a converted recovery point has the moment at which that was taken.
      snapshotCreateTime: new Date(wish.takenAt ?? now),
      snapshotRetentionStartTime: new Date(now),
      snapshotRetentionPeriod: wish.days,
      adminUsername: facts.adminUsername,
      kmsKeyId: shownKey(rootKey(where, wish.vault)),
      ownerAccount: region.account.id,
      adminPasswordSecretArn: facts.adminPasswordSecretArn,
      adminPasswordSecretKmsKeyId: facts.adminPasswordSecretKmsKeyId,
    },
    readyAt: now + durations.snapshot,
    making: 'CREATING',
    vault: wish.vault,
    policy: undefined,
    provisionedAccounts: [],
  }
  addSnapshot(where, snapshot, wish.tags)
  return snapshot
}

/** Adds a snapshot and sees to it that it is copied when it is ready, and goes when its retention has run out. */
export function addSnapshot(where: Where, snapshot: SnapshotRecord, tags: Tag[]): void {
  const { state, region, now } = where
  region.serverless.snapshots.set(snapshot.name, snapshot)
  putTags(region, snapshot.facts.snapshotArn, tags)
  if (snapshot.making === 'CREATING' && snapshot.readyAt > now)
    schedule(state, snapshot.readyAt, 'redshift-serverless:ready', region, snapshot.name)
  scheduleExpiry(where, snapshot)
}

/** Puts the end of a snapshot's retention on the agenda; called again whenever it changes. */
export function scheduleExpiry({ state, region }: Where, snapshot: SnapshotRecord): void {
  const end = endOf(snapshot)
  if (Number.isFinite(end)) schedule(state, end, 'redshift-serverless:expiry', region, snapshot.name)
}

/** The virtual moment a snapshot's retention is over. */
export function endOf({ facts }: SnapshotRecord, days = facts.snapshotRetentionPeriod): number {
  return days === -1 ? Number.POSITIVE_INFINITY : facts.snapshotRetentionStartTime.getTime() + days * day
}

/** Removes a snapshot. */
export function removeSnapshot(where: Where, { name, facts, vault }: SnapshotRecord): void {
  const { serverless } = where.region
  serverless.snapshots.delete(name)
  serverless.tags.delete(facts.snapshotArn)
  releaseKey(where, vault.keyArn, facts.namespaceArn)
}

/** The retention of a snapshot may have run out. */
export const expireSnapshot: TaskHandler = (name, where) => {
  const snapshot = where.region.serverless.snapshots.get(name)
  if (snapshot && endOf(snapshot) <= where.now) removeSnapshot(where, snapshot)
}

/** A snapshot is ready, and copied to where its namespace's backups go. */
export const readySnapshot: TaskHandler = (name, where) => {
  const snapshot = where.region.serverless.snapshots.get(name)
  if (snapshot?.readyAt === where.now) copySnapshot(where, snapshot)
}

/** A snapshot as its owner sees it. Sizes are those of a small warehouse. */
export function viewSnapshot(snapshot: SnapshotRecord, now: number): Snapshot {
  const { facts, making, readyAt } = snapshot
  const isReady = now >= readyAt
  const end = endOf(snapshot)
  return {
    totalBackupSizeInMegaBytes: 512,
    actualIncrementalBackupSizeInMegaBytes: 64,
    backupProgressInMegaBytes: isReady ? 64 : 0,
    currentBackupRateInMegaBytesPerSecond: isReady ? 0 : 16,
    estimatedSecondsToCompletion: isReady ? 0 : Math.ceil((readyAt - now) / 1_000),
    elapsedTimeInSeconds: 0,
    ...facts,
    status: isReady ? 'AVAILABLE' : making,
    // Unverified: that a day which has begun counts, and that snapshots kept for ever do not say.
    ...(Number.isFinite(end) && { snapshotRemainingDays: Math.ceil((end - now) / day) }),
    accountsWithRestoreAccess: sharedAccounts(snapshot),
    accountsWithProvisionedRestoreAccess: snapshot.provisionedAccounts,
  }
}

/** A snapshot as another account sees it. Unverified: that it is not told whom else it is shared with. */
export function viewSharedSnapshot(snapshot: SnapshotRecord, now: number): Snapshot {
  const { accountsWithRestoreAccess, accountsWithProvisionedRestoreAccess, ...seen } = viewSnapshot(
    snapshot,
    now,
  )
  return seen
}
