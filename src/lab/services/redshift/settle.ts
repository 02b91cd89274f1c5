// Brings Redshift in a region up to a virtual moment: whatever was due by then has happened.

import type { ClusterRecord, Redshift } from './model.ts'

/** Finishes every change that is due. Nothing runs on a timer; this is called before each look at a region. */
export function settle(redshift: Redshift, now: number): void {
  for (const cluster of redshift.clusters.values()) settleCluster(cluster, now)
}

function settleCluster(cluster: ClusterRecord, now: number) {
  const { work } = cluster
  if (work && work.until <= now) {
    cluster.work = undefined
    work.finish()
  }
  for (const [name, until] of cluster.applying) if (until <= now) cluster.applying.delete(name)
}
