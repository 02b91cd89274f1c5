// Copies of snapshots in another region: under a key there, with a retention of their own.
// https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html

import { newUuid } from '#lab/ids.ts'
import { isUsable, keyByArn, type Where } from '#lab/services/kms/use.ts'
import { copyTo } from '#lab/services/redshift/keys/vault.ts'
import { arnIn, regionIn } from '#lab/state.ts'
import { durations } from './durations.ts'
import { shownKey, usableKey } from './keys.ts'
import type { SnapshotRecord } from './model.ts'
import { addSnapshot } from './snapshot-store.ts'

/** Copies a snapshot to where the backups of its namespace go. */
export function copySnapshot(where: Where, snapshot: SnapshotRecord): void {
  const { serverless, account } = where.region
  const namespace = serverless.namespaces.get(snapshot.facts.namespaceName)
  if (namespace?.facts.namespaceArn !== snapshot.facts.namespaceArn) return
  for (const { destinationRegion, snapshotRetentionPeriod, namespaceName } of serverless.copies.values()) {
    const copying = namespace.copying.find(
      ({ region, to }) => region === destinationRegion && to === undefined,
    )
    if (namespaceName !== namespace.name || !copying) continue
    copyInto(where, { ...where, region: regionIn(account, copying.region) }, snapshot, {
      keyArn: copying.keyArn,
      days: snapshotRetentionPeriod ?? -1,
    })
  }
}

function copyInto(
  where: Where,
  destination: Where,
  { name, facts, vault }: SnapshotRecord,
  { keyArn, days }: { keyArn: string; days: number },
): void {
  const { state, region, now } = destination
  const key = keyByArn(destination, keyArn)
  // "cross-Region copies" stop while a key cannot be used (Management Guide, working-with-db-encryption).
  // Unverified: that a copy keeps the name, so that there is none where the name is taken.
  if (!key || !isUsable(key) || !usableKey(where, vault) || region.serverless.snapshots.has(name)) return
  const copy: SnapshotRecord = {
    name,
    facts: {
      ...facts,
      snapshotArn: arnIn(region, 'redshift-serverless', `snapshot/${newUuid(state)}`),
      kmsKeyId: shownKey(key),
      snapshotRetentionPeriod: days,
      snapshotRetentionStartTime: new Date(now),
    },
    readyAt: now + durations.copy,
    making: 'COPYING',
    vault: copyTo(where, vault, destination, key),
    policy: undefined,
    provisionedAccounts: [],
  }
  addSnapshot(destination, copy, [])
}
