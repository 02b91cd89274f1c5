// What stands in a database: databases, schemas, tables and their columns.

import type * as client from '@aws-sdk/client-redshift-data'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { objectsIn } from '../redshift/logging/database.ts'
import { connect, type Target } from './connect.ts'
import { likeness } from './evaluate.ts'
import { pageOf } from './page.ts'
import { isIn } from './table.ts'
import { tables } from './tables.ts'

export const catalogOperations = {
  ListDatabases(input, context) {
    const { database } = connect(input, context)
    // Unverified: whether AWS's own databases are listed.
    const { items, ...next } = pageOf([database.database], input)
    return { Databases: items, ...next }
  },

  ListSchemas(input, context) {
    const like = likeness(input.SchemaPattern ?? '%')
    const names = schemasOf(input, context).filter((name) => like.test(name))
    const { items, ...next } = pageOf(names, input)
    return { Schemas: items, ...next }
  },

  ListTables(input, context) {
    const schema = likeness(input.SchemaPattern ?? '%')
    const table = likeness(input.TablePattern ?? '%')
    const found = tablesOf(input, context).filter((one) => schema.test(one.schema) && table.test(one.name))
    const { items, ...next } = pageOf(
      found.map(({ columns, ...facts }) => facts),
      input,
    )
    return { Tables: items, ...next }
  },

  DescribeTable(input, context) {
    const { Schema: schema, Table: name } = input
    const table = tablesOf(input, context).find(
      (one) => one.name === name && (schema === undefined || one.schema === schema),
    )
    // Unverified: what AWS answers of a table that is not there.
    const { items, ...next } = pageOf(table?.columns ?? [], input)
    const ColumnList = items.map(({ name: column, type }) => ({
      ...{ name: column, label: column, typeName: type, nullable: 1 },
      ...{ schemaName: table?.schema ?? '', tableName: table?.name ?? '' },
    }))
    return { ...(name !== undefined && { TableName: name }), ColumnList, ...next }
  },
} satisfies Operations<typeof client>

function schemasOf(input: Target, context: Context): string[] {
  const { schemas } = objectsIn(connect(input, context).database, context.now)
  return ['information_schema', 'pg_catalog', 'public', ...schemas.map(({ name }) => name)].sort()
}

function tablesOf(input: Target, context: Context) {
  const { database } = connect(input, context)
  const { relations } = objectsIn(database, context.now)
  const known = Object.entries(tables).filter(([name]) => isIn(name, database))
  const system = known.map(([name, { columns }]) => ({
    ...{ name, schema: 'pg_catalog', columns },
    type: name.startsWith('svv_') || name.startsWith('svl_') ? 'SYSTEM VIEW' : 'SYSTEM TABLE',
  }))
  const own = relations.map(({ name, schema, columns }) => ({ name, schema, type: 'TABLE', columns }))
  return [...own, ...system].sort((one, other) =>
    `${one.schema}.${one.name}` < `${other.schema}.${other.name}` ? -1 : 1,
  )
}
