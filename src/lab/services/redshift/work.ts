// Changes that take time on a cluster: when one may start, and what it does when it ends.

import { type Cluster, InvalidClusterStateFault$, type PendingModifiedValues } from '@aws-sdk/client-redshift'
import { minute } from '#kit/time.ts'
import { fault } from '#lab/wire/errors.ts'
import type { ClusterRecord, Redshift } from './model.ts'

// Unverified: AWS publishes no durations; a reboot of a few minutes is what users report.
export const rebootTime = 3 * minute
export const modifyTime = 2 * minute
export const applyTime = minute

/** Throws InvalidClusterState unless the cluster is available and at rest. */
export function demandRest({ work, facts }: ClusterRecord, verb: string): void {
  if (!work && facts.ClusterStatus === 'available') return
  // Wording: DeleteCluster's answer in ansible issue 52940; Terraform knows "enable". Unverified: the other verbs.
  throw fault(
    InvalidClusterStateFault$,
    `There is an operation running on the Cluster. Please try to ${verb} it at a later time.`,
  )
}

/** Starts a change that shows `modifying` and then happens. */
export function startModifying(cluster: ClusterRecord, until: number, finish: () => void): void {
  cluster.work = { status: 'modifying', availability: 'Modifying', until, finish }
}

/** Starts a reboot, at whose end everything pending is applied. */
export function startReboot(redshift: Redshift, cluster: ClusterRecord, until: number): void {
  const finish = () => {
    cluster.pending.clear()
    applyPendingValues(redshift, cluster)
  }
  cluster.work = { status: 'rebooting', availability: 'Unavailable', until, finish }
}

/** Makes a cluster's PendingModifiedValues its values. */
export function applyPendingValues(redshift: Redshift, cluster: ClusterRecord): void {
  const { EncryptionType, MasterUserPassword, ClusterType, ...values } = pendingOf(cluster)
  const encryption = EncryptionType === undefined ? {} : { Encrypted: EncryptionType === 'KMS' }
  cluster.facts = { ...cluster.facts, ...definedOf(values), ...encryption, PendingModifiedValues: {} }
  if (values.ClusterIdentifier !== undefined) rename(redshift, cluster, values.ClusterIdentifier)
}

function pendingOf({ facts }: ClusterRecord): PendingModifiedValues {
  return facts.PendingModifiedValues ?? {}
}

function definedOf(values: Partial<Cluster>): Partial<Cluster> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function rename(redshift: Redshift, cluster: ClusterRecord, id: string) {
  redshift.clusters.delete(cluster.id)
  cluster.id = id
  redshift.clusters.set(id, cluster)
}
