// What happens to a cluster when work on it ends.

import type { Cluster, PendingModifiedValues } from '@aws-sdk/client-redshift'
import type { Happening } from '#lab/agenda.ts'
import type { ClusterRecord, Ending, Redshift } from './model.ts'

/** Ends work on a cluster. */
export function end(cluster: ClusterRecord, ending: Ending, { region }: Happening): void {
  switch (ending.kind) {
    case 'rebooted':
      cluster.pending.clear()
      applyPending(region.redshift, cluster, cluster.facts.PendingModifiedValues ?? {})
      break
    case 'modified':
      applyPending(region.redshift, cluster, ending.values)
      break
    case 'parametersApplied':
      cluster.applying.clear()
  }
}

/** Makes pending values a cluster's values; what else is pending stays so. */
export function applyPending(
  redshift: Redshift,
  cluster: ClusterRecord,
  applied: PendingModifiedValues,
): void {
  const { EncryptionType, MasterUserPassword, ClusterType, ...values } = applied
  const encryption = EncryptionType === undefined ? {} : { Encrypted: EncryptionType === 'KMS' }
  const PendingModifiedValues = without(cluster.facts.PendingModifiedValues ?? {}, Object.keys(applied))
  cluster.facts = { ...cluster.facts, ...definedOf(values), ...encryption, PendingModifiedValues }
  if (values.ClusterIdentifier !== undefined) rename(redshift, cluster, values.ClusterIdentifier)
}

function without(values: PendingModifiedValues, names: string[]): PendingModifiedValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

function definedOf(values: Partial<Cluster>): Partial<Cluster> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function rename(redshift: Redshift, cluster: ClusterRecord, id: string) {
  redshift.clusters.delete(cluster.id)
  cluster.id = id
  redshift.clusters.set(id, cluster)
}
