// Log files as they arrive in buckets: names, contents, and every hour as the bucket was at that hour.

import { gunzipSync } from 'node:zlib'
import {
  DescribeLoggingStatusCommand,
  DisableLoggingCommand,
  EnableLoggingCommand,
  ModifyClusterParameterGroupCommand,
  RebootClusterCommand,
} from '@aws-sdk/client-redshift'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3'
import { beforeAll, expect, test, vi } from 'vitest'
import { day } from '#kit/time.ts'
import { useLab } from '#lab/testing/lab.ts'
import { alice, bob, home, testWorld } from '#lab/testing/world.ts'
import { logBucket, policyFor } from './testing/log-bucket.ts'

const bucket = 'audit-logs'
// Tomorrow at noon: time cannot move backwards, and a test may run on any day.
const date = new Date(Date.now() + day).toISOString().slice(0, 10)
const at = (hour: number) => new Date(`${date}T${hour}:00:00Z`)

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  region?.clusters?.push(
    {
      ClusterIdentifier: 'shop',
      ParameterGroup: 'lax',
      people: { seed: 7, incidents: [{ kind: 'create-superuser', at: '-20m' }] },
      logging: { LoggingEnabled: true, BucketName: 'seeded', LastSuccessfulDeliveryTime: '-30m' },
      ClusterCreateTime: '-3d',
    },
    { ClusterIdentifier: 'quiet' },
  )
  Object.assign(region ?? {}, { buckets: [logBucket(bucket), logBucket('seeded'), logBucket('other')] })
  return world
})

// Listing makes many files to know how long they are.
vi.setConfig({ testTimeout: 30_000 })

beforeAll(() => lab.lab.clock.change({ set: `${date}T12:00:00Z` }))

const redshift = () => lab.redshift(alice)

async function keys(Bucket: string, Prefix = ''): Promise<string[]> {
  const found: string[] = []
  let ContinuationToken: string | undefined
  do {
    const page = await lab
      .s3()
      .send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken, MaxKeys: 50 }))
    for (const { Key = '' } of page.Contents ?? []) found.push(Key)
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken)
  return found
}

async function text(Bucket: string, Key: string): Promise<string> {
  const { Body } = await lab.s3().send(new GetObjectCommand({ Bucket, Key }))
  return gunzipSync(await (Body?.transformToByteArray() ?? new Uint8Array())).toString()
}

const status = (ClusterIdentifier: string) =>
  redshift().send(new DescribeLoggingStatusCommand({ ClusterIdentifier }))

const folder = `AWSLogs/${home}/redshift/eu-west-1`

test('files arrive an hour after logging is turned on, then every hour, by the names AWS gives them', async () => {
  await redshift().send(
    new EnableLoggingCommand({ ClusterIdentifier: 'shop', BucketName: bucket, S3KeyPrefix: 'shop' }),
  )
  expect(await keys(bucket)).toEqual([])
  lab.move('59m')
  expect(await keys(bucket)).toEqual([])
  lab.move('61m')
  const file = (type: string, hour: number) =>
    `shop/${folder}/${date.replaceAll('-', '/')}/${home}_redshift_eu-west-1_shop_${type}_${date}T${hour}:00.gz`
  expect(await keys(bucket)).toEqual([
    file('connectionlog', 13),
    file('connectionlog', 14),
    file('userlog', 13),
    file('userlog', 14),
  ])
  expect(await keys(bucket, `shop/${folder}/2019/`)).toEqual([])
  const lines = (await text(bucket, file('connectionlog', 13))).trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(40)
  for (const line of lines)
    expect(line).toMatch(/^[a-z_ ]+ \|\w{3}, \d{1,2} \w{3} \d{4} 12:\d\d:\d\d:\d{3}\|/)
  await expect(text(bucket, file('connectionlog', 15))).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test('the activity log is there only while its parameter is in force, which takes a reboot', async () => {
  const Parameters = [{ ParameterName: 'enable_user_activity_logging', ParameterValue: 'true' }]
  await redshift().send(new ModifyClusterParameterGroupCommand({ ParameterGroupName: 'lax', Parameters }))
  lab.move('1h')
  const activity = async () => (await keys(bucket)).filter((key) => key.includes('useractivitylog'))
  expect(await activity()).toEqual([])
  await redshift().send(new RebootClusterCommand({ ClusterIdentifier: 'shop' }))
  lab.move('1h')
  const [first = '', ...others] = await activity()
  expect(first).toContain(`_useractivitylog_${date}T16:00.gz`)
  expect(others).toEqual([])
  const [line = ''] = (await text(bucket, first)).split('\n')
  expect(line).toMatch(
    /^'\d{4}-\d\d-\d\dT15:\d\d:\d\dZ UTC \[ db=dev user=.+ pid=\d+ userid=\d+ xid=\d+ \]' LOG: /,
  )
})

test('every hour goes as the bucket is at that hour; what failed does not come later', async () => {
  await lab.s3().send(new DeleteBucketPolicyCommand({ Bucket: bucket }))
  lab.move('2h')
  expect(await status('shop')).toMatchObject({
    LastSuccessfulDeliveryTime: at(16),
    LastFailureTime: at(18),
    LastFailureMessage: 'Access Denied',
  })
  const Policy = JSON.stringify(policyFor(bucket))
  await lab.s3().send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
  lab.move('1h')
  expect(await status('shop')).toMatchObject({
    LastSuccessfulDeliveryTime: at(19),
    LastFailureTime: at(18),
  })
  const hours = (await keys(bucket))
    .filter((key) => key.includes('_userlog_'))
    .map((key) => key.slice(-8, -6))
  expect(hours).toEqual(['13', '14', '15', '16', '19'])
})

test('SSE-KMS stops deliveries', async () => {
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }
  const encrypt = (
    Rules: (typeof rule | { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } })[],
  ) =>
    lab
      .s3()
      .send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules } }))
  await encrypt([rule])
  lab.move('1h')
  const { LastFailureTime, LastFailureMessage } = await status('shop')
  expect(LastFailureTime).toEqual(at(20))
  expect(LastFailureMessage).toContain('SSE-KMS')
  await encrypt([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }])
})

test('what was delivered stays when the destination changes, and when logging is turned off', async () => {
  const before = await keys(bucket)
  await redshift().send(new EnableLoggingCommand({ ClusterIdentifier: 'shop', BucketName: 'other' }))
  lab.move('1h')
  expect(await keys(bucket)).toEqual(before)
  expect(await keys('other')).toHaveLength(3)
  await redshift().send(new DisableLoggingCommand({ ClusterIdentifier: 'shop' }))
  lab.move('3h')
  expect(await keys('other')).toHaveLength(3)
})

test('a world that logs has its files, up to the moment its deliveries went elsewhere', async () => {
  const seeded = await keys('seeded')
  expect(seeded.length).toBeGreaterThan(2 * 70)
  expect([...seeded].sort()).toEqual(seeded)
  expect(seeded.at(-1)).toMatch(/_shop_userlog_/)
})

test('a cluster without people has only what Redshift does itself', async () => {
  await redshift().send(
    new EnableLoggingCommand({ ClusterIdentifier: 'quiet', BucketName: bucket, S3KeyPrefix: 'q/' }),
  )
  lab.move('1h')
  const [connections = ''] = await keys(bucket, `q/${folder}/`)
  const users = (await text(bucket, connections))
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|')[6])
  expect(new Set(users)).toEqual(new Set(['rdsdb ']))
})

test('a bucket that somebody else has made again under its name takes no logs', async () => {
  const Bucket = 'taken-over'
  const make = async (owner: typeof alice) => {
    const s3 = lab.s3(owner)
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const }
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))
    const { Statement } = policyFor(Bucket)
    const Principal = { AWS: `arn:aws:iam::${home}:root` }
    const Resource = `arn:aws:s3:::${Bucket}/*`
    const everything = { Effect: 'Allow', Principal, Action: 's3:*', Resource }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [...Statement, everything] })
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  }
  await make(alice)
  const enable = () =>
    redshift().send(new EnableLoggingCommand({ ClusterIdentifier: 'quiet', BucketName: Bucket }))
  await enable()
  await lab.s3().send(new DeleteBucketCommand({ Bucket }))
  await make(bob)
  lab.move('2h')
  const refused = await status('quiet')
  expect(refused).toMatchObject({ LastFailureMessage: 'Access Denied' })
  expect(refused).not.toHaveProperty('LastSuccessfulDeliveryTime')
  // Whoever turns it on now means the new owner.
  await enable()
  lab.move('2h')
  expect(await status('quiet')).toHaveProperty('LastSuccessfulDeliveryTime')
})
