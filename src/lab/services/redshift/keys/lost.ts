// A root key that Redshift cannot use any more: the cluster becomes inaccessible, and after 14 days it is deleted.
// https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html

import { day, minute } from '#kit/time.ts'
import { type Happening, schedule, type TaskHandler } from '#lab/agenda.ts'
import type { Region } from '#lab/state.ts'
import { note } from '../lifecycle/events.ts'
import { removeCluster } from '../lifecycle/remove.ts'
import { noteCluster } from '../logging/deliveries.ts'
import type { ClusterRecord } from '../model.ts'
import { takeAutomated } from '../snapshots/take.ts'
import { isGranted, isOpenable, letGo, rootOf, subjectOf, vaultOf } from './root.ts'
import { openVault } from './vault.ts'

// Unverified: AWS does not say when it notices; here half an hour later, or at once at a restart.
const noticed = 30 * minute
/** "You have 14 days to restore the key": after that Redshift deletes the warehouse. */
const grace = 14 * day

/** `redshift:root-key`: something about the root key of a cluster has changed. */
export const hearOfRootKey: TaskHandler = (subject, { state, region, now }) => {
  schedule(state, now + noticed, 'redshift:root-key-check', region, subject)
}

/** `redshift:root-key-check`: Redshift looks whether it can use the key. */
export const checkRootKey: TaskHandler = (subject, happening) => {
  const cluster = find(happening.region, subject)
  if (!cluster?.root) return
  const canUse = isOpenable(happening, cluster.root)
  if (!canUse && !cluster.root.lost) lose(cluster, happening)
  if (canUse && cluster.root.lost) regain(cluster, happening)
  noteCluster(happening, cluster)
}

/** `redshift:root-key-end`: the 14 days are over. The manual snapshots stay. */
export const endWithoutKey: TaskHandler = (subject, happening) => {
  const cluster = find(happening.region, subject)
  if (cluster?.root?.lost?.since !== happening.now - grace) return
  letGo(happening, cluster)
  removeCluster(cluster, happening)
  noteCluster(happening, cluster)
  note(happening.region, {
    number: '2001',
    at: happening.now,
    source: cluster.id,
    words: { saved: 'was not' },
  })
}

/** A cluster starts: its keys are decrypted by KMS again. When they cannot be it is inaccessible at once. */
export function wakes(cluster: ClusterRecord, happening: Happening): boolean {
  const root = rootOf(happening, cluster)
  const vault = vaultOf(happening, cluster)
  if (!root || !vault) return true
  if (isGranted(happening, root) && opens(() => openVault(happening, vault))) return true
  if (!root.lost) lose(cluster, happening)
  return false
}

function opens(open: () => unknown): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}

function find({ redshift }: Region, subject: string): ClusterRecord | undefined {
  return [...redshift.clusters.values()].find(({ root }) => root && subjectOf(root) === subject)
}

function lose(cluster: ClusterRecord, { state, region, now }: Happening): void {
  const { root } = cluster
  if (!root) return
  // "We take a backup". Unverified: that it is an automated snapshot, and so goes with the warehouse.
  takeAutomated({ state, region, now }, cluster)
  const { facts } = cluster
  root.lost = { since: now, status: facts.ClusterStatus, availability: facts.ClusterAvailabilityStatus }
  // Unverified: the availability.
  cluster.facts = {
    ...facts,
    ClusterStatus: 'inaccessible-kms-key',
    ClusterAvailabilityStatus: 'Unavailable',
  }
  note(region, { number: '4005', at: now, source: cluster.id })
  schedule(state, now + grace, 'redshift:root-key-end', region, subjectOf(root))
}

function regain(cluster: ClusterRecord, { region, now }: Happening): void {
  const { root, facts } = cluster
  if (!root?.lost) return
  const { status, availability } = root.lost
  delete root.lost
  cluster.facts = {
    ...facts,
    ...(status !== undefined && { ClusterStatus: status }),
    ...(availability !== undefined && { ClusterAvailabilityStatus: availability }),
  }
  note(region, { number: '4006', at: now, source: cluster.id })
}
