// Brings Redshift in a region up to a virtual moment: whatever was due by then has happened.

import type { Region } from '#lab/state.ts'
import { takeAutomatedSnapshots } from './automated-snapshots.ts'
import { expireSnapshots } from './retention.ts'

/** Finishes every change that is due. Nothing runs on a timer; this is called before each look at a region. */
export function settle(region: Region, now: number): void {
  const { redshift } = region
  for (const cluster of redshift.clusters.values()) {
    const { work } = cluster
    if (!work || work.until > now) continue
    cluster.work = undefined
    work.finish()
  }
  takeAutomatedSnapshots(region, now)
  expireSnapshots(redshift, now)
}
