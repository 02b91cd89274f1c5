// What the other regions of an account tell of one: which clusters copy into it, whether those live that copies here were
// taken of, and where else data lies.

import { parseArn } from '#kit/arn.ts'
import type { Inventory, Manifest, ShardEntry } from './inventory.ts'
import { append, datasetOf } from './join-index.ts'
import {
  type Answer,
  type Gap,
  type GrantUse,
  notCollected,
  type Resource,
  type SnapshotFacts,
} from './resource.ts'

/** What was read of all regions, for questions that one region cannot answer. */
export type Elsewhere = {
  /** Which clusters copy into a region under a grant there; a gap where none is known and not all could be listed. */
  usersOf(grant: string, here: { account: string; region: string }): Answer<GrantUse>
  /**
   * Whether the cluster lives that a copy from another region was taken of; null where AWS does not tell which one it was,
   * a gap where that region was not looked into.
   */
  sourceLives(account: string, copy: SnapshotFacts): Answer<boolean | null>
  /** The regions of an account in which data lies, in one order. */
  dataRegions(account: string): string[]
}

/** Reads the shards with clusters once more, of those accounts that have copy grants. */
export async function indexElsewhere({ manifest, lines }: Inventory): Promise<Elsewhere> {
  const granting = new Set(manifest.shards.filter(has('redshift:copy-grant')).map(({ account }) => account))
  const clusters: Resource<'redshift:cluster'>[] = []
  for (const entry of manifest.shards.filter(has('redshift:cluster'))) {
    if (!granting.has(entry.account)) continue
    for await (const batch of lines(entry))
      for (const line of batch)
        if ('resource' in line && line.resource.type === 'redshift:cluster') clusters.push(line.resource)
  }
  return elsewhereOf(manifest, clusters)
}

/** What of a manifest is needed here. */
export type Looked = Pick<Manifest, 'madeAt' | 'caller' | 'regionsBy' | 'interrupted'> & {
  shards: readonly Pick<ShardEntry, 'account' | 'region' | 'resources' | 'gaps'>[]
}

/** What a manifest and the clusters of all regions tell. */
export function elsewhereOf(manifest: Looked, clusters: readonly Resource<'redshift:cluster'>[]): Elsewhere {
  const copiers = new Map<string, string[]>()
  const living = new Set<string>()
  const looked = new Map(manifest.shards.map((entry) => [`${entry.account} ${entry.region}`, entry]))
  for (const { arn, account, region, facts } of clusters) {
    living.add(`${region} ${datasetOf(account, facts)}`)
    const { DestinationRegion: to, SnapshotCopyGrantName: grant } = facts.ClusterSnapshotCopyStatus ?? {}
    if (to && grant) append(copiers, `${account} ${to} ${grant}`, arn)
  }
  const source = 'redshift:DescribeClusters' as const
  // AWS lists the regions that the caller's account has enabled. Others may have opted in to more.
  const isWhole = manifest.regionsBy === 'allRegions' && !manifest.interrupted
  const home = parseArn(manifest.caller)?.account
  return {
    usersOf(grant, { account, region }) {
      const clusters = copiers.get(`${account} ${region} ${grant}`) ?? []
      const others = manifest.shards.filter((entry) => entry.account === account && entry.region !== region)
      const unread = others.map(clustersGap).find(Boolean)
      if (clusters.length === 0 && unread) return unread
      const regions = others.map((entry) => entry.region).sort()
      return {
        source,
        takenAt: manifest.madeAt,
        value: { clusters, regions, all: isWhole && account === home },
      }
    },
    // Unverified: that a copy tells when its cluster was created as the snapshot does that it is a copy of.
    sourceLives(account, copy) {
      const { SourceRegion: region = '', ClusterCreateTime: created } = copy
      const told = (value: boolean | null) => ({ source, takenAt: manifest.madeAt, value })
      if (created && living.has(`${region} ${datasetOf(account, copy)}`)) return told(true)
      const entry = looked.get(`${account} ${region}`)
      return entry
        ? (clustersGap(entry) ?? told(created ? false : null))
        : notLookedInto(region, manifest.madeAt)
    },
    dataRegions: (account) =>
      manifest.shards
        .filter((entry) => entry.account === account && holders.some((type) => has(type)(entry)))
        .map(({ region }) => region)
        .sort(),
  }
}

const holders = [
  'redshift:cluster',
  'redshift:snapshot',
  'redshift-serverless:namespace',
  'redshift-serverless:snapshot',
] as const

const has =
  (type: keyof ShardEntry['resources']) =>
  ({ resources }: Pick<ShardEntry, 'resources'>): boolean =>
    (resources[type] ?? 0) > 0

function notLookedInto(region: string, takenAt: string): Gap {
  const message = `it was copied from ${region}, where nobody looked for its cluster; add --region ${region}`
  return { source: 'redshift:DescribeClusters', takenAt, gap: 'failed', code: notCollected, message }
}

/** Why the clusters of a region could not be listed, if they could not; where there is no Redshift, there are none. */
function clustersGap({ gaps }: Pick<ShardEntry, 'gaps'>): Gap | undefined {
  return gaps.find(({ source, gap }) => source === 'redshift:DescribeClusters' && gap !== 'unsupported')
}
