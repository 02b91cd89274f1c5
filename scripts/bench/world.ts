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
