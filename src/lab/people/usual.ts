// Who works where a seed names nobody: the tools and the analysts of a shop, each with what they run.

import type { DatabaseUserSeed, StatementSeed } from './types.ts'

export const jdbc = 'Redshift JDBC Driver 2.3.0.0'
const python = 'Redshift Python Driver 2.1.14'
const odbc = 'Amazon Redshift ODBC Driver 2.1.12.0'

const loads: StatementSeed[] = [
  { sql: 'SET query_group TO "etl"', weight: 2 },
  {
    sql: "COPY shop.orders FROM 's3://{bucket}/incoming/{day}/orders_{n}.parquet' IAM_ROLE '{role}' FORMAT AS PARQUET",
    weight: 4,
  },
  {
    sql: "COPY shop.events\nFROM 's3://{bucket}/events/{day}/'\nIAM_ROLE '{role}'\nFORMAT AS JSON 'auto' GZIP",
    weight: 3,
  },
  {
    sql: "UNLOAD ('select * from shop.daily_sales where day = ''{day}''') TO 's3://{bucket}/export/daily_sales/{day}/' IAM_ROLE '{role}' FORMAT AS PARQUET ALLOWOVERWRITE",
    weight: 1,
  },
  { sql: "insert into shop.load_log values ({n}, '{day}', 'ok')", weight: 3 },
  { sql: 'update shop.orders set status = $1 where order_id = $2', weight: 3 },
]

const model = '/* {"app": "dbt", "dbt_version": "1.10.4", "node_id": "model.shop.daily_sales"} */'

const builds: StatementSeed[] = [
  { sql: 'begin', weight: 2 },
  {
    sql: `${model}\ncreate table shop.daily_sales__dbt_tmp as (\n  select date_trunc('day', ordered_at) as day, sum(total) as total\n  from shop.orders group by 1\n)`,
    weight: 2,
  },
  { sql: `${model}\nalter table shop.daily_sales__dbt_tmp rename to daily_sales`, weight: 2 },
  { sql: `${model}\ndrop table if exists shop.daily_sales__dbt_backup cascade`, weight: 1 },
  { sql: `${model}\nGRANT SELECT ON shop.daily_sales TO ROLE analyst`, weight: 1 },
  { sql: 'commit', weight: 2 },
]

const charts: StatementSeed[] = [
  { sql: 'select order_id, total from shop.orders where order_id = $1', weight: 4 },
  {
    sql: 'SELECT "daily_sales"."day" AS "day",\n  SUM("daily_sales"."total") AS "sum:total:ok"\nFROM "shop"."daily_sales" "daily_sales"\nGROUP BY 1',
    weight: 6,
  },
  {
    sql: 'SELECT "orders"."status" AS "status", COUNT(1) AS "cnt"\nFROM "shop"."orders" "orders"\nWHERE "orders"."ordered_at" >= $1\nGROUP BY 1',
    weight: 4,
  },
]

/** The users of a shop's warehouse. */
export const usualUsers: DatabaseUserSeed[] = [
  {
    name: 'airflow',
    kind: 'service',
    remoteHosts: ['10.0.12.20', '10.0.12.21'],
    applicationName: 'airflow',
    driver: python,
    tls: 'TLSv1.2',
    sessionsPerDay: 96,
    statements: loads,
  },
  {
    name: 'dbt_prod',
    kind: 'service',
    remoteHosts: ['10.0.12.40'],
    applicationName: 'dbt',
    driver: python,
    worksFrom: 3,
    worksTo: 7,
    sessionsPerDay: 24,
    statements: builds,
  },
  {
    name: 'tableau',
    kind: 'service',
    remoteHosts: ['10.0.14.8'],
    applicationName: 'Tableau 2026.2',
    driver: odbc,
    sessionsPerDay: 120,
    statements: charts,
  },
  { name: 'anna.berg', auth: 'iam', remoteHosts: ['10.0.40.17'], applicationName: 'DataGrip 2026.2' },
  {
    name: 'jonas.weber',
    auth: 'iam',
    autoCreate: true,
    remoteHosts: ['10.0.40.23', '10.0.41.5'],
    applicationName: 'DBeaver 26.1',
  },
  { name: 'maria.rossi', remoteHosts: ['10.0.40.31'], applicationName: 'DBeaver 26.1' },
]
