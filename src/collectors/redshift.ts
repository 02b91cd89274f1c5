// Provisioned Redshift: clusters with their logging status, parameter groups with their parameters, snapshots.

import { defineCollector, type Entry, type Scope } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { merge } from '#kit/merge.ts'
import { pool } from '#kit/pool.ts'
import type { Input } from '#model/action.ts'
import type { Plain } from '#model/plain.ts'
import {
  type Answer,
  arnOf,
  type ClusterFacts,
  isGap,
  type ParameterGroupFacts,
  type Resource,
  type ResourceType,
  type SnapshotFacts,
  type Told,
} from '#model/resource.ts'

/** How many single questions (a logging status, the parameters of a group) are under way at once in a region. */
const width = 8

export default defineCollector({
  service: 'redshift',
  types: ['redshift:cluster', 'redshift:parameter-group', 'redshift:snapshot'],
  reads: [
    'redshift:DescribeClusters',
    'redshift:DescribeLoggingStatus',
    'redshift:DescribeClusterParameterGroups',
    'redshift:DescribeClusterParameters',
    'redshift:DescribeClusterSnapshots',
  ],

  async *collect(door, scope) {
    if (scope) return yield* collectOne(door, scope)
    let onEnd: (groups: string[]) => void = () => {}
    const attached = new Promise<string[]>((resolve) => {
      onEnd = resolve
    })
    yield* merge(
      clusters(door, {}, { logging: true, onEnd }),
      parameterGroups(door, attached),
      snapshots(door, {}),
    )
  },
})

async function* collectOne(door: Door, { type, name, needs }: Scope): AsyncGenerator<Entry> {
  if (type === 'redshift:snapshot') {
    const [ClusterIdentifier = '', SnapshotIdentifier = ''] = name.split('/')
    return yield* snapshots(door, { ClusterIdentifier, SnapshotIdentifier })
  }
  if (type === 'redshift:parameter-group') {
    if (needs.includes('clusters')) yield* clusters(door, {}, { logging: false, onEnd: () => {} })
    return yield* parameterGroups(door, Promise.resolve([name]), name)
  }
  let attached: string[] = []
  yield* clusters(
    door,
    { ClusterIdentifier: name },
    {
      logging: needs.includes('logging'),
      onEnd: (groups) => {
        attached = groups
      },
    },
  )
  if (needs.includes('parameters')) yield* parameterGroups(door, Promise.resolve(attached))
  if (needs.includes('snapshots')) yield* snapshots(door, { ClusterIdentifier: name })
}

type ClusterWishes = {
  logging: boolean
  /** Hears the names of all attached parameter groups when the list has ended. */
  onEnd(groups: string[]): void
}

async function* clusters(
  door: Door,
  input: Input<'redshift:DescribeClusters'>,
  { logging, onEnd }: ClusterWishes,
): AsyncGenerator<Entry> {
  const groups = new Set<string>()
  try {
    yield* list(
      door.pages('redshift:DescribeClusters', input, (output) => output.Clusters),
      'redshift:cluster',
      (page) =>
        pool(page.value, width, async (facts) => {
          for (const { ParameterGroupName } of facts.ClusterParameterGroups ?? [])
            groups.add(ParameterGroupName ?? '')
          return withLogging(door, clusterOf(door, page, facts), logging)
        }),
    )
  } finally {
    onEnd([...groups].sort())
  }
}

async function withLogging(door: Door, cluster: Resource<'redshift:cluster'>, wanted: boolean) {
  if (!wanted) return cluster
  const input = { ClusterIdentifier: cluster.name }
  const logging = await door.ask('redshift:DescribeLoggingStatus', input, (status) => status)
  return { ...cluster, asked: { logging } }
}

/** The groups of a region, or the one named, with the parameters of those that clusters are attached to. */
async function* parameterGroups(
  door: Door,
  attached: Promise<string[]>,
  only?: string,
): AsyncGenerator<Entry> {
  const input = only ? { ParameterGroupName: only } : {}
  const pages = door.pages(
    'redshift:DescribeClusterParameterGroups',
    input,
    (output) => output.ParameterGroups,
  )
  const found: Resource<'redshift:parameter-group'>[] = []
  for await (const entry of list(pages, 'redshift:parameter-group', (page) =>
    page.value.map((facts) => groupOf(door, page, facts)),
  )) {
    if ('resource' in entry) found.push(entry.resource as Resource<'redshift:parameter-group'>)
    else yield entry
  }
  const inUse = new Set(await attached)
  const listed = new Set(found.map(({ name }) => name))
  // A group that a cluster uses is asked for its parameters even where the list of groups was refused.
  const unlisted = only
    ? []
    : [...inUse]
        .filter((name) => !listed.has(name))
        .map((name) => groupOf(door, undefined, { ParameterGroupName: name }))
  const entries = await pool([...found, ...unlisted], width, async (group) =>
    inUse.has(group.name) ? { ...group, asked: { parameters: await parametersOf(door, group.name) } } : group,
  )
  for (const resource of entries) yield { resource }
}

type Parameters = Plain<import('@aws-sdk/client-redshift').Parameter>[]

async function parametersOf(door: Door, ParameterGroupName: string): Promise<Answer<Parameters>> {
  let whole: Told<Parameters> | undefined
  for await (const page of door.pages(
    'redshift:DescribeClusterParameters',
    { ParameterGroupName },
    (output) => output.Parameters,
  )) {
    if (isGap(page)) return page
    whole = { ...page, value: [...(whole?.value ?? []), ...page.value] }
  }
  if (!whole) throw new Error('a list gave neither a page nor a gap')
  return whole
}

function snapshots(door: Door, input: Input<'redshift:DescribeClusterSnapshots'>): AsyncGenerator<Entry> {
  const pages = door.pages('redshift:DescribeClusterSnapshots', input, (output) => output.Snapshots)
  return list(pages, 'redshift:snapshot', (page) => page.value.map((facts) => snapshotOf(door, page, facts)))
}

/** Yields the resources of each page, then how the list ended. */
async function* list<T, R extends Resource>(
  pages: AsyncGenerator<Answer<T[]>>,
  type: ResourceType,
  toResources: (page: Told<T[]>) => R[] | Promise<R[]>,
): AsyncGenerator<Entry> {
  let count = 0
  let end: Answer<number> | undefined
  for await (const page of pages) {
    if (isGap(page)) {
      end = page
      continue
    }
    for (const resource of await toResources(page)) {
      count++
      yield { resource }
    }
    end = { ...page, value: count }
  }
  if (end) yield { list: type, answer: end }
}

type Page = Omit<Told<unknown>, 'value'>

function origin({ source, takenAt, requestId }: Page) {
  return { source, takenAt, ...(requestId ? { requestId } : {}) }
}

function clusterOf(door: Door, page: Page, facts: ClusterFacts): Resource<'redshift:cluster'> {
  const name = facts.ClusterIdentifier ?? ''
  const { account, region } = door
  const arn = arnOf('redshift:cluster', door, name)
  return { type: 'redshift:cluster', arn, name, account, region, ...origin(page), facts, asked: {} }
}

function groupOf(
  door: Door,
  page: Page | undefined,
  facts: ParameterGroupFacts,
): Resource<'redshift:parameter-group'> {
  const name = facts.ParameterGroupName ?? ''
  const { account, region } = door
  const arn = arnOf('redshift:parameter-group', door, name)
  const from = page ? origin(page) : { source: 'redshift:DescribeClusters' as const, takenAt: door.now() }
  return { type: 'redshift:parameter-group', arn, name, account, region, ...from, facts, asked: {} }
}

function snapshotOf(door: Door, page: Page, facts: SnapshotFacts): Resource<'redshift:snapshot'> {
  const name = `${facts.ClusterIdentifier}/${facts.SnapshotIdentifier}`
  const { account, region } = door
  const arn = facts.SnapshotArn ?? arnOf('redshift:snapshot', door, name)
  return { type: 'redshift:snapshot', arn, name, account, region, ...origin(page), facts, asked: {} }
}
