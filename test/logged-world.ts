// A world whose warehouses log what their people do, for tests of what logs tell.

import type { World } from '#lab/index.ts'
import type { RegionSeed } from '#lab/world.ts'
import { accessKey, account, credentials } from './estate.ts'

/** The account that is not the caller's; its role lets the caller in. */
export const other = '444455556666'

/** A bucket that takes audit logs, with what else its policy says. */
export function logBucket(Name: string, ...more: object[]) {
  const Resource = [`arn:aws:s3:::${Name}`, `arn:aws:s3:::${Name}/*`]
  const Action = ['s3:PutObject', 's3:GetBucketAcl']
  const delivery = { Effect: 'Allow', Principal: { Service: 'redshift.amazonaws.com' }, Action, Resource }
  const Statement = [delivery, ...more.map((one) => ({ Principal: '*', Resource, ...one }))]
  return { Name, Policy: { Version: '2012-10-17', Statement } }
}

const logged = {
  ParameterGroupName: 'logged',
  ParameterGroupFamily: 'redshift-2.0',
  values: { enable_user_activity_logging: true },
}

/** A cluster whose people unload to a bucket. */
export function cluster(ClusterIdentifier: string, logging: object, bucket: string, more: object = {}) {
  const incidents = [{ kind: 'bulk-unload', at: '-3h', bucket }]
  return {
    ClusterIdentifier,
    ParameterGroup: 'logged',
    logging: { LoggingEnabled: true, LastSuccessfulDeliveryTime: '-20m', ...logging },
    people: { seed: 7, incidents },
    ...more,
  }
}

export const toCloudWatch = {
  LogDestinationType: 'cloudwatch',
  LogExports: ['connectionlog', 'useractivitylog', 'userlog'],
}

/** Four warehouses that log what users do: to buckets with and without a prefix, here and elsewhere, and to CloudWatch. */
export function worldWith(change: { ireland?: object; virginia?: object; logs?: object } = {}): World {
  const ireland = {
    parameterGroups: [logged, { ParameterGroupName: 'plain', ParameterGroupFamily: 'redshift-2.0' }],
    buckets: [change.logs ?? logBucket('logs'), { Name: 'outer-harbour' }],
    clusters: [
      {
        ...cluster('sales', { BucketName: 'logs', S3KeyPrefix: 'audit' }, 'outer-harbour'),
        people: {
          seed: 7,
          incidents: [
            { kind: 'bulk-unload', at: '-3h', bucket: 'outer-harbour' },
            { kind: 'copy-from-foreign-bucket', at: '-5h', bucket: 'partner-drop' },
            // Older than what is read, and mostly in the folder of the same day.
            { kind: 'copy-from-foreign-bucket', at: '-27h', bucket: 'long-ago' },
            { kind: 'query-with-injection', at: '-2h' },
          ],
        },
      },
      cluster('web', toCloudWatch, 'web-exports'),
      cluster('silent', { LoggingEnabled: false }, 'never-seen'),
      cluster('muted', toCloudWatch, 'never-seen', { ParameterGroup: 'plain' }),
      cluster('partly', { ...toCloudWatch, LogExports: ['userlog'] }, 'never-seen'),
    ],
    namespaces: [{ namespaceName: 'shop', logExports: ['useractivitylog'] }, { namespaceName: 'unlogged' }],
    workgroups: [
      {
        workgroupName: 'shop-wg',
        namespaceName: 'shop',
        creationDate: '-20d',
        configParameters: [{ parameterKey: 'enable_user_activity_logging', parameterValue: 'true' }],
        people: { seed: 5, incidents: [{ kind: 'unload-session-role', at: '-4h', bucket: 'shop-exports' }] },
      },
    ],
    ...change.ireland,
  }
  const virginia = {
    parameterGroups: [logged],
    buckets: [logBucket('virginia-logs')],
    clusters: [cluster('west', { BucketName: 'virginia-logs' }, 'virginia-exports')],
    ...change.virginia,
  }
  return {
    name: 'logs',
    about: 'Warehouses whose statements are logged.',
    accounts: {
      [account]: {
        accessKeys: [{ id: accessKey, secret: credentials.AWS_SECRET_ACCESS_KEY, user: 'tester' }],
        regions: { 'eu-west-1': ireland as RegionSeed, 'us-east-1': virginia as RegionSeed },
      },
      [other]: {
        accessKeys: [],
        roles: [{ name: 'redoubt-scan', trusts: [account] }],
        regions: { 'eu-west-1': {} },
      },
    },
  }
}
