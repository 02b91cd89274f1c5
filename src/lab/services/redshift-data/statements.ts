// Statements: sent, described, cancelled, listed. They take virtual time; what they bring is made when it is read.

import { isDeepStrictEqual } from 'node:util'
import type * as client from '@aws-sdk/client-redshift-data'
import {
  ActiveStatementsExceededException$,
  type ExecuteStatementInput,
  ResourceNotFoundException$,
  type StatementStatusString,
} from '@aws-sdk/client-redshift-data'
import { day } from '#kit/time.ts'
import { newUuid } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { connect, invalid } from './connect.ts'
import type { StatementRecord } from './model.ts'
import { pageOf } from './page.ts'
import { sizeOf } from './results.ts'
import { outcomeOf } from './run.ts'

export const statementOperations = {
  ExecuteStatement(input, context) {
    const { Sql, ...rest } = input
    return viewSent(send([Sql], false, rest, context))
  },

  BatchExecuteStatement(input, context) {
    const { Sqls, ExecutionMode = 'TRANSACTION', ...rest } = input
    if (ExecutionMode !== 'TRANSACTION') throw invalid('The lab runs batches as one transaction only.')
    if (Sqls.length < 1 || Sqls.length > 40) throw invalid('Sqls must have from 1 to 40 statements.')
    return viewSent(send(Sqls, true, rest, context))
  },

  DescribeStatement(input, context) {
    demandNoWait(input)
    const { record, index } = statementOf(input.Id, context)
    return viewStatement(record, index, context.now)
  },

  CancelStatement(input, context) {
    const { record } = statementOf(input.Id, context)
    if (isOver(record, context.now))
      throw invalid('Could not cancel a query that is already in FINISHED state.')
    record.cancelledAt = context.now
    return { Status: true }
  },

  ListStatements(input, context) {
    const { now } = context
    const { Status = 'ALL', StatementName: name = '', ClusterIdentifier, WorkgroupName, Database } = input
    const wanted = ClusterIdentifier ?? WorkgroupName
    const mine = [...context.region.data.statements.values()]
      .filter((record) => isSeen(record, context))
      .filter((record) => (record.name ?? '').startsWith(name))
      .filter((record) => Status === 'ALL' || statusOf(record, now) === Status)
      .filter(
        ({ place }) =>
          wanted === undefined ||
          isDeepStrictEqual(
            place,
            ClusterIdentifier === undefined ? { WorkgroupName } : { ClusterIdentifier },
          ),
      )
      .filter(({ databaseName }) => Database === undefined || databaseName === Database)
      .sort((one, other) => other.createdAt - one.createdAt)
    const { items, ...next } = pageOf(mine, input)
    return { Statements: items.map((record) => viewListed(record, now)), ...next }
  },
} satisfies Operations<typeof client>

type Wish = Omit<ExecuteStatementInput, 'Sql'>

// Management Guide, "Using the Amazon Redshift Data API": at most 500 active statements, 100 KB of text, results for
// 24 hours.
const mostActive = 500
const longest = 100 * 1024

function send(sqls: string[], isBatch: boolean, wish: Wish, context: Context): StatementRecord {
  demandNoWait(wish)
  if (wish.WithEvent) throw invalid('The lab has no EventBridge: leave WithEvent out.')
  if (wish.SessionId !== undefined || wish.SessionKeepAliveSeconds !== undefined)
    throw invalid('The lab does not keep sessions: leave SessionId and SessionKeepAliveSeconds out.')
  if (sqls.some((sql) => sql === '' || Buffer.byteLength(sql) > longest))
    throw invalid('A statement must have from 1 to 102400 bytes.')
  checkParameters(sqls, wish)
  const { state, region, principal, now } = context
  const { statements } = region.data
  for (const { id, createdAt } of statements.values()) if (createdAt <= now - day) statements.delete(id)
  const known =
    wish.ClientToken &&
    [...statements.values()].find(({ token, owner }) => token === wish.ClientToken && owner === principal.arn)
  if (known) {
    if (known.sqls.join('\0') === sqls.join('\0')) return known
    throw invalid('The client token was used with other parameters.')
  }
  const { database, place, dbUser } = connect(wish, context)
  const active = [...statements.values()].filter((record) => !isOver(record, now))
  if (active.length >= mostActive) {
    const message = `Active statements exceeded the allowed quota (${mostActive}).`
    throw fault(ActiveStatementsExceededException$, message, { Message: message })
  }
  // Unverified: how long a statement takes. Here a moment to begin, and a fifth of a second each.
  const startsAt = now + 50
  const record: StatementRecord = {
    ...{
      id: newUuid(state),
      owner: principal.arn,
      token: wish.ClientToken,
      sqls,
      isBatch,
      name: wish.StatementName,
    },
    ...{ parameters: wish.Parameters ?? [], format: wish.ResultFormat ?? 'JSON', place, database, dbUser },
    ...{
      databaseName: wish.Database ?? database.database,
      secretArn: wish.SecretArn,
      createdAt: now,
      startsAt,
    },
    ...{ endsAt: startsAt + 200 * sqls.length, cancelledAt: undefined },
  }
  statements.set(record.id, record)
  return record
}

function checkParameters(sqls: string[], { Parameters = [] }: Wish) {
  const used = new Set(
    sqls.flatMap((sql) => [...sql.matchAll(/(?<!:):([A-Za-z_]\w*)/g)].map(([, name]) => name)),
  )
  const idle = Parameters.find(({ name }) => !used.has(name))
  if (idle) throw invalid(`Parameters list contains unused parameters. Unused parameters: [${idle.name}]`)
}

// Virtual time does not pass while a call waits.
function demandNoWait({ WaitTimeSeconds }: { WaitTimeSeconds?: number | undefined }) {
  if (WaitTimeSeconds) throw invalid('The lab does not wait: leave WaitTimeSeconds out.')
}

/** The statement of an id, for whoever sent it; a suffix names one of a batch. */
export function statementOf(
  id: string,
  context: Context,
): { record: StatementRecord; index: number | undefined } {
  const [name = '', suffix] = id.split(':')
  const record = context.region.data.statements.get(name)
  const index = suffix === undefined ? undefined : Number(suffix) - 1
  if (!record || !isSeen(record, context) || (index !== undefined && record.sqls[index] === undefined)) {
    const message = 'Query does not exist.'
    throw fault(ResourceNotFoundException$, message, { Message: message, ResourceId: id })
  }
  return { record, index }
}

function isSeen({ owner, createdAt }: StatementRecord, { principal, now }: Context): boolean {
  return roleOf(owner) === roleOf(principal.arn) && createdAt > now - day
}

// "By default … all sessions of the role" (API, RoleLevel).
function roleOf(arn: string): string {
  return arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1')
}

function isOver({ endsAt, cancelledAt }: StatementRecord, now: number): boolean {
  return cancelledAt !== undefined || now >= endsAt
}

/** The status of a record, or of one of its statements. After one that fails, the rest of a batch is not run. */
export function statusOf(record: StatementRecord, now: number, index?: number): StatementStatusString {
  const { cancelledAt, startsAt, sqls } = record
  if (cancelledAt !== undefined) return 'ABORTED'
  if (now < startsAt) return 'SUBMITTED'
  if (!isOver(record, now)) return 'STARTED'
  const failed = sqls.findIndex((_, at) => outcomeOf(record, at).error !== undefined)
  if (failed === -1) return 'FINISHED'
  if (index === undefined) return 'FAILED'
  return index === failed ? 'FAILED' : 'ABORTED'
}

function viewSent({ id, createdAt, place, databaseName, dbUser, secretArn }: StatementRecord) {
  return {
    Id: id,
    CreatedAt: new Date(createdAt),
    ...place,
    Database: databaseName,
    ...(secretArn === undefined ? { DbUser: dbUser } : { SecretArn: secretArn }),
  }
}

function viewStatement(record: StatementRecord, index: number | undefined, now: number) {
  const { isBatch, sqls, createdAt, startsAt, endsAt, cancelledAt } = record
  const at = index ?? (isBatch ? undefined : 0)
  const status = statusOf(record, now, isBatch ? index : undefined)
  const outcome = status === 'FINISHED' && at !== undefined ? outcomeOf(record, at) : undefined
  const error = status === 'FAILED' ? errorOf(record, at) : undefined
  const updatedAt = cancelledAt ?? (now < startsAt ? createdAt : Math.min(now, endsAt))
  return {
    ...viewSent(record),
    Id: index === undefined ? record.id : `${record.id}:${index + 1}`,
    Status: status,
    UpdatedAt: new Date(updatedAt),
    Duration: status === 'FINISHED' || status === 'FAILED' ? (endsAt - startsAt) * 1_000_000 : -1,
    HasResultSet: status === 'FINISHED',
    ResultFormat: record.format,
    ResultRows: outcome && outcome.error === undefined ? outcome.rows.length : -1,
    ResultSize: outcome && outcome.error === undefined ? sizeOf(outcome) : -1,
    ...(at !== undefined && { QueryString: sqls[at] ?? '' }),
    ...(error !== undefined && { Error: error }),
    ...(record.parameters.length > 0 && { QueryParameters: record.parameters }),
    ...(isBatch && index === undefined && { SubStatements: sqls.map((_, sub) => viewSub(record, sub, now)) }),
  }
}

function errorOf(record: StatementRecord, at: number | undefined): string | undefined {
  const all = at === undefined ? record.sqls.map((_, index) => index) : [at]
  return all.map((index) => outcomeOf(record, index).error).find((error) => error !== undefined)
}

function viewSub(record: StatementRecord, index: number, now: number): client.SubStatementData {
  const { Error: error, ...view } = viewStatement(record, index, now) as client.DescribeStatementResponse
  return {
    Id: view.Id,
    Status: statusOf(record, now, index),
    CreatedAt: view.CreatedAt,
    UpdatedAt: view.UpdatedAt,
    Duration: view.Duration,
    HasResultSet: view.HasResultSet,
    ResultRows: view.ResultRows,
    ResultSize: view.ResultSize,
    QueryString: view.QueryString,
    ...(error !== undefined && { Error: error }),
  }
}

function viewListed(record: StatementRecord, now: number): client.StatementData {
  const { id, sqls, isBatch, name, secretArn, createdAt, endsAt, format } = record
  return {
    Id: id,
    ...(isBatch ? { QueryStrings: sqls } : { QueryString: sqls[0] ?? '' }),
    IsBatchStatement: isBatch,
    Status: statusOf(record, now),
    ...(name !== undefined && { StatementName: name }),
    ...(secretArn !== undefined && { SecretArn: secretArn }),
    CreatedAt: new Date(createdAt),
    UpdatedAt: new Date(Math.min(now, endsAt)),
    ResultFormat: format,
  }
}
