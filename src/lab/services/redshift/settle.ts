// Brings Redshift in a region up to a virtual moment: whatever was due by then has happened.

import type { Redshift } from './model.ts'
import { expireSnapshots } from './retention.ts'

/** Finishes every change that is due. Nothing runs on a timer; this is called before each look at a region. */
export function settle(redshift: Redshift, now: number): void {
  for (const cluster of redshift.clusters.values()) {
    const { work } = cluster
    if (!work || work.until > now) continue
    cluster.work = undefined
    work.finish()
  }
  expireSnapshots(redshift, now)
}
