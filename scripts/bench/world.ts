// The world that is measured: one account, one region, ten clusters as a company would run them.

import type { World } from '../../src/lab/world.ts'

export const account = '111122223333'
export const region = 'eu-west-1'
export const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIALABBENCH00000001',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: region,
}

/** `clusters` clusters, each with a parameter group of its own and `snapshotsEach` manual snapshots. */
export function benchWorld(clusters: number, snapshotsEach: number): World {
  const names = Array.from({ length: clusters }, (_, index) => `warehouse-${index}`)
  return {
    name: 'bench',
    about: 'Ten clusters of one region.',
    accounts: {
      [account]: {
        accessKeys: [
          { id: credentials.AWS_ACCESS_KEY_ID, secret: credentials.AWS_SECRET_ACCESS_KEY, user: 'bench' },
        ],
        regions: {
          [region]: {
            parameterGroups: names.map((name) => ({
              ParameterGroupName: `pg-${name}`,
              ParameterGroupFamily: 'redshift-1.0',
              values: { require_ssl: 'true' },
            })),
            clusters: names.map((ClusterIdentifier) => ({
              ClusterIdentifier,
              ParameterGroup: `pg-${ClusterIdentifier}`,
            })),
            snapshots: names.flatMap((ClusterIdentifier) =>
              Array.from({ length: snapshotsEach }, (_, index) => ({
                SnapshotIdentifier: `${ClusterIdentifier}-${index}`,
                ClusterIdentifier,
                SnapshotType: 'manual',
                SnapshotCreateTime: `-${index + 1}d`,
                ManualSnapshotRetentionPeriod: 365,
              })),
            ),
          },
        },
      },
    },
  }
}

/** As many clusters in two regions; a quarter of those in the first copy their snapshots to the second. */
export function yearWorld(clusters: number): World {
  const world = benchWorld(0, 0)
  const [account] = Object.values(world.accounts)
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ClusterIdentifier: `${prefix}-${index}`,
      ClusterCreateTime: '-1h',
      AutomatedSnapshotRetentionPeriod: 7,
      ...(prefix === 'copied' && {
        ClusterSnapshotCopyStatus: { DestinationRegion: 'eu-central-1', RetentionPeriod: 7 },
      }),
    }))
  const half = Math.round(clusters / 2)
  const copied = Math.round(half / 4)
  if (account) {
    account.regions[region] = { clusters: [...named('copied', copied), ...named('here', half - copied)] }
    account.regions['eu-central-1'] = { clusters: named('there', clusters - half) }
  }
  return world
}

/** A world as a YAML text: a hundred clusters, each with a hundred snapshots. */
export function largeWorldText(): string {
  const clusters = Array.from(
    { length: 100 },
    (_, index) => `          - { ClusterIdentifier: warehouse-${index} }`,
  )
  const snapshots = Array.from(
    { length: 100 },
    (_, index) =>
      `          - { SnapshotIdentifier: 'warehouse-${index}-{n:3}', ClusterIdentifier: warehouse-${index}, SnapshotType: manual, SnapshotCreateTime: '-{n}d', series: { count: 100 } }`,
  )
  return `name: large
about: A hundred clusters with a hundred snapshots each.
accounts:
  '${account}':
    accessKeys: [{ id: ${credentials.AWS_ACCESS_KEY_ID}, secret: ${credentials.AWS_SECRET_ACCESS_KEY}, user: bench }]
    regions:
      ${region}:
        clusters:
${clusters.join('\n')}
        snapshots:
${snapshots.join('\n')}
`
}

/**
 * The least calls that can answer what a scan of this world asks: who we are, the pages of three lists at AWS's largest
 * page of 100, and one answer for each cluster (logging) and each parameter group in use (parameters, one page).
 */
export function leastCalls(clusters: number, snapshotsEach: number): number {
  const pages = (count: number) => Math.max(1, Math.ceil(count / 100))
  const defaultGroups = 2
  return (
    1 +
    pages(clusters) +
    clusters +
    pages(clusters + defaultGroups) +
    clusters +
    pages(clusters * snapshotsEach)
  )
}
