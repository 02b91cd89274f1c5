// What people run in a shop's warehouse: statements by the kind of user, each with its weight.

import { formatArn } from '#kit/arn.ts'
import type { Random } from './random.ts'
import type { DatabaseUserSeed, QueryType, StatementSeed, WarehouseOf } from './types.ts'

/** Statements with running sums of their weights; each is cut at its placeholders, which stand at the odd places. */
export type Weighted = { statements: { parts: string[]; sum: number }[] }

const selects: StatementSeed[] = [
  { sql: "select order_id, status, total from shop.orders where ordered_at >= '{day}' limit 500", weight: 6 },
  { sql: 'select count(*) from shop.orders where customer_id = {n}', weight: 6 },
  { sql: 'select customer_id, email, country\nfrom shop.customers\nwhere customer_id = {n};', weight: 3 },
  {
    sql: "select date_trunc('day', paid_at) as day, sum(amount)\nfrom shop.payments\nwhere paid_at > '{day}'\ngroup by 1\norder by 1",
    weight: 4,
  },
  { sql: '/* ticket {n} */ select * from shop.payments where order_id = {n}', weight: 2 },
  {
    sql: "-- returns of the week\nselect reason, count(*) from shop.returns where created_at > '{day}' group by 1",
    weight: 2,
  },
]

const byKind: Record<'person' | 'service' | 'admin' | 'rdsdb', StatementSeed[]> = {
  person: [
    ...selects,
    { sql: 'SET search_path TO shop, public', weight: 2 },
    { sql: "select note from shop.imports where note like '% LOG: %' and import_id = {n}", weight: 1 },
    {
      sql: 'create table if not exists sandbox.t_{n} as select * from shop.orders where order_id < {n}',
      weight: 1,
    },
    { sql: "insert into sandbox.notes values ({n}, 'it''s done')", weight: 1 },
  ],
  service: [
    { sql: 'SET query_group TO "etl"', weight: 2 },
    { sql: 'select order_id, total from shop.orders where order_id = $1', weight: 6 },
    {
      sql: "COPY shop.orders FROM 's3://{bucket}/incoming/{day}/orders_{n}.parquet' IAM_ROLE '{role}' FORMAT AS PARQUET",
      weight: 3,
    },
    {
      sql: "COPY shop.events\nFROM 's3://{bucket}/events/{day}/'\nIAM_ROLE '{role}'\nFORMAT AS JSON 'auto' GZIP",
      weight: 2,
    },
    {
      sql: "UNLOAD ('select * from shop.daily_sales where day = ''{day}''') TO 's3://{bucket}/export/daily_sales/{day}/' IAM_ROLE '{role}' FORMAT AS PARQUET ALLOWOVERWRITE",
      weight: 1,
    },
    {
      sql: '/* {"app": "dbt", "node_id": "model.shop.daily_sales"} */\ncreate table shop.daily_sales__dbt_tmp as (\n  select date_trunc(\'day\', ordered_at) as day, sum(total) as total\n  from shop.orders group by 1\n)',
      weight: 2,
    },
    { sql: 'alter table shop.daily_sales__dbt_tmp rename to daily_sales', weight: 1 },
    { sql: "insert into shop.load_log values ({n}, '{day}', 'ok')", weight: 3 },
    { sql: 'update shop.orders set status = $1 where order_id = $2', weight: 3 },
    { sql: 'begin', weight: 2 },
    { sql: 'commit', weight: 2 },
  ],
  admin: [
    { sql: 'VACUUM DELETE ONLY shop.orders', weight: 2 },
    { sql: 'ANALYZE shop.payments', weight: 2 },
    { sql: 'select "table", "schema"\nfrom svv_table_info\nwhere unsorted > 20;', weight: 3 },
    { sql: 'GRANT SELECT ON shop.daily_sales TO ROLE analyst', weight: 1 },
  ],
  // Internal statements are what a reader of these logs has to leave out: aws/redshift-test-drive skips this user.
  rdsdb: [
    { sql: 'SET statement_timeout TO 120000', weight: 4 },
    { sql: 'select pg_last_query_id() /* INTERNAL QUERY */', weight: 1 },
    { sql: 'SELECT COUNT(*) FROM stv_recents WHERE status = $1', weight: 2 },
    { sql: 'Undoing {n} transactions on table 108142 with current xid {n} : {n}', weight: 1 },
  ],
}

/** What a user runs: the statements of the seed, or those of the kind. */
export function dictionaryOf(
  kind: keyof typeof byKind,
  seed: DatabaseUserSeed,
  warehouse: WarehouseOf,
): Weighted {
  const entries = seed.statements ?? byKind[kind]
  const fixed: Record<string, string> = { bucket: bucketOf(warehouse), role: roleOf(warehouse) }
  let sum = 0
  const statements = entries.map((entry) => {
    const { sql, weight } = typeof entry === 'string' ? { sql: entry, weight: 1 } : entry
    sum += weight
    const known = sql.replace(/\{(bucket|role)\}/g, (_, name: string) => fixed[name] ?? '')
    return { parts: known.split(/\{(n|day)\}/), sum }
  })
  return { statements }
}

/** The bucket that the company's own loads and unloads use. */
export function bucketOf({ account, region }: WarehouseOf): string {
  return `shop-data-${account}-${region}`
}

/** The role that the company's own loads and unloads use. */
export function roleOf({ account, region }: WarehouseOf): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  return formatArn({ partition, service: 'iam', region: '', account, resource: 'role/redshift-load' })
}

/** One statement of a user, filled in. */
export function statementOf({ statements }: Weighted, random: Random, day: string): string {
  const drawn = random.next() * (statements.at(-1)?.sum ?? 0)
  let index = 0
  while (drawn >= (statements[index]?.sum ?? Number.POSITIVE_INFINITY)) index++
  const { parts = [] } = statements[index] ?? {}
  let sql = parts[0] ?? ''
  for (let place = 1; place < parts.length; place += 2) {
    sql += parts[place] === 'day' ? day : String(1000 + random.int(900_000))
    sql += parts[place + 1] ?? ''
  }
  return sql
}

const types: [RegExp, QueryType][] = [
  [/^(select|with|show)\b/i, 'SELECT'],
  [/^insert\b/i, 'INSERT'],
  [/^update\b/i, 'UPDATE'],
  [/^delete\b/i, 'DELETE'],
  [/^unload\b/i, 'UNLOAD'],
  [/^copy\b/i, 'COPY'],
  [/^create\s+table\b[^;]*\bas\b/i, 'CTAS'],
  [/^(create|alter|drop)\s+(table|schema|view|materialized)\b/i, 'DDL'],
  [/^(create|alter|drop|grant|revoke|vacuum|analyze|call)\b/i, 'UTILITY'],
  [/^(set|reset|begin|commit|rollback|end)\b/i, 'COMMAND'],
]

/** The query_type of SYS_QUERY_HISTORY. Unverified: which statements are UTILITY and which COMMAND. */
export function queryTypeOf(sql: string): QueryType {
  const bare = sql.replace(/^(\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '')
  return types.find(([pattern]) => pattern.test(bare))?.[1] ?? 'OTHER'
}
