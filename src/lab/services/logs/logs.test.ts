// CloudWatch Logs through the SDK: groups, streams, events that were put and events that a source makes.

import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteResourcePolicyCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeResourcePoliciesCommand,
  DisassociateKmsKeyCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  GetQueryResultsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { beforeAll, describe, expect, test } from 'vitest'
import { useLab } from '../../testing/lab.ts'
import { home, testWorld } from '../../testing/world.ts'
import { addStreamSource } from './contents.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  if (region)
    region.logGroups = [
      {
        logGroupName: '/seeded/app',
        retentionInDays: 30,
        tags: { team: 'data' },
        streams: [
          {
            logStreamName: 'main',
            events: [
              { timestamp: '-29d', message: 'an old one' },
              { timestamp: '-40d', message: 'an expired one' },
              { timestamp: '-1h', message: 'a new one' },
            ],
          },
        ],
      },
      { logGroupName: '/seeded/locked', deletionProtectionEnabled: true },
    ]
  return world
})

const client = () => lab.logs()
const arnOf = (name: string) => `arn:aws:logs:eu-west-1:${home}:log-group:${name}`
const messages = (events: { message?: string | undefined }[] | undefined) =>
  (events ?? []).map(({ message }) => message)

async function newStream(logGroupName: string, ...names: string[]) {
  await client().send(new CreateLogGroupCommand({ logGroupName }))
  for (const logStreamName of names)
    await client().send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
}

const put = (
  logGroupName: string,
  logStreamName: string,
  logEvents: { timestamp: number; message: string }[],
) => client().send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
const get = (input: GetLogEventsCommandInput) => client().send(new GetLogEventsCommand(input))
const filter = (input: FilterLogEventsCommandInput) => client().send(new FilterLogEventsCommand(input))
const groupsOf = async (input: object) =>
  (await client().send(new DescribeLogGroupsCommand(input))).logGroups ?? []

describe('log groups', () => {
  test('are made, described in pages and deleted', async () => {
    for (const name of ['/g/a', '/g/b', '/g/c'])
      await client().send(new CreateLogGroupCommand({ logGroupName: name }))
    const [first] = await groupsOf({ logGroupNamePrefix: '/g/' })
    expect(first).toEqual({
      logGroupName: '/g/a',
      creationTime: lab.lab.clock.now(),
      metricFilterCount: 0,
      arn: `${arnOf('/g/a')}:*`,
      logGroupArn: arnOf('/g/a'),
      storedBytes: 0,
      logGroupClass: 'STANDARD',
      deletionProtectionEnabled: false,
    })
    const page = await client().send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/g/', limit: 2 }))
    const { nextToken } = page
    const rest = await groupsOf({ logGroupNamePrefix: '/g/', limit: 2, nextToken })
    expect(rest.map(({ logGroupName }) => logGroupName)).toEqual(['/g/c'])
    expect(await groupsOf({ logGroupNamePattern: 'g/b' })).toHaveLength(1)
    await client().send(new DeleteLogGroupCommand({ logGroupName: '/g/b' }))
    expect(await groupsOf({ logGroupNamePrefix: '/g/' })).toHaveLength(2)
  })

  test.each([
    ['/seeded/app', 'ResourceAlreadyExistsException', 'The specified log group already exists'],
    ['with space', 'InvalidParameterException', /'logGroupName' failed to satisfy constraint/],
  ])('%j cannot be made', async (logGroupName, name, message) => {
    await expect(client().send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
  })

  test('that are missing or protected cannot be deleted', async () => {
    const remove = (logGroupName: string) => client().send(new DeleteLogGroupCommand({ logGroupName }))
    await expect(remove('/none')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
    await expect(remove('/seeded/locked')).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('have tags and a key', async () => {
    const resourceArn = arnOf('/seeded/app')
    const tags = async () => (await client().send(new ListTagsForResourceCommand({ resourceArn }))).tags
    await client().send(new TagResourceCommand({ resourceArn, tags: { cost: '1' } }))
    expect(await tags()).toEqual({ team: 'data', cost: '1' })
    await client().send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
    expect(await tags()).toEqual({ cost: '1' })
    const kmsKeyId = `arn:aws:kms:eu-west-1:${home}:key/11111111-2222-3333-4444-555555555555`
    const logGroupName = '/seeded/app'
    await client().send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }))
    expect((await groupsOf({ logGroupNamePrefix: logGroupName }))[0]?.kmsKeyId).toBe(kmsKeyId)
    await client().send(new DisassociateKmsKeyCommand({ logGroupName }))
    expect((await groupsOf({ logGroupNamePrefix: logGroupName }))[0]?.kmsKeyId).toBeUndefined()
  })
})

describe('retention', () => {
  test('takes events away as time passes', async () => {
    const read = async () =>
      messages(
        (await get({ logGroupName: '/seeded/app', logStreamName: 'main', startFromHead: true })).events,
      )
    expect(await read()).toEqual(['an old one', 'a new one'])
    lab.move('2d')
    expect(await read()).toEqual(['a new one'])
  })

  test('is set to what AWS offers, or to for ever', async () => {
    await newStream('/kept')
    const set = (retentionInDays: number) =>
      client().send(new PutRetentionPolicyCommand({ logGroupName: '/kept', retentionInDays }))
    await expect(set(8)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await set(3653)
    expect((await groupsOf({ logGroupNamePrefix: '/kept' }))[0]?.retentionInDays).toBe(3653)
    await client().send(new DeleteRetentionPolicyCommand({ logGroupName: '/kept' }))
    expect((await groupsOf({ logGroupNamePrefix: '/kept' }))[0]).not.toHaveProperty('retentionInDays')
  })
})

describe('streams', () => {
  beforeAll(async () => {
    await newStream('/streams', 'b', 'a', 'c')
    const now = lab.lab.clock.now()
    await put('/streams', 'a', [{ timestamp: now - 5 * minute, message: 'x' }])
    await put('/streams', 'b', [{ timestamp: now - minute, message: 'x' }])
  })

  test('are described by name or by their last event', async () => {
    const names = async (input: object) => {
      const command = new DescribeLogStreamsCommand({ logGroupName: '/streams', ...input })
      return (await client().send(command)).logStreams?.map(({ logStreamName }) => logStreamName)
    }
    expect(await names({})).toEqual(['a', 'b', 'c'])
    expect(await names({ descending: true })).toEqual(['c', 'b', 'a'])
    expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['b', 'a', 'c'])
    expect(await names({ logStreamNamePrefix: 'b' })).toEqual(['b'])
    const page = await client().send(new DescribeLogStreamsCommand({ logGroupName: '/streams', limit: 2 }))
    expect(await names({ limit: 2, nextToken: page.nextToken })).toEqual(['c'])
    await expect(names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'b' })).rejects.toMatchObject({
      message: 'Cannot order by LastEventTime with a logStreamNamePrefix.',
    })
  })

  test('exist once, and are gone once deleted', async () => {
    const names = { logGroupName: '/streams', logStreamName: 'c' }
    await expect(client().send(new CreateLogStreamCommand(names))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
    })
    await client().send(new DeleteLogStreamCommand(names))
    await expect(get(names)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    })
  })

  test('refuse events out of order and set aside those too old or too new', async () => {
    const now = lab.lab.clock.now()
    const at = (timestamp: number) => ({ timestamp, message: String(timestamp) })
    await expect(put('/streams', 'a', [at(now), at(now - 1)])).rejects.toMatchObject({
      message: 'Log events in a single PutLogEvents request must be in chronological order.',
    })
    await expect(put('/streams', 'a', [at(now - 2 * day), at(now)])).rejects.toMatchObject({
      message: expect.stringMatching(/24 hours/),
    })
    const late = await put('/streams', 'a', [at(now), at(now + 3 * hour)])
    expect(late.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 })
    const old = await put('/streams', 'a', [at(now - 15 * day)])
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
    const { events } = await get({ logGroupName: '/streams', logStreamName: 'a' })
    expect(messages(events)).toEqual(['x', String(now)])
  })
})

describe('events', () => {
  const stream = { logGroupName: '/events', logStreamName: 'one' }
  let now = 0

  beforeAll(async () => {
    await newStream('/events', 'one', 'two')
    now = lab.lab.clock.now()
    // Three of one moment, to be told apart by pages.
    const numbers = Array.from({ length: 10 }, (_, index) => ({
      timestamp: now - 10 * hour + Math.floor(index / 3) * hour,
      message: `user ${index} said "hello world"`,
    }))
    await put('/events', 'one', numbers)
    await put('/events', 'two', [{ timestamp: now - 9 * hour, message: 'ERROR user two' }])
  })

  test('are read from the end unless told otherwise', async () => {
    const last = await get({ ...stream, limit: 2 })
    expect(messages(last.events)).toEqual(['user 8 said "hello world"', 'user 9 said "hello world"'])
    const before = await get({ ...stream, limit: 2, nextToken: last.nextBackwardToken })
    expect(messages(before.events)).toEqual(['user 6 said "hello world"', 'user 7 said "hello world"'])
    const again = await get({ ...stream, nextToken: last.nextForwardToken })
    expect(again.events).toEqual([])
    expect(again.nextForwardToken).toBe(last.nextForwardToken)
  })

  test('come once each, page by page from the head', async () => {
    const seen: unknown[] = []
    for (let nextToken: string | undefined; ; ) {
      const page = await get({ ...stream, limit: 4, startFromHead: true, ...(nextToken && { nextToken }) })
      seen.push(...messages(page.events).map((message) => message?.split(' ')[1]))
      if (page.nextForwardToken === nextToken) break
      nextToken = page.nextForwardToken
    }
    expect(seen).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  test('are bounded by start, included, and end, not included', async () => {
    const { events } = await get({ ...stream, startTime: now - 9 * hour, endTime: now - 8 * hour })
    expect(events).toHaveLength(3)
    const wrong = get({ ...stream, startTime: 2, endTime: 1 })
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(get({ ...stream, nextToken: 'x' })).rejects.toMatchObject({
      message: 'The specified nextToken is invalid.',
    })
  })

  test('of all streams are filtered in order of time, page by page', async () => {
    const all = await filter({ logGroupName: '/events' })
    expect(all.events).toHaveLength(11)
    const times = all.events?.map(({ timestamp = 0 }) => timestamp) ?? []
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(all.events?.map(({ eventId }) => eventId)).size).toBe(11)
    const pages: unknown[] = []
    for (let nextToken: string | undefined; ; ) {
      const page = await filter({ logGroupName: '/events', limit: 3, ...(nextToken && { nextToken }) })
      pages.push(...messages(page.events))
      nextToken = page.nextToken
      if (!nextToken) break
    }
    expect(pages).toEqual(messages(all.events))
    const two = await filter({ logGroupName: '/events', logStreamNames: ['two'] })
    expect(messages(two.events)).toEqual(['ERROR user two'])
  })

  test.each([
    ['user', 11],
    ['User', 0],
    ['user hello', 10],
    ['"hello world"', 10],
    ['user -hello', 1],
    ['?ERROR ?world', 11],
    ['"said \\"hello"', 10],
  ])('are chosen by %s', async (filterPattern, count) => {
    expect((await filter({ logGroupName: '/events', filterPattern })).events).toHaveLength(count)
  })

  test.each(['{ $.x = 1 }', '[a, b]', '%x%', 'a.b', '"open'])(
    'cannot be chosen by %s',
    async (filterPattern) => {
      await expect(filter({ logGroupName: '/events', filterPattern })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    },
  )

  const query = async (queryString: string) => {
    const window = { startTime: Math.floor((now - day) / 1000), endTime: Math.floor(now / 1000) }
    const { queryId } = await client().send(
      new StartQueryCommand({ logGroupName: '/events', ...window, queryString }),
    )
    return client().send(new GetQueryResultsCommand({ queryId }))
  }

  test('are queried', async () => {
    const found = await query(
      'fields @message, @logStream | filter @message like /user [89]/ | sort @timestamp desc | limit 1',
    )
    expect(found).toMatchObject({ status: 'Complete', statistics: { recordsMatched: 2, recordsScanned: 11 } })
    expect(found.results).toEqual([
      [
        { field: '@message', value: 'user 9 said "hello world"' },
        { field: '@logStream', value: 'one' },
        { field: '@ptr', value: expect.any(String) },
      ],
    ])
    expect((await query('filter @message not like "hello"')).results).toHaveLength(1)
  })

  test.each(['stats count(*)', 'parse @message "*" as x', 'fields other'])(
    'are not queried by %s',
    async (text) => {
      await expect(query(text)).rejects.toMatchObject({ name: 'MalformedQueryException' })
    },
  )
})

describe('a source', () => {
  test('makes streams that are read by the hour and honour retention', async () => {
    const asked: number[] = []
    const start = lab.lab.clock.now() - 20 * day
    addStreamSource('test', {
      streams: () => [{ name: 'made', createdAt: start, firstEvent: start }],
      *read(_source, _group, stream, from, to, { now }) {
        asked.push(to - from)
        if (stream !== 'made') return
        for (
          let at = Math.ceil((from - start) / minute) * minute + start;
          at < Math.min(to, now);
          at += minute
        )
          yield { timestamp: at, message: `minute ${(at - start) / minute}` }
      },
    })
    await newStream('/made')
    const account = lab.lab.state.accounts.get(home)
    account?.regions.get('eu-west-1')?.logs.groups.get('/made')?.sources.push({ kind: 'test' })
    const made = { logGroupName: '/made', logStreamName: 'made' }
    expect(messages((await get({ ...made, startFromHead: true, limit: 2 })).events)).toEqual([
      'minute 0',
      'minute 1',
    ])
    expect(Math.max(...asked)).toBeLessThanOrEqual(hour)
    expect(messages((await get({ ...made, limit: 1 })).events)).toEqual([`minute ${20 * 24 * 60 - 1}`])
    const some = await filter({ logGroupName: '/made', filterPattern: '"minute 7777"' })
    expect(some.events).toHaveLength(1)
    await client().send(new PutRetentionPolicyCommand({ logGroupName: '/made', retentionInDays: 1 }))
    const { events } = await get({ ...made, startFromHead: true, limit: 1 })
    expect(messages(events)).toEqual([`minute ${19 * 24 * 60}`])
  })
})

describe('resource policies', () => {
  test('are put, listed and deleted', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'es.amazonaws.com' },
      Action: 'logs:PutLogEvents',
      Resource: '*',
    }
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await client().send(new PutResourcePolicyCommand({ policyName: 'p', policyDocument }))
    const list = async () => (await client().send(new DescribeResourcePoliciesCommand({}))).resourcePolicies
    expect(await list()).toMatchObject([{ policyName: 'p', policyDocument }])
    const wrong = new PutResourcePolicyCommand({ policyName: 'q', policyDocument: '{}' })
    await expect(client().send(wrong)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await client().send(new DeleteResourcePolicyCommand({ policyName: 'p' }))
    expect(await list()).toEqual([])
  })
})
