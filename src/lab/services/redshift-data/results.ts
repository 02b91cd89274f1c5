// Results, as fields and as CSV. Moments are texts, as the Data API gives all types that JSON does not have.

import type * as client from '@aws-sdk/client-redshift-data'
import { type ColumnMetadata, type Field, ResourceNotFoundException$ } from '@aws-sdk/client-redshift-data'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { invalid } from './connect.ts'
import { pageOf } from './page.ts'
import { outcomeOf } from './run.ts'
import { statementOf, statusOf } from './statements.ts'
import type { Column, Value } from './table.ts'

// Unverified: AWS pages by size; here a page has so many rows.
const rowsInPage = 1_000

export const resultOperations = {
  GetStatementResult(input, context) {
    const { columns, rows, format } = resultOf(input, context)
    if (format !== 'JSON') throw invalid('Use GetStatementResultV2 for results in CSV.')
    const { items, ...next } = pageOf(rows, { NextToken: input.NextToken }, rowsInPage)
    return {
      ColumnMetadata: columns.map(viewColumn),
      Records: items.map((row) => row.map((value, index) => fieldOf(value, columns[index]))),
      TotalNumRows: rows.length,
      ...next,
    }
  },

  GetStatementResultV2(input, context) {
    const { columns, rows, format } = resultOf(input, context)
    if (format !== 'CSV') throw invalid('Use GetStatementResult for results in JSON.')
    const { items, ...next } = pageOf(rows, { NextToken: input.NextToken }, rowsInPage)
    const head = columns.map(({ name }) => name).join(',')
    const lines = items.map((row) => row.map((value, index) => csv(value, columns[index])).join(','))
    return {
      ColumnMetadata: columns.map(viewColumn),
      Records: [{ CSVRecords: `${[...(input.NextToken ? [] : [head]), ...lines].join('\r\n')}\r\n` }],
      TotalNumRows: rows.length,
      ResultFormat: 'CSV' as const,
      ...next,
    }
  },
} satisfies Operations<typeof client>

type Asked = { Id: string; WaitTimeSeconds?: number | undefined }

function resultOf({ Id, WaitTimeSeconds }: Asked, context: Context) {
  if (WaitTimeSeconds) throw invalid('The lab does not wait: leave WaitTimeSeconds out.')
  const { record, index } = statementOf(Id, context)
  const at = index ?? (record.isBatch ? undefined : 0)
  const isReady = statusOf(record, context.now) === 'FINISHED'
  const outcome = isReady && at !== undefined ? outcomeOf(record, at) : undefined
  if (!outcome || outcome.error !== undefined) {
    const message = 'Query does not have result. Please check query status with DescribeStatement.'
    throw fault(ResourceNotFoundException$, message, { Message: message, ResourceId: Id })
  }
  return { ...outcome, format: record.format }
}

/** About how many bytes a result has. */
export function sizeOf({ columns, rows }: { columns: Column[]; rows: Value[][] }): number {
  return rows.reduce(
    (sum, row) =>
      sum + row.reduce((size: number, value, index) => size + text(value, columns[index]).length, 0),
    0,
  )
}

function viewColumn({ name, type }: Column): ColumnMetadata {
  const isText = type === 'varchar' || type === 'bpchar'
  const isNumber = type === 'int4' || type === 'int8'
  return {
    ...{
      name,
      label: name,
      typeName: type,
      nullable: 1,
      precision: isNumber ? (type === 'int4' ? 10 : 19) : 0,
    },
    ...{ isCaseSensitive: isText, isCurrency: false, isSigned: isNumber, scale: 0, length: 0 },
    ...{ schemaName: '', tableName: '' },
  }
}

function fieldOf(value: Value, column: Column | undefined): Field {
  if (value === null) return { isNull: true }
  if (typeof value === 'boolean') return { booleanValue: value }
  if (typeof value === 'number' && column?.type !== 'timestamp') return { longValue: value }
  return { stringValue: text(value, column) }
}

function text(value: Value, column: Column | undefined): string {
  if (value === null) return ''
  if (column?.type !== 'timestamp' || typeof value !== 'number') return String(value)
  return new Date(value).toISOString().replace('T', ' ').replace('Z', '000').replace(/\.0+$/, '')
}

function csv(value: Value, column: Column | undefined): string {
  const plain = text(value, column)
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
