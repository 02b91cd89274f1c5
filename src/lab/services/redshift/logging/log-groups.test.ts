// Audit logs in CloudWatch: the groups AWS makes, their retention, and the same lines as in files.

import { gunzipSync } from 'node:zlib'
import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { DisableLoggingCommand, EnableLoggingCommand } from '@aws-sdk/client-redshift'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { beforeAll, expect, test, vi } from 'vitest'
import { day } from '#kit/time.ts'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'
import { logBucket } from './testing/log-bucket.ts'

vi.setConfig({ testTimeout: 30_000 })

function world() {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  const people = { seed: 3 }
  const inForce = { enable_user_activity_logging: true }
  // One moment for both labs: the numbers of its transactions count from it.
  const ClusterCreateTime = '2026-01-05T00:00:00Z'
  region?.clusters?.push(
    { ClusterIdentifier: 'twin', people, ClusterCreateTime, ParameterGroup: 'lax', inForce },
    {
      ClusterIdentifier: 'seeded',
      ClusterCreateTime: '-1d',
      people,
      logging: { LoggingEnabled: true, LogDestinationType: 'cloudwatch', LogExports: ['userlog'] },
    },
  )
  Object.assign(region ?? {}, { buckets: [logBucket('audit')] })
  return world
}

const lab = useLab(world)
const other = useLab(world)

// Tomorrow at noon in both labs.
const noon = `${new Date(Date.now() + day).toISOString().slice(0, 10)}T12:00:00Z`
beforeAll(() => {
  for (const one of [lab, other]) one.lab.clock.change({ set: noon })
})

async function groups(cluster: string): Promise<(string | undefined)[]> {
  const logGroupNamePrefix = `/aws/redshift/cluster/${cluster}/`
  const { logGroups = [] } = await lab.logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))
  return logGroups.map(({ logGroupName }) => logGroupName?.slice(logGroupNamePrefix.length))
}

const groupOf = (type: string) => `/aws/redshift/cluster/twin/${type}`

async function messages(type: string): Promise<string[]> {
  const found: string[] = []
  let nextToken: string | undefined
  for (;;) {
    const page = await lab.logs().send(
      new GetLogEventsCommand({
        logGroupName: groupOf(type),
        logStreamName: 'twin',
        startFromHead: true,
        nextToken,
      }),
    )
    if (page.nextForwardToken === nextToken) return found
    for (const { message = '' } of page.events ?? []) found.push(message)
    nextToken = page.nextForwardToken
  }
}

async function files(type: string): Promise<string> {
  const { Contents = [] } = await other.s3().send(new ListObjectsV2Command({ Bucket: 'audit' }))
  const texts: string[] = []
  for (const { Key = '' } of Contents.filter((object) => object.Key?.includes(`_${type}_`))) {
    const { Body } = await other.s3().send(new GetObjectCommand({ Bucket: 'audit', Key }))
    texts.push(gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString())
  }
  return texts.join('')
}

const send = (destination: object, to = lab) =>
  to.redshift().send(new EnableLoggingCommand({ ClusterIdentifier: 'twin', ...destination }))

const types = ['connectionlog', 'useractivitylog', 'userlog']

test('a world that logs has the group, with a stream by the name of the cluster', async () => {
  expect(await groups('seeded')).toEqual(['userlog'])
  const logGroupName = '/aws/redshift/cluster/seeded/userlog'
  const { logStreams } = await lab.logs().send(new DescribeLogStreamsCommand({ logGroupName }))
  expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['seeded'])
  const { events } = await lab
    .logs()
    .send(new GetLogEventsCommand({ logGroupName, logStreamName: 'seeded', startFromHead: true, limit: 2 }))
  expect(events?.map(({ message = '' }) => message.slice(0, 28))).toEqual([
    expect.stringMatching(/^1\|rdsdb \| \|alter \|1\|1\|1\|/),
    expect.stringMatching(/^100\|awsuser \| \|create \|1\|1\|/),
  ])
})

test('groups are made with the first delivery; what is exported is selected, what is there is kept', async () => {
  await lab.logs().send(new CreateLogGroupCommand({ logGroupName: groupOf('userlog') }))
  await lab
    .logs()
    .send(new PutRetentionPolicyCommand({ logGroupName: groupOf('userlog'), retentionInDays: 1 }))
  await send({ LogDestinationType: 'cloudwatch', LogExports: ['connectionlog', 'userlog'] })
  lab.move('59m')
  expect(await groups('twin')).toEqual(['userlog'])
  lab.move('1m')
  expect(await groups('twin')).toEqual(['connectionlog', 'userlog'])
  const { logGroups = [] } = await lab
    .logs()
    .send(new DescribeLogGroupsCommand({ logGroupNamePrefix: groupOf('') }))
  expect(logGroups.map(({ retentionInDays }) => retentionInDays)).toEqual([undefined, 1])
  await send({ LogDestinationType: 'cloudwatch' })
  lab.move('1h')
  expect(await groups('twin')).toEqual(types)
})

test('an event is a record, and the lines are those of the files of the same hours', async () => {
  await send({ BucketName: 'audit' }, other)
  other.move('2h')
  const file = await files('connectionlog')
  expect(file.split('\n').length).toBeGreaterThan(100)
  expect(`${(await messages('connectionlog')).join('\n')}\n`).toBe(file)
  const activities = await messages('useractivitylog')
  expect(activities.length).toBeGreaterThan(20)
  // In the first hour that log was not exported.
  expect((await files('useractivitylog')).endsWith(`${activities.join('\n')}\n`)).toBe(true)
})

test('what was delivered stays when logging is turned off, and nothing is added', async () => {
  const before = await messages('connectionlog')
  await lab.redshift().send(new DisableLoggingCommand({ ClusterIdentifier: 'twin' }))
  lab.move('3h')
  expect(await messages('connectionlog')).toEqual(before)
})
