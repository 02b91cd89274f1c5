// Audit logging through the SDK: turning it on and off, refused destinations, and how deliveries are told.

import {
  BucketNotFoundFault,
  ClusterNotFoundFault,
  DescribeLoggingStatusCommand,
  DisableLoggingCommand,
  EnableLoggingCommand,
  type EnableLoggingMessage,
  InsufficientS3BucketPolicyFault,
  InvalidClusterStateFault,
  InvalidS3BucketNameFault,
  InvalidS3KeyPrefixFault,
} from '@aws-sdk/client-redshift'
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { alice, carol, home, partner, testWorld } from '#lab/testing/world.ts'
import type { ClusterSeed } from '#lab/world.ts'
import { logBucket, policyFor } from './testing/log-bucket.ts'

const seeded: ClusterSeed[] = [
  { ClusterIdentifier: 'usual', logging: { LoggingEnabled: true, BucketName: 'elsewhere' } },
  {
    ClusterIdentifier: 'failing',
    logging: {
      LoggingEnabled: true,
      BucketName: 'gone',
      LastFailureTime: '-20m',
      LastFailureMessage: 'no such bucket',
    },
  },
  {
    ClusterIdentifier: 'stopped',
    logging: { LoggingEnabled: true, BucketName: 'elsewhere', LastSuccessfulDeliveryTime: '-26h' },
  },
  {
    ClusterIdentifier: 'refused',
    logging: { LoggingEnabled: true, BucketName: 'closed', LastSuccessfulDeliveryTime: '-50m' },
  },
]

const lab = useLab(() => {
  const world = testWorld()
  const { [home]: account, [partner]: other } = world.accounts
  const region = account?.regions['eu-west-1']
  region?.clusters?.push(...seeded)
  account?.accessKeys[1]?.denied?.push({ action: 's3:PutObject' })
  Object.assign(region ?? {}, {
    buckets: [
      logBucket('audit-logs'),
      { Name: 'closed' },
      logBucket('stale', 'arn:aws:iam::361669875840:user/logs'),
      logBucket('opt-in-only', { Service: 'redshift.me-south-1.amazonaws.com' }),
      { ...logBucket('locked'), ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
      {
        ...logBucket('under-kms'),
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      },
    ],
  })
  Object.assign(account?.regions['me-south-1'] ?? {}, {
    buckets: [
      logBucket('bahrain'),
      logBucket('bahrain-regional', { Service: 'redshift.me-south-1.amazonaws.com' }),
    ],
    clusters: [{ ClusterIdentifier: 'pearl' }],
  })
  Object.assign(other?.regions['eu-west-1'] ?? {}, { buckets: [logBucket('of-partner')] })
  return world
})

async function status(ClusterIdentifier: string) {
  const { $metadata, ...rest } = await lab
    .redshift()
    .send(new DescribeLoggingStatusCommand({ ClusterIdentifier }))
  return rest
}

const enable = (destination: Omit<EnableLoggingMessage, 'ClusterIdentifier'>, credentials = alice) =>
  lab.redshift(credentials).send(new EnableLoggingCommand({ ClusterIdentifier: 'sales', ...destination }))

const disable = (more: { LogDestinationType?: 's3table'; LogExports?: string[] } = {}) =>
  lab.redshift().send(new DisableLoggingCommand({ ClusterIdentifier: 'sales', ...more }))

const minutesAgo = (moment: Date | undefined) =>
  Math.round((lab.lab.clock.now() - (moment?.getTime() ?? 0)) / 60_000)

test('when it is off, the answer says just that', async () => {
  expect(await status('sales')).toEqual({ LoggingEnabled: false })
})

test('to a bucket: the type of destination is not said, deliveries come hourly', async () => {
  await enable({ BucketName: 'audit-logs', S3KeyPrefix: 'redshift/sales/' })
  expect(await status('sales')).toEqual({
    LoggingEnabled: true,
    BucketName: 'audit-logs',
    S3KeyPrefix: 'redshift/sales/',
  })
  lab.move('+150m')
  expect(minutesAgo((await status('sales')).LastSuccessfulDeliveryTime)).toBe(30)
  lab.move('+40m')
  expect(minutesAgo((await status('sales')).LastSuccessfulDeliveryTime)).toBe(10)
})

test('to CloudWatch: the type and the logs are said; no logs named means all', async () => {
  await enable({ LogDestinationType: 'cloudwatch', LogExports: ['userlog'] })
  expect(await status('sales')).toEqual({
    LoggingEnabled: true,
    LogDestinationType: 'cloudwatch',
    LogExports: ['userlog'],
  })
  const all = await enable({ LogDestinationType: 'cloudwatch' })
  expect(all.LogExports).toEqual(['connectionlog', 'useractivitylog', 'userlog'])
})

test('it can be turned off, and not turned on again at once', async () => {
  expect(await disable()).toMatchObject({ LoggingEnabled: false })
  expect(await status('sales')).toEqual({ LoggingEnabled: false })
  const again = enable({ BucketName: 'audit-logs' })
  await expect(again).rejects.toBeInstanceOf(InvalidClusterStateFault)
  await expect(again).rejects.toThrow('There is an operation running on the Cluster')
  lab.move('+15s')
  await expect(enable({ BucketName: 'audit-logs' })).resolves.toMatchObject({ LoggingEnabled: true })
})

test.each(['Audit', 'ab', 'a..b', '192.168.0.1', '-audit', 'x'.repeat(64)])(
  'the bucket name %s',
  async (BucketName) => {
    await expect(enable({ BucketName })).rejects.toBeInstanceOf(InvalidS3BucketNameFault)
  },
)

test.each(['with space', 'quote"', 'back\\slash', 'x'.repeat(257)])(
  'the prefix %.20s',
  async (S3KeyPrefix) => {
    await expect(enable({ BucketName: 'audit', S3KeyPrefix })).rejects.toBeInstanceOf(InvalidS3KeyPrefixFault)
  },
)

test.each(['nowhere-to-be-found', 'bahrain'])('the bucket %s is not in the region', async (BucketName) => {
  await expect(enable({ BucketName })).rejects.toBeInstanceOf(BucketNotFoundFault)
})

// https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html: since August 2025 a policy that names an IAM user of Redshift is not enough.
test.each(['closed', 'stale', 'opt-in-only', 'locked', 'under-kms'])(
  'Redshift cannot write to the bucket %s',
  async (BucketName) => {
    const refused = enable({ BucketName })
    await expect(refused).rejects.toBeInstanceOf(InsufficientS3BucketPolicyFault)
    await expect(refused).rejects.toThrow(
      `Cannot write to bucket ${BucketName}. Please ensure that your IAM permissions are set up correctly.`,
    )
  },
)

test('in regions to opt in to the policy names the principal of the region', async () => {
  const pearl = (BucketName: string) =>
    lab
      .redshift(alice, 'me-south-1')
      .send(new EnableLoggingCommand({ ClusterIdentifier: 'pearl', BucketName }))
  await expect(pearl('bahrain')).rejects.toBeInstanceOf(InsufficientS3BucketPolicyFault)
  await expect(pearl('bahrain-regional')).resolves.toMatchObject({ LoggingEnabled: true })
})

test('the caller must be allowed to put objects there, by the owner of the bucket too', async () => {
  const code = { name: 'InsufficientS3BucketPolicyFault' }
  await expect(enable({ BucketName: 'audit-logs' }, carol)).rejects.toMatchObject(code)
  await expect(enable({ BucketName: 'of-partner' })).rejects.toMatchObject(code)
})

test('a policy may let Redshift in for one account or one cluster alone', async () => {
  const only = async (Condition: object) => {
    const [statement] = policyFor('audit-logs').Statement
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Condition }] })
    await lab.s3().send(new PutBucketPolicyCommand({ Bucket: 'audit-logs', Policy }))
    await lab
      .redshift()
      .send(new EnableLoggingCommand({ ClusterIdentifier: 'stock', BucketName: 'audit-logs' }))
  }
  const account = (id: string) => ({ StringEquals: { 'aws:SourceAccount': id } })
  const cluster = (name: string) => ({
    ArnLike: { 'aws:SourceArn': `arn:aws:redshift:eu-west-1:${home}:cluster:${name}` },
  })
  for (const condition of [account(partner), cluster('sales')])
    await expect(only(condition)).rejects.toBeInstanceOf(InsufficientS3BucketPolicyFault)
  for (const condition of [account(home), cluster('stock'), cluster('*')]) await only(condition)
  await lab.redshift().send(new DisableLoggingCommand({ ClusterIdentifier: 'stock' }))
})

test('destinations that contradict themselves', async () => {
  const combination = { name: 'InvalidParameterCombination' }
  await expect(enable({})).rejects.toMatchObject(combination)
  await expect(enable({ LogDestinationType: 'cloudwatch', BucketName: 'audit' })).rejects.toMatchObject(
    combination,
  )
  await expect(enable({ BucketName: 'audit-logs', S3TableGranularity: 'cluster' })).rejects.toMatchObject(
    combination,
  )
  const type = enable({ LogDestinationType: 'cloudwatch', LogExports: ['everything'] })
  await expect(type).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  await expect(status('nowhere')).rejects.toBeInstanceOf(ClusterNotFoundFault)
})

test('publishing system tables is a thing of its own', async () => {
  const tables = { LogDestinationType: 's3table' as const }
  const published = await enable({ ...tables, LogExports: ['sys_userlog', 'sys_connection_log'] })
  expect(published).toMatchObject({
    LoggingEnabled: true,
    BucketName: 'audit-logs',
    LogDestinationType: 's3,s3table',
    S3Tables: {
      S3Tables: ['sys_userlog', 'sys_connection_log'],
      EnabledAll: false,
      S3TableNamespace: expect.stringMatching(/^[0-9a-f-]{36}_sys$/),
      S3TableGranularity: 'cluster',
    },
  })
  const fewer = await disable({ ...tables, LogExports: ['sys_userlog'] })
  expect(fewer).toMatchObject({ LoggingEnabled: true, S3Tables: { S3Tables: ['sys_connection_log'] } })
  lab.move('+15s')
  // Audit logging is off, and logging is on by what is published.
  const { $metadata: _, ...left } = await disable()
  expect(left).toEqual({
    LoggingEnabled: true,
    LogDestinationType: 's3table',
    S3Tables: expect.objectContaining({ S3TableGranularity: 'cluster' }),
  })
  lab.move('+15s')
  await disable(tables)
  expect(await status('sales')).toEqual({ LoggingEnabled: false })
  lab.move('+15s')
  const refused = { name: 'InvalidParameterValue' }
  await expect(enable({ ...tables, LogExports: ['userlog'] })).rejects.toMatchObject(refused)
  await expect(enable({ ...tables, S3TableKmsKeyId: 'alias/none' })).rejects.toMatchObject(refused)
  await expect(enable({ ...tables, S3TableGranularity: 'region' })).rejects.toMatchObject(refused)
  expect(await enable(tables)).toMatchObject({
    LoggingEnabled: true,
    LogDestinationType: 's3table',
    S3Tables: { S3Tables: ['all'], EnabledAll: true },
  })
})

test('the world says how deliveries have gone, and to a bucket it does not have they go on that way', async () => {
  lab.move('+1d')
  expect(minutesAgo((await status('usual')).LastSuccessfulDeliveryTime)).toBeLessThan(60)
  const failing = await status('failing')
  expect(failing.LastFailureMessage).toBe('no such bucket')
  expect(minutesAgo(failing.LastFailureTime)).toBeLessThan(60)
  expect(failing.LastSuccessfulDeliveryTime).toBeUndefined()
  const stopped = await status('stopped')
  expect(minutesAgo(stopped.LastSuccessfulDeliveryTime)).toBeGreaterThanOrEqual(50 * 60)
  expect(stopped.LastFailureTime).toBeUndefined()
})

test('a bucket of the world decides how they go on', async () => {
  const refused = await status('refused')
  expect(minutesAgo(refused.LastFailureTime)).toBeLessThan(60)
  expect(refused.LastFailureMessage).toBe('Access Denied')
  expect(minutesAgo(refused.LastSuccessfulDeliveryTime)).toBeGreaterThan(24 * 60)
})
