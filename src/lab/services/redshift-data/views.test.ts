// The columns that AWS's pages name, and what the views of people, grants, texts and unloads say.

import {
  DescribeStatementCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  type Field,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data'
import { expect, test, vi } from 'vitest'
import { useLab } from '#lab/testing/lab.ts'
import { home, testWorld } from '#lab/testing/world.ts'

vi.setConfig({ testTimeout: 30_000 })

const lab = useLab(() => {
  const world = testWorld()
  const region = world.accounts[home]?.regions['eu-west-1']
  const incidents = [
    { kind: 'bulk-unload' as const, at: '-3h', bucket: 'elsewhere', count: 4 },
    { kind: 'grant-to-public' as const, at: '-4h' },
    { kind: 'grant-role-escalation' as const, at: '-5h', target: 'sys:superuser' },
  ]
  region?.clusters?.push({
    ClusterIdentifier: 'shop',
    ClusterCreateTime: '-20d',
    people: { seed: 5, incidents },
  })
  return world
})

const at = { ClusterIdentifier: 'shop', Database: 'dev' }
const plain = (field: Field) => (field.isNull ? null : Object.values(field)[0])

async function rows(Sql: string, DbUser = 'awsuser'): Promise<unknown[][]> {
  const { Id = '' } = await lab.data().send(new ExecuteStatementCommand({ ...at, DbUser, Sql }))
  lab.move('1s')
  expect((await lab.data().send(new DescribeStatementCommand({ Id }))).Error).toBeUndefined()
  const { Records = [] } = await lab.data().send(new GetStatementResultCommand({ Id }))
  return Records.map((record) => record.map(plain))
}

const grant = 'identity_id identity_name identity_type admin_option'
test.each([
  [
    'sys_query_history',
    'user_id query_id query_label transaction_id session_id database_name query_type status result_cache_hit start_time end_time elapsed_time queue_time execution_time error_message returned_rows returned_bytes query_text redshift_version usage_limit compute_type compile_time planning_time lock_wait_time service_class_id service_class_name query_priority short_query_accelerated user_query_hash generic_query_hash query_hash_version result_cache_query_id username query_uuid',
  ],
  ['sys_query_text', 'user_id query_id transaction_id session_id start_time sequence text query_uuid'],
  [
    'sys_unload_history',
    'user_id query_id transaction_id session_id database_name status start_time end_time duration file_format compression_type unloaded_location unloaded_rows unloaded_files_count unloaded_files_size error_message',
  ],
  ['svv_relation_privileges', `namespace_name relation_name privilege_type ${grant}`],
  ['svv_schema_privileges', `namespace_name privilege_type ${grant} privilege_scope`],
  ['svv_database_privileges', `database_name privilege_type ${grant} privilege_scope`],
  [
    'svv_default_privileges',
    'schema_name object_type owner_id owner_name owner_type privilege_type grantee_id grantee_name grantee_type admin_option',
  ],
  ['svv_role_grants', 'role_id role_name granted_role_id granted_role_name'],
  ['svv_user_grants', 'user_id user_name role_id role_name admin_option'],
  [
    'svv_user_info',
    'user_name user_id createdb superuser catalog_update connection_limit syslog_access last_ddl_timestamp session_timeout external_user_id',
  ],
])('%s has the columns of its page', async (Table, names) => {
  const command = new DescribeTableCommand({ ...at, DbUser: 'awsuser', Table, MaxResults: 100 })
  const { ColumnList } = await lab.data().send(command)
  expect(ColumnList?.map(({ name }) => name)).toEqual(names.split(' '))
  await rows(`select ${names.replaceAll(' ', ', ')} from ${Table} limit 3`)
})

test('grants name who has them by number and name', async () => {
  const [open] = await rows(
    "select identity_id, identity_name, privilege_type, admin_option from svv_relation_privileges where identity_type = 'public'",
  )
  expect(open).toEqual([0, 'public', 'SELECT', false])
  const role = await rows(
    "select identity_id, privilege_scope from svv_schema_privileges where identity_name = 'analyst' and namespace_name = 'shop'",
  )
  expect(role).toEqual([[expect.any(Number), 'SCHEMA']])
  const [[user, name, id] = []] = await rows(
    "select user_id, user_name, role_id, admin_option from svv_user_grants where role_name = 'analyst' limit 1",
  )
  expect(id).toBe(role[0]?.[0])
  expect(await rows(`select user_id from svv_user_info where user_name = '${name}'`)).toEqual([[user]])
  expect(
    await rows("select admin_option from svv_user_grants where role_name = 'sys:superuser'"),
  ).toHaveLength(1)
  expect(await rows('select * from svv_database_privileges')).toEqual([
    ['dev', 'TEMP', 0, 'public', 'public', false, 'DATABASE'],
  ])
  expect(await rows('select * from svv_default_privileges')).toEqual([])
})

test('what was unloaded, where to and by whom', async () => {
  const unloads = await rows(
    "select query_id, file_format, status, unloaded_location, unloaded_files_count from sys_unload_history where unloaded_location like 's3://elsewhere/%'",
  )
  expect(unloads).toHaveLength(4)
  for (const [query, format, status, location] of unloads) {
    expect([format, status]).toEqual(['Parquet', 'completed'])
    const [[text] = []] = await rows(`select text from sys_query_text where query_id = ${query}`)
    expect(text).toContain(String(location))
  }
})

test('texts and history of a statement belong together', async () => {
  const [[query, uuid, hash, generic, kind] = []] = await rows(
    "select query_id, query_uuid, user_query_hash, generic_query_hash, compute_type from sys_query_history where query_text like '%where%''%' and query_type = 'SELECT' limit 1",
  )
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(kind).toBe('primary')
  expect(hash).toMatch(/^[\w+/]{11}=$/)
  expect(generic).not.toBe(hash)
  expect(await rows(`select sequence, query_uuid from sys_query_text where query_id = ${query}`)).toEqual([
    [0, uuid],
  ])
})

test('who is no superuser sees what is his', async () => {
  const maria = 'maria.rossi'
  expect(await rows('select user_name from svv_user_info', maria)).toEqual([[maria]])
  const [[id] = []] = await rows(`select user_id from svv_user_info where user_name = '${maria}'`)
  for (const table of ['sys_query_text', 'sys_unload_history']) {
    const seen = await rows(`select user_id from ${table}`, maria)
    expect(seen.filter(([user]) => user !== id)).toEqual([])
  }
  const { Id = '' } = await lab
    .data()
    .send(new ExecuteStatementCommand({ ...at, DbUser: maria, Sql: 'select * from svv_default_privileges' }))
  lab.move('1s')
  expect((await lab.data().send(new DescribeStatementCommand({ Id }))).Error).toBe(
    'ERROR: permission denied for relation svv_default_privileges',
  )
})
