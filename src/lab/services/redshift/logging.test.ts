// Audit logging through the SDK: turning it on and off, refused destinations, and deliveries over time.

import {
  ClusterNotFoundFault,
  DescribeLoggingStatusCommand,
  DisableLoggingCommand,
  EnableLoggingCommand,
  type EnableLoggingMessage,
  InvalidS3BucketNameFault,
  InvalidS3KeyPrefixFault,
  UnsupportedOperationFault,
} from '@aws-sdk/client-redshift'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import type { ClusterSeed } from '#lab/world.ts'

const seeded: ClusterSeed[] = [
  { ClusterIdentifier: 'usual', logging: { LoggingEnabled: true, BucketName: 'audit' } },
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
    logging: { LoggingEnabled: true, BucketName: 'audit', LastSuccessfulDeliveryTime: '-26h' },
  },
]

const lab = useLab(() => {
  const world = testWorld()
  world.accounts[home]?.regions['eu-west-1']?.clusters?.push(...seeded)
  return world
})

async function status(ClusterIdentifier: string) {
  const { $metadata, ...rest } = await lab
    .redshift()
    .send(new DescribeLoggingStatusCommand({ ClusterIdentifier }))
  return rest
}

const enable = (destination: Omit<EnableLoggingMessage, 'ClusterIdentifier'>) =>
  lab.redshift().send(new EnableLoggingCommand({ ClusterIdentifier: 'sales', ...destination }))

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

test('it can be turned off', async () => {
  const off = await lab.redshift().send(new DisableLoggingCommand({ ClusterIdentifier: 'sales' }))
  expect(off).toMatchObject({ LoggingEnabled: false })
  expect(await status('sales')).toEqual({ LoggingEnabled: false })
})

test('right after logging was turned off, the cluster looks available and refuses', async () => {
  const again = () => enable({ LogDestinationType: 'cloudwatch' })
  await expect(again()).rejects.toThrow('There is an operation running on the Cluster.')
  lab.move('15s')
  await expect(again()).resolves.toBeDefined()
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

test('destinations that contradict themselves', async () => {
  const combination = { name: 'InvalidParameterCombination' }
  await expect(enable({})).rejects.toMatchObject(combination)
  await expect(enable({ LogDestinationType: 'cloudwatch', BucketName: 'audit' })).rejects.toMatchObject(
    combination,
  )
  const type = enable({ LogDestinationType: 'cloudwatch', LogExports: ['everything'] })
  await expect(type).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  await expect(enable({ LogDestinationType: 's3table' })).rejects.toBeInstanceOf(UnsupportedOperationFault)
  await expect(status('nowhere')).rejects.toBeInstanceOf(ClusterNotFoundFault)
})

test('the world says how deliveries have gone, and they go on that way', async () => {
  expect(minutesAgo((await status('usual')).LastSuccessfulDeliveryTime)).toBeLessThan(60)
  const failing = await status('failing')
  expect(failing.LastFailureMessage).toBe('no such bucket')
  expect(minutesAgo(failing.LastFailureTime)).toBeLessThan(60)
  expect(failing.LastSuccessfulDeliveryTime).toBeUndefined()
  expect(minutesAgo((await status('stopped')).LastSuccessfulDeliveryTime)).toBeGreaterThan(26 * 60)
})
