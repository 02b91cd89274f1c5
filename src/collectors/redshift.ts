// Provisioned Redshift: clusters with their logging status and policy, parameter groups with their parameters,
// snapshots, and what else stands around them.

import { defineCollector, type Entry, onlyOf, type Wish, wants, wantsAbout } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { answers, listing, namespacePolicy, whole, width } from '#aws/listing.ts'
import { merge } from '#kit/merge.ts'
import { pool } from '#kit/pool.ts'
import type { Input } from '#model/action.ts'
import { type Resource, type ResourceType, type ResourceTypes, resourceFrom } from '#model/resource.ts'

export default defineCollector({
  service: 'redshift',
  types: [
    'redshift:cluster',
    'redshift:parameter-group',
    'redshift:snapshot',
    'redshift:subnet-group',
    'redshift:event-subscription',
    'redshift:snapshot-schedule',
    'redshift:copy-grant',
    'redshift:hsm-configuration',
    'redshift:hsm-client-certificate',
    'redshift:datashare',
    'redshift:endpoint-authorization',
  ],
  reads: [
    'redshift:DescribeClusters',
    'redshift:DescribeLoggingStatus',
    'redshift:GetResourcePolicy',
    'redshift:DescribeClusterParameterGroups',
    'redshift:DescribeClusterParameters',
    'redshift:DescribeClusterSnapshots',
    'redshift:DescribeClusterSubnetGroups',
    'redshift:DescribeEventSubscriptions',
    'redshift:DescribeSnapshotSchedules',
    'redshift:DescribeSnapshotCopyGrants',
    'redshift:DescribeHsmConfigurations',
    'redshift:DescribeHsmClientCertificates',
    'redshift:DescribeDataShares',
    'redshift:DescribeEndpointAuthorization',
  ],

  async *collect(door, wish) {
    let onEnd: (groups: string[]) => void = () => {}
    const attached = new Promise<string[]>((resolve) => {
      onEnd = resolve
    })
    // Parameters are asked of the groups that clusters use.
    if (!wish.types.has('redshift:cluster')) onEnd([])
    const streams: [ResourceType, () => AsyncGenerator<Entry[]>][] = [
      ['redshift:cluster', () => clusters(door, wish, onEnd)],
      ['redshift:parameter-group', () => parameterGroups(door, wish, attached)],
      ['redshift:snapshot', () => snapshots(door, wish)],
      ...plainLists(door, wish),
    ]
    yield* merge(...streams.flatMap(([type, stream]) => (wish.types.has(type) ? [stream()] : [])))
  },
})

/** The lists of which nothing further is asked. */
function plainLists(door: Door, wish: Wish): [ResourceType, () => AsyncGenerator<Entry[]>][] {
  const list = <T extends ResourceType>(type: T, pages: Parameters<typeof listing<T, Facts<T>>>[2]) =>
    listing(type, door, pages, { only: onlyOf(wish, type) })
  return [
    [
      'redshift:subnet-group',
      () =>
        list(
          'redshift:subnet-group',
          door.pages('redshift:DescribeClusterSubnetGroups', {}, (o) => o.ClusterSubnetGroups),
        ),
    ],
    [
      'redshift:event-subscription',
      () =>
        list(
          'redshift:event-subscription',
          door.pages('redshift:DescribeEventSubscriptions', {}, (o) => o.EventSubscriptionsList),
        ),
    ],
    [
      'redshift:snapshot-schedule',
      () =>
        list(
          'redshift:snapshot-schedule',
          door.pages('redshift:DescribeSnapshotSchedules', {}, (o) => o.SnapshotSchedules),
        ),
    ],
    [
      'redshift:copy-grant',
      () =>
        list(
          'redshift:copy-grant',
          door.pages('redshift:DescribeSnapshotCopyGrants', {}, (o) => o.SnapshotCopyGrants),
        ),
    ],
    [
      'redshift:hsm-configuration',
      () =>
        list(
          'redshift:hsm-configuration',
          door.pages('redshift:DescribeHsmConfigurations', {}, (o) => o.HsmConfigurations),
        ),
    ],
    [
      'redshift:hsm-client-certificate',
      () =>
        list(
          'redshift:hsm-client-certificate',
          door.pages('redshift:DescribeHsmClientCertificates', {}, (o) => o.HsmClientCertificates),
        ),
    ],
    [
      'redshift:datashare',
      () =>
        list(
          'redshift:datashare',
          door.pages('redshift:DescribeDataShares', {}, (o) => o.DataShares),
        ),
    ],
    [
      'redshift:endpoint-authorization',
      () =>
        list(
          'redshift:endpoint-authorization',
          door.pages('redshift:DescribeEndpointAuthorization', {}, (o) => o.EndpointAuthorizationList),
        ),
    ],
  ]
}

type Facts<T extends ResourceType> = ResourceTypes[T]['facts']

/** The clusters; `onEnd` hears the names of all attached parameter groups when the list has ended. */
async function* clusters(door: Door, wish: Wish, onEnd: (groups: string[]) => void): AsyncGenerator<Entry[]> {
  const groups = new Set<string>()
  const only = onlyOf(wish, 'redshift:cluster')
  const input = only ? { ClusterIdentifier: only.name } : {}
  try {
    const pages = door.pages('redshift:DescribeClusters', input, (output) => output.Clusters)
    yield* listing('redshift:cluster', door, pages, {
      ask: (cluster) => {
        for (const { ParameterGroupName } of cluster.facts.ClusterParameterGroups ?? [])
          groups.add(ParameterGroupName ?? '')
        return askedOf(door, wish, cluster)
      },
    })
  } finally {
    onEnd([...groups].sort())
  }
}

type Cluster = Resource<'redshift:cluster'>

function askedOf(door: Door, wish: Wish, { name, facts }: Cluster): Promise<Cluster['asked']> {
  return answers<Cluster['asked']>(
    {
      logging: () =>
        door.ask('redshift:DescribeLoggingStatus', { ClusterIdentifier: name }, (status) => status),
      policy: async () =>
        facts.ClusterNamespaceArn
          ? namespacePolicy(door, facts.ClusterNamespaceArn)
          : { source: 'redshift:GetResourcePolicy', takenAt: door.now(), value: null },
    },
    (need) =>
      wantsAbout(wish, 'redshift:cluster', need) ||
      // Which buckets audit logs go to is told by the clusters.
      (need === 'logging' && wish.only?.type === 's3:bucket' && wants(wish, 'usedBy')),
  )
}

/** The groups of a region, or the one wished, with the parameters of those that clusters are attached to. */
async function* parameterGroups(
  door: Door,
  wish: Wish,
  attached: Promise<string[]>,
): AsyncGenerator<Entry[]> {
  const only = onlyOf(wish, 'redshift:parameter-group')
  const input = only ? { ParameterGroupName: only.name } : {}
  const pages = door.pages(
    'redshift:DescribeClusterParameterGroups',
    input,
    (output) => output.ParameterGroups,
  )
  const found: Resource<'redshift:parameter-group'>[] = []
  for await (const entries of listing('redshift:parameter-group', door, pages)) {
    for (const entry of entries)
      if ('resource' in entry) found.push(entry.resource as Resource<'redshift:parameter-group'>)
    yield entries.filter((entry) => 'list' in entry)
  }
  const inUse = new Set(only ? [only.name] : await attached)
  const listed = new Set(found.map(({ name }) => name))
  // A group that a cluster uses is asked for its parameters even where the list of groups was refused.
  const unlisted = only
    ? []
    : [...inUse].filter((name) => !listed.has(name)).map((name) => unlistedGroup(door, name))
  const groups = await pool([...found, ...unlisted], width, async (group) =>
    inUse.has(group.name) ? { ...group, asked: { parameters: await parametersOf(door, group.name) } } : group,
  )
  yield groups.map((resource) => ({ resource }))
}

function unlistedGroup(door: Door, ParameterGroupName: string): Resource<'redshift:parameter-group'> {
  const told = { source: 'redshift:DescribeClusters' as const, takenAt: door.now() }
  return resourceFrom('redshift:parameter-group', door, told, { ParameterGroupName })
}

function parametersOf(door: Door, ParameterGroupName: string) {
  return whole(
    door.pages('redshift:DescribeClusterParameters', { ParameterGroupName }, (output) => output.Parameters),
  )
}

function snapshots(door: Door, wish: Wish): AsyncGenerator<Entry[]> {
  const pages = door.pages('redshift:DescribeClusterSnapshots', snapshotInput(wish), (o) => o.Snapshots)
  return listing('redshift:snapshot', door, pages)
}

/** All snapshots, the one wished, or those of the cluster that is wished. */
function snapshotInput({ only }: Wish): Input<'redshift:DescribeClusterSnapshots'> {
  if (only?.type === 'redshift:cluster') return { ClusterIdentifier: only.name }
  if (only?.type !== 'redshift:snapshot') return {}
  const [ClusterIdentifier = '', SnapshotIdentifier = ''] = only.name.split('/')
  return { ClusterIdentifier, SnapshotIdentifier }
}
