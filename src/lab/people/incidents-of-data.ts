// Incidents that the user activity log tells: data that leaves, comes in, is destroyed or looked for.

import type { Effect } from './effects.ts'
import { isPerson, isService, login, type Plot, quoted, type Scene, userOf } from './scene.ts'
import { bucketOf, roleOf } from './statements.ts'

const tables = ['orders', 'customers', 'payments', 'returns', 'events', 'imports', 'daily_sales'] as const

// The names of a world's incident, or believable ones.
function bucket({ seed, warehouse, isNearMiss }: Scene): string {
  return seed.bucket ?? (isNearMiss ? bucketOf(warehouse) : 'cold-storage-drop-7731')
}

function role({ seed, warehouse }: Scene): string {
  return seed.roleArn ?? roleOf(warehouse)
}

const table = ({ seed }: Scene) => seed.table ?? 'shop.customers'

/** Many UNLOADs to a bucket that is not the company's; near: one nightly export to its own. */
export function bulkUnload(scene: Scene): Plot {
  const { seed, isNearMiss, at } = scene
  const member = userOf(scene, isNearMiss ? isService : isPerson)
  const count = isNearMiss ? 1 : (seed.count ?? 12)
  const sqls = Array.from({ length: count }, (_, index) => {
    const source = seed.table ?? (isNearMiss ? 'shop.daily_sales' : `shop.${tables[index % tables.length]}`)
    return `UNLOAD ('select * from ${source}') TO 's3://${bucket(scene)}/${source.split('.').at(-1)}/${index}/' IAM_ROLE '${role(scene)}' FORMAT AS PARQUET`
  })
  const host = seed.remoteHost ?? member.hosts[0]
  return {
    visits: [login(member, at, sqls, { host })],
    sentence: `${member.name} unloaded ${count} time${count > 1 ? 's' : ''} to s3://${bucket(scene)}.`,
  }
}

/** An UNLOAD under the caller's own permissions (patch 205), so without a role's ARN; near: a COPY that way. */
export function unloadSessionRole(scene: Scene): Plot {
  const { at, isNearMiss } = scene
  const member = userOf(scene, ({ auth }) => auth === 'iam')
  const sql = isNearMiss
    ? `COPY ${table(scene)} FROM 's3://${bucket(scene)}/incoming/' IAM_ROLE 'SESSION' FORMAT AS PARQUET`
    : `UNLOAD ('select * from ${table(scene)}') TO 's3://${bucket(scene)}/take/' IAM_ROLE 'SESSION'`
  const verb = isNearMiss ? 'copied from' : 'unloaded to'
  return {
    visits: [login(member, at, [sql])],
    sentence: `${member.name} ${verb} s3://${bucket(scene)} with the permissions of the own session.`,
  }
}

/** A load from a bucket that is not the company's; near: from its own. */
export function copyFromForeignBucket(scene: Scene): Plot {
  const member = userOf(scene, isService)
  const sql = `COPY ${table(scene)}\nFROM 's3://${bucket(scene)}/partner-drop/'\nIAM_ROLE '${role(scene)}'\nFORMAT AS CSV`
  return {
    visits: [login(member, scene.at, [sql])],
    sentence: `${member.name} loaded ${table(scene)} from s3://${bucket(scene)}.`,
  }
}

/** Tables dropped one after the other; near: the temporary ones of a build. */
export function dropTableBurst(scene: Scene): Plot {
  const { seed, isNearMiss, at } = scene
  const member = userOf(scene, isNearMiss ? isService : isPerson)
  const sqls = Array.from({ length: seed.count ?? 15 }, (_, index) =>
    isNearMiss
      ? `/* {"app": "dbt"} */ drop table if exists shop.model_${index}__dbt_tmp cascade`
      : `DROP TABLE shop.orders_archive_${2000 + index}`,
  )
  const which = isNearMiss ? 'temporary tables of a build' : 'tables'
  return {
    visits: [login(member, at, sqls)],
    sentence: `${member.name} dropped ${sqls.length} ${which} in a row.`,
  }
}

/** Everything put into a datashare for a foreign account; near: one table, for the own account. */
export function datashareCreated(scene: Scene): Plot {
  const { seed, isNearMiss, at, warehouse } = scene
  const member = seed.user === undefined ? scene.admin : userOf(scene, isPerson)
  const datashare = `${isNearMiss ? 'sales_share' : 'quick_share'}_${scene.number}`
  const account = isNearMiss ? warehouse.account : (seed.target ?? '999988887777')
  const object: Effect = isNearMiss
    ? { is: 'datashare-object', datashare, object: 'shop.daily_sales', type: 'table' }
    : { is: 'datashare-object', datashare, object: 'shop', type: 'schema' }
  const add = isNearMiss ? 'ADD TABLE shop.daily_sales' : 'ADD ALL TABLES IN SCHEMA shop'
  const deeds = [
    {
      sql: `CREATE DATASHARE ${datashare}`,
      effects: [{ is: 'datashare', datashare, owner: member.name } as const],
    },
    { sql: `ALTER DATASHARE ${datashare} ADD SCHEMA shop` },
    { sql: `ALTER DATASHARE ${datashare} ${add}`, effects: [object] },
    {
      sql: `GRANT USAGE ON DATASHARE ${datashare} TO ACCOUNT '${account}'`,
      effects: [{ is: 'datashare-grant', datashare, account } as const],
    },
  ]
  return {
    visits: [login(member, at, deeds)],
    sentence: `${member.name} opened the datashare ${datashare} to account ${account}.`,
  }
}

const catalogues = [
  'pg_user',
  'pg_group',
  'pg_database_info',
  'svv_relation_privileges',
  'svv_schema_privileges',
  'svv_role_grants',
  'svv_datashares',
  'svv_external_schemas',
  'stv_sessions',
  'information_schema.tables',
] as const

/** The catalogue and other people's SQL read in one go; near: the metadata that a BI tool reads. */
export function systemTableReading(scene: Scene): Plot {
  const { seed, isNearMiss, at } = scene
  const member = userOf(scene, isNearMiss ? isService : isPerson)
  const names = isNearMiss ? catalogues.slice(-1) : catalogues.slice(0, seed.count ?? catalogues.length)
  const sqls = names.map((name) => `select * from ${name}`)
  if (!isNearMiss) sqls.push('select userid, text from stl_querytext order by query desc limit 5000')
  return {
    visits: [login(member, at, sqls)],
    sentence: `${member.name} read ${sqls.length} system table${sqls.length > 1 ? 's' : ''} in a row.`,
  }
}

/**
 * Injected SQL from an application, and a statement that writes a false record into the log; near: the same words as
 * plain text. Unverified: that Redshift writes the line breaks of a statement as they are (MG db-auditing says so).
 */
export function queryWithInjection(scene: Scene): Plot {
  const { isNearMiss, at, warehouse, admin } = scene
  const member = userOf(scene, isService)
  if (isNearMiss) {
    const sqls = [
      "select * from shop.imports where note = 'or 1=1 -- was in the ticket'",
      "select count(*) from shop.imports where note like '% ]'' LOG: select%'",
    ]
    return {
      visits: [login(member, at, sqls)],
      sentence: `${member.name} looked for text that only resembles an injection.`,
    }
  }
  const false_ = `'${new Date(at).toISOString().slice(0, 19)}Z UTC [ db=${warehouse.database} user=${admin.name} pid=4711 userid=100 xid=1 ]' LOG: select 1`
  const sqls = [
    "select * from shop.orders where order_id = 0 or 1=1 -- '",
    "select name from shop.products where name like '%' union select usename from pg_user; --%'",
    `select 1 /*\n${false_}\n*/`,
  ]
  const host = scene.seed.remoteHost ?? member.hosts[0]
  return {
    visits: [login(member, at, sqls, { host })],
    sentence: `${member.name} sent injected SQL from ${host} and a statement that forges a record of ${quoted(admin.name)}.`,
  }
}
