// Looking at the clusters of the other regions of an account again, for what only they tell of one region.

import type { Collector } from '#aws/collector.ts'
import { regionsAtOnce } from '#aws/regions.ts'
import type { Session } from '#aws/session.ts'
import { pool } from '#kit/pool.ts'
import { type Elsewhere, elsewhereOf } from '#model/elsewhere.ts'
import type { Manifest } from '#model/inventory.ts'
import { type Gap, isGap, type Resource } from '#model/resource.ts'

/** Which regions a scan looked into. */
export type Scanned = Pick<Manifest, 'caller' | 'regions' | 'regionsBy' | 'interrupted'>

/** Lists the clusters of an account in the regions of a scan, and asks nothing more of them. */
export async function lookElsewhere(
  session: Session,
  collectors: readonly Collector[],
  account: string,
  scanned: Scanned,
): Promise<Elsewhere> {
  const clusters: Resource<'redshift:cluster'>[] = []
  const types = new Set(['redshift:cluster'] as const)
  const listing = collectors.filter((collector) => collector.types.includes('redshift:cluster'))
  const shards = await pool(scanned.regions, regionsAtOnce, async (region) => {
    const gaps: Gap[] = []
    for (const collector of listing)
      for await (const page of collector.collect(session.door(account, region), {
        types,
        needs: [],
        leads: [],
      }))
        for (const entry of page) {
          if ('list' in entry && isGap(entry.answer)) gaps.push(entry.answer)
          if ('resource' in entry && entry.resource.type === 'redshift:cluster') clusters.push(entry.resource)
        }
    return { account, region, resources: {}, gaps }
  })
  return elsewhereOf({ ...scanned, madeAt: session.now(), shards }, clusters)
}
