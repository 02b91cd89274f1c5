// The world that is measured: one account, one region, ten clusters as a company would run them.

import type { World } from '../../src/lab/world.ts'

export const account = '111122223333'
export const region = 'eu-west-1'
export const partition = 'aws'
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
                // Hours, so that a thousand of them are all younger than their retention.
                SnapshotCreateTime: `-${index + 1}h`,
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

export const logBucket = 'bench-logs'
export const logExports = ['connectionlog', 'useractivitylog', 'userlog']
export const logStream = 'warehouse-1'
export const logGroup = (name: string) => `/aws/redshift/cluster/${logStream}/${name}`

/**
 * The same, with a bucket in which one of the clusters leaves about so many lines of audit log a day, and another one that
 * leaves as many in log groups.
 */
export function logWorldText(linesADay: number): string {
  const group = 'pg-logged'
  const bucket = `arn:aws:s3:::${logBucket}`
  const logged = (name: string, logging: string) =>
    `{ ClusterIdentifier: ${name}, ParameterGroup: ${group}, logging: { LoggingEnabled: true, ${logging} }, people: { linesPerHour: ${Math.round(linesADay / 24)} } }`
  return largeWorldText()
    .replace('{ ClusterIdentifier: warehouse-0 }', logged('warehouse-0', `BucketName: ${logBucket}`))
    .replace(
      `{ ClusterIdentifier: ${logStream} }`,
      logged(logStream, `LogDestinationType: cloudwatch, LogExports: [${logExports.join(', ')}]`),
    )
    .replace(
      '        clusters:',
      `        parameterGroups: [{ ParameterGroupName: ${group}, ParameterGroupFamily: redshift-1.0, values: { enable_user_activity_logging: true } }]
        buckets:
          - Name: ${logBucket}
            Policy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: redshift.amazonaws.com }, Action: ['s3:PutObject', 's3:GetBucketAcl'], Resource: ['${bucket}', '${bucket}/*'] }] }
        clusters:`,
    )
}

/** Where the large estate lies: the regions that an account has without opting in. */
export const regions = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]

/** Twelve clusters in each region, and so many snapshots over all of them. */
export function estateWorld(snapshots: number): World {
  const world = benchWorld(0, 0)
  const [account] = Object.values(world.accounts)
  const each = Math.floor(snapshots / (regions.length * 12))
  let more = snapshots - each * regions.length * 12
  for (const name of regions) {
    const [here] = Object.values(benchWorld(12, each).accounts)
    const seed = here?.regions[region] ?? {}
    for (const extra of (seed.snapshots ?? []).slice(0, 12)) {
      if (more-- > 0)
        seed.snapshots?.push({ ...extra, SnapshotIdentifier: `${extra.SnapshotIdentifier}-extra` })
    }
    if (account) account.regions[name] = seed
  }
  return world
}
