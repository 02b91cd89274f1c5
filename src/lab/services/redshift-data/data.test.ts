// The Data API through the SDK: statements over virtual time, what the system tables hold, and what is refused.

import { gunzipSync } from 'node:zlib'
import { EnableLoggingCommand } from '@aws-sdk/client-redshift'
import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  type Field,
  GetStatementResultCommand,
  GetStatementResultV2Command,
  ListDatabasesCommand,
  ListSchemasCommand,
  ListStatementsCommand,
  ListTablesCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-redshift-data'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { expect, test, vi } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, temporary, testWorld } from '#lab/testing/world.ts'
import { recordsIn } from '../redshift/logging/database.ts'
import { logBucket } from '../redshift/logging/testing/log-bucket.ts'

vi.setConfig({ testTimeout: 30_000 })

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  const incidents = [{ kind: 'create-superuser' as const, at: '-3h', target: 'backdoor' }]
  region?.clusters?.push(
    { ClusterIdentifier: 'shop', ClusterCreateTime: '-20d', people: { seed: 5, incidents } },
    { ClusterIdentifier: 'asleep', ClusterStatus: 'paused' },
    { ClusterIdentifier: 'loud', ClusterCreateTime: '-3d', people: { linesPerHour: 2_000 } },
  )
  Object.assign(region ?? {}, { buckets: [logBucket('audit')] })
  return world
})

const usual = { ClusterIdentifier: 'shop', Database: 'dev', DbUser: 'awsuser' }

async function send(Sql: string, more: Partial<ExecuteStatementCommandInput> = {}): Promise<string> {
  const { Id = '' } = await lab.data().send(new ExecuteStatementCommand({ ...usual, Sql, ...more }))
  return Id
}

const describe = (Id: string) => lab.data().send(new DescribeStatementCommand({ Id }))

const plain = (field: Field) => (field.isNull ? null : Object.values(field)[0])

async function rows(Sql: string, more: Partial<ExecuteStatementCommandInput> = {}): Promise<unknown[][]> {
  const Id = await send(Sql, more)
  lab.move('1s')
  const { Status, Error: error } = await describe(Id)
  expect(error).toBeUndefined()
  expect(Status).toBe('FINISHED')
  const found: unknown[][] = []
  let NextToken: string | undefined
  do {
    const page = await lab.data().send(new GetStatementResultCommand({ Id, NextToken }))
    found.push(...(page.Records ?? []).map((record) => record.map(plain)))
    NextToken = page.NextToken
  } while (NextToken)
  return found
}

async function errorOf(Sql: string, more: Partial<ExecuteStatementCommandInput> = {}) {
  const Id = await send(Sql, more)
  lab.move('1s')
  const { Status, Error: error } = await describe(Id)
  expect(Status).toBe('FAILED')
  return error
}

test('a statement is submitted, started and finished in virtual time', async () => {
  const Id = await send('select count(*) from stl_connection_log')
  expect(await describe(Id)).toMatchObject({ Id, Status: 'SUBMITTED', Duration: -1, HasResultSet: false })
  const early = lab.data().send(new GetStatementResultCommand({ Id }))
  await expect(early).rejects.toBeInstanceOf(ResourceNotFoundException)
  lab.lab.clock.change({ move: '0.1s' })
  expect((await describe(Id)).Status).toBe('STARTED')
  lab.move('1s')
  expect(await describe(Id)).toMatchObject({ Status: 'FINISHED', ResultRows: 1, Duration: 200_000_000 })
  const result = await lab.data().send(new GetStatementResultCommand({ Id }))
  expect(result.TotalNumRows).toBe(1)
  expect(result.ColumnMetadata?.map(({ name, typeName }) => [name, typeName])).toEqual([['count', 'int8']])
  expect(result.Records?.[0]?.[0]?.longValue).toBeGreaterThan(1_000)
})

test('system tables reach seven days back, and a window narrows them', async () => {
  const [[first] = []] = await rows('select recordtime from stl_connection_log order by recordtime limit 1')
  const age = lab.lab.clock.now() - Date.parse(`${String(first).replace(' ', 'T')}Z`)
  expect(age / 3_600_000).toBeGreaterThan(24 * 7 - 1)
  expect(age / 3_600_000).toBeLessThan(24 * 7 + 0.1)
  const hour = await rows(
    "select recordtime from stl_connection_log where recordtime >= dateadd(hour, -1, getdate()) and event like 'auth%'",
  )
  expect(hour.length).toBeGreaterThan(5)
  for (const [time] of hour)
    expect(lab.lab.clock.now() - Date.parse(`${String(time).replace(' ', 'T')}Z`)).toBeLessThan(3_605_000)
})

test('what a loud warehouse has is looked at in parts, and none is missing or twice', async () => {
  const ClusterIdentifier = 'loud'
  const [to, begin] = [lab.lab.clock.now() - 60_000, lab.lab.clock.now() - 72 * 3_600_000]
  const until = `start_time < '${new Date(to).toISOString().replace('T', ' ').replace('Z', '')}'`
  const [[count] = []] = await rows(`select count(*) from sys_query_history where ${until}`, {
    ClusterIdentifier,
  })
  const region = lab.lab.state.accounts.get(home)?.regions.get('eu-west-1')
  const database = region?.redshift.clusters.get('loud')?.database
  const made = database && recordsIn(database, begin, to, true).activities
  expect(made?.length).toBeGreaterThan(90_000)
  expect(count).toBe(made?.length)
  const some = 'select query_id from sys_query_history'
  const first = await rows(`${some} limit 3`, { ClusterIdentifier })
  expect(first).toEqual(made?.slice(0, 3).map(({ query_id }) => [query_id]))
})

test('what was planted is found', async () => {
  expect(
    await rows("SELECT user_name, action FROM sys_userlog WHERE is_superuser = 1 AND user_name = 'backdoor'"),
  ).toEqual(expect.arrayContaining([['backdoor', 'create']]))
  const [user] = await rows('select user_name, superuser from svv_user_info where user_name = :who', {
    Parameters: [{ name: 'who', value: 'backdoor' }],
  })
  expect(user).toEqual(['backdoor', true])
  const made = await rows(
    "select query_type from sys_query_history where query_text ilike '%create user%backdoor%'",
  )
  expect(made.length).toBeGreaterThan(0)
})

test('conditions mean what they mean in SQL', async () => {
  const users = 'select usename from pg_user where'
  expect(await rows(`${users} usename in ('rdsdb', 'awsuser') order by usename desc`)).toEqual([
    ['rdsdb'],
    ['awsuser'],
  ])
  expect(await rows(`${users} usesysid between 1 and 1`)).toEqual([['rdsdb']])
  expect(await rows(`${users} not (usesysid > 1 or usename = 'nobody')`)).toEqual([['rdsdb']])
  expect(await rows(`${users} usename like 'aws_ser' and valuntil is null`)).toEqual([['awsuser']])
  expect(await rows(`${users} valuntil is not null`)).toEqual([])
  expect(await rows(`${users} not valuntil = '2026-01-01'`)).toEqual([])
  expect(await rows(`${users} upper(usename) <> 'RDSDB' limit 1`)).toHaveLength(1)
})

test('rows are the lines of the files', async () => {
  await lab.redshift().send(new EnableLoggingCommand({ ClusterIdentifier: 'shop', BucketName: 'audit' }))
  const from = lab.lab.clock.now()
  lab.move('1h')
  const { Contents = [] } = await lab.s3().send(new ListObjectsV2Command({ Bucket: 'audit' }))
  const Key = Contents.find((object) => object.Key?.includes('_connectionlog_'))?.Key
  const { Body } = await lab.s3().send(new GetObjectCommand({ Bucket: 'audit', Key }))
  const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString()
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|').map((field) => field.trim()))
  const [start, end] = [from, from + 3_600_000].map((at) => new Date(at).toISOString())
  const found = await rows(
    `select event, remotehost, pid, username, sessionid from stl_connection_log where recordtime >= '${start}' and recordtime < '${end}'`,
  )
  expect(found.length).toBeGreaterThan(30)
  expect(found).toEqual(lines.map((line) => [line[0], line[2], Number(line[4]), line[6], line[20]]))
})

test('what the database refuses, and what the lab cannot read', async () => {
  expect(await errorOf('select * from nothing')).toBe('ERROR: relation "nothing" does not exist')
  expect(await errorOf('select * from shop.customers')).toContain('permission denied for relation customers')
  expect(await errorOf('select nope from pg_user')).toBe('ERROR: column "nope" does not exist')
  expect(await errorOf('drop table shop.orders')).toContain('The lab reads SELECT columns')
  expect(await errorOf('select a from pg_user group by a')).toContain('It stops at "group"')
  const DbUser = 'maria.rossi'
  expect(await errorOf('select * from stl_userlog', { DbUser })).toBe(
    'ERROR: permission denied for relation stl_userlog',
  )
  expect(await errorOf('select * from pg_user', { DbUser: 'ghost' })).toBe(
    'FATAL: user "ghost" does not exist',
  )
  const own = await rows('select username from sys_query_history', { DbUser })
  expect(new Set(own.flat())).toEqual(new Set([DbUser]))
})

test('a client token sends once, and others see nothing of it', async () => {
  const token = { ClientToken: 'once' }
  const Id = await send('select * from pg_user', token)
  expect(await send('select * from pg_user', token)).toBe(Id)
  await expect(send('select * from stl_userlog', token)).rejects.toBeInstanceOf(ValidationException)
  const stranger = lab.data(temporary).send(new DescribeStatementCommand({ Id }))
  await expect(stranger).rejects.toThrow('Query does not exist.')
  lab.move('25h')
  await expect(describe(Id)).rejects.toBeInstanceOf(ResourceNotFoundException)
})

test('batches, CSV, cancelling and listing', async () => {
  const Sqls = ['select usename from pg_user where usesysid = 1', 'select 1', 'select * from pg_user']
  const { Id = '' } = await lab
    .data()
    .send(new BatchExecuteStatementCommand({ ...usual, Sqls, StatementName: 'many' }))
  lab.move('5s')
  const batch = await describe(Id)
  expect(batch.Status).toBe('FAILED')
  expect(batch.SubStatements?.map(({ Id: sub, Status }) => [sub, Status])).toEqual([
    [`${Id}:1`, 'ABORTED'],
    [`${Id}:2`, 'FAILED'],
    [`${Id}:3`, 'ABORTED'],
  ])
  const csv = await send(Sqls[0] ?? '', { ResultFormat: 'CSV', StatementName: 'many-csv' })
  lab.move('1s')
  const { Records } = await lab.data().send(new GetStatementResultV2Command({ Id: csv }))
  expect(Records).toEqual([{ CSVRecords: 'usename\r\nrdsdb\r\n' }])
  const slow = await send('select * from pg_user', { StatementName: 'many-slow' })
  expect((await lab.data().send(new CancelStatementCommand({ Id: slow }))).Status).toBe(true)
  expect((await describe(slow)).Status).toBe('ABORTED')
  await expect(lab.data().send(new CancelStatementCommand({ Id: csv }))).rejects.toThrow('FINISHED')
  const list = new ListStatementsCommand({ StatementName: 'many', MaxResults: 2 })
  const page = await lab.data().send(list)
  expect(page.Statements?.map(({ Id: one }) => one)).toEqual([slow, csv])
  const rest = await lab
    .data()
    .send(new ListStatementsCommand({ StatementName: 'many', NextToken: page.NextToken }))
  expect(rest.Statements?.map(({ IsBatchStatement, Status }) => [IsBatchStatement, Status])).toEqual([
    [true, 'FAILED'],
  ])
})

test.each([
  [{ ClusterIdentifier: 'nowhere' }, "Redshift endpoint doesn't exist in this region."],
  [{ ClusterIdentifier: 'asleep' }, 'not available'],
  [{ ClusterIdentifier: undefined }, 'Either ClusterIdentifier or WorkgroupName'],
  [{ WithEvent: true }, 'EventBridge'],
  [{ WaitTimeSeconds: 5 }, 'does not wait'],
  [{ Parameters: [{ name: 'idle', value: '1' }] }, 'unused parameters'],
])('refused: %o', async (more, message) => {
  const refused = send('select * from pg_user', more)
  await expect(refused).rejects.toBeInstanceOf(ValidationException)
  await expect(refused).rejects.toThrow(message)
})

test('databases, schemas, tables and columns', async () => {
  const { DbUser, ...rest } = usual
  const at = { ...rest, DbUser }
  expect((await lab.data().send(new ListDatabasesCommand(at))).Databases).toEqual(['dev'])
  expect((await lab.data().send(new ListSchemasCommand(at))).Schemas).toContain('shop')
  const { Tables } = await lab
    .data()
    .send(new ListTablesCommand({ ...at, SchemaPattern: 'shop', TablePattern: 'c%' }))
  expect(Tables).toEqual([{ name: 'customers', schema: 'shop', type: 'TABLE' }])
  const { ColumnList } = await lab
    .data()
    .send(new DescribeTableCommand({ ...at, Schema: 'shop', Table: 'customers' }))
  expect(ColumnList?.map(({ name }) => name)).toEqual(expect.arrayContaining(['customer_id', 'email']))
})
