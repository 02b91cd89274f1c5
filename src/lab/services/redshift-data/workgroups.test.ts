// The Data API on workgroups: SYS and SVV tables of their databases, and not those of clusters.

import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  GetStatementResultCommand,
  ListStatementsCommand,
  ListTablesCommand,
} from '@aws-sdk/client-redshift-data'
import { UpdateWorkgroupCommand } from '@aws-sdk/client-redshift-serverless'
import { expect, test } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const incidents = [{ kind: 'create-superuser' as const, at: '-3h', target: 'backdoor' }]
  Object.assign(world.accounts[home]?.regions['eu-west-1'] ?? {}, {
    secrets: [{ Name: 'redshift-shop', SecretString: '{"username":"admin"}' }],
    namespaces: [{ namespaceName: 'shop' }],
    workgroups: [
      {
        workgroupName: 'shop-wg',
        namespaceName: 'shop',
        creationDate: '-20d',
        people: { seed: 5, incidents },
      },
    ],
  })
  return world
})

const SecretArn = 'redshift-shop'

async function run(Sql: string, more: Partial<ExecuteStatementCommandInput> = {}) {
  const input = { WorkgroupName: 'shop-wg', Database: 'dev', SecretArn, Sql, ...more }
  const {
    Id = '',
    WorkgroupName,
    ClusterIdentifier,
  } = await lab.data().send(new ExecuteStatementCommand(input))
  expect({ WorkgroupName, ClusterIdentifier }).toEqual({ WorkgroupName: 'shop-wg' })
  lab.move('1s')
  return lab.data().send(new DescribeStatementCommand({ Id }))
}

async function rows(Sql: string): Promise<unknown[][]> {
  const { Id, Status, Error: error } = await run(Sql)
  expect({ Status, error }).toEqual({ Status: 'FINISHED' })
  const { Records = [] } = await lab.data().send(new GetStatementResultCommand({ Id }))
  return Records.map((record) => record.map((field) => Object.values(field)[0]))
}

test('nobody gets in while a parameter of the workgroup is changed, for which AWS restarts it', async () => {
  const update = (wish: object) =>
    lab.serverless().send(new UpdateWorkgroupCommand({ workgroupName: 'shop-wg', ...wish }))
  const sql = 'SELECT user_name FROM svv_user_info'
  await update({ publiclyAccessible: true })
  expect((await run(sql)).Status).toBe('FINISHED')
  lab.move('5m')
  await update({ configParameters: [{ parameterKey: 'require_ssl', parameterValue: 'false' }] })
  await expect(run(sql)).rejects.toThrow('Redshift workgroup shop-wg is not available.')
  lab.move('5m')
  expect((await run(sql)).Status).toBe('FINISHED')
})

test('the people of a workgroup are in its system tables', async () => {
  const made = await rows("SELECT user_name, action FROM sys_userlog WHERE user_name = 'backdoor' LIMIT 1")
  expect(made).toEqual([['backdoor', expect.stringMatching(/^create/)]])
  const [[count] = []] = await rows('SELECT count(*) FROM sys_query_history')
  expect(count).toBeGreaterThan(50)
  const users = await rows('SELECT user_name FROM svv_user_info')
  expect(users.flat()).toEqual(expect.arrayContaining(['rdsdb', 'admin', 'backdoor']))
})

test('tables of clusters are not there', async () => {
  const { Status, Error: error } = await run('SELECT * FROM stl_userlog')
  expect(Status).toBe('FAILED')
  expect(error).toMatch(/permission denied for relation stl_userlog/)
  const { Tables = [] } = await lab
    .data()
    .send(new ListTablesCommand({ WorkgroupName: 'shop-wg', Database: 'dev', SecretArn }))
  const names = Tables.map(({ name }) => name)
  expect(names).toContain('sys_userlog')
  expect(names.filter((name) => name?.startsWith('stl_') || name?.startsWith('svl_'))).toEqual([])
})

test('without a secret the caller is an IAM user, who is no superuser', async () => {
  const { Error: error } = await run('SELECT * FROM sys_connection_log', { SecretArn: undefined })
  expect(error).toBe('ERROR: permission denied for relation sys_connection_log')
})

test('statements are listed by their workgroup', async () => {
  const listed = async (place: object) =>
    (await lab.data().send(new ListStatementsCommand(place))).Statements?.length
  expect(await listed({ WorkgroupName: 'shop-wg' })).toBe(await listed({}))
  expect(await listed({ ClusterIdentifier: 'shop-wg' })).toBe(0)
})

test('a workgroup takes no DbUser, and must be there and be meant alone', async () => {
  await expect(run('SELECT 1', { SecretArn: undefined, DbUser: 'admin' })).rejects.toThrow(
    'DbUser cannot be used with WorkgroupName.',
  )
  await expect(run('SELECT 1', { WorkgroupName: 'nowhere' })).rejects.toThrow(
    "Redshift endpoint doesn't exist in this region.",
  )
  await expect(run('SELECT 1', { ClusterIdentifier: 'shop' })).rejects.toThrow(
    'Either ClusterIdentifier or WorkgroupName is required.',
  )
})
