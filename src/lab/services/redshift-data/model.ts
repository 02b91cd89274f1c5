// What the lab keeps of the Redshift Data API in one region: statements. Their results are made when they are read.

import type { ResultFormatString, SqlParameter } from '@aws-sdk/client-redshift-data'
import type { Database } from '../redshift/logging/model.ts'

/** Which warehouse a statement went to, as answers name it. */
export type Place = { ClusterIdentifier: string } | { WorkgroupName: string }

/** Statements that were sent together. */
export type StatementRecord = {
  id: string
  /** Who sent them: nobody else may see them. */
  owner: string
  token: string | undefined
  sqls: string[]
  isBatch: boolean
  name: string | undefined
  parameters: SqlParameter[]
  format: ResultFormatString
  place: Place
  database: Database
  databaseName: string
  dbUser: string
  secretArn: string | undefined
  createdAt: number
  startsAt: number
  endsAt: number
  cancelledAt: number | undefined
}

/** The Data API in one region of one account. */
export type DataApi = { statements: Map<string, StatementRecord> }

/** The Data API before anything was sent. */
export function emptyDataApi(): DataApi {
  return { statements: new Map() }
}
