// What the lab keeps of audit logs: the databases that write them, and the stretches of time in which they are delivered.

import type { LoggingStatus, S3TablePublishStatus } from '@aws-sdk/client-redshift'
import type { PeopleSeed } from '#lab/people/types.ts'

/** What holds of a database from a moment on. */
export type Condition = { from: number; isUp: boolean; activityLogged: boolean; requireSsl: boolean }

/** A database whose people leave lines. It outlives its warehouse, because its log files do. */
export type Database = {
  account: string
  region: string
  /** The name of the cluster or workgroup its people were made for; it stays when that gets another one. */
  name: string
  kind: 'cluster' | 'workgroup'
  database: string
  adminUser: string
  createdAt: number
  worldNow: number
  /** Nobody but Redshift itself where the world names none. */
  people: PeopleSeed | undefined
  /** In order of time. */
  history: Condition[]
}

/** How deliveries go from a moment on. Those that stay away are not told as failures either. */
export type Posture = { from: number; outcome: 'arrives' | 'fails' | 'stays away'; message?: string }

/** Where lines are delivered to; the owner of the bucket is that of the moment logging was turned on. */
export type Destination =
  | { type: 's3'; bucket: string; prefix: string; owner: string | undefined }
  | { type: 'cloudwatch'; exports: string[] }

/** A time in which the logs of a database go to one destination. Every hour of it something is due. */
export type Stretch = {
  id: string
  database: Database
  partition: string
  /** The name of the cluster or the namespace, as files and log groups have it. */
  source: string
  destination: Destination
  from: number
  to: number | undefined
  /** In order of time. */
  postures: Posture[]
}

/** Audit logging of a cluster. */
export type LoggingRecord = {
  settings: LoggingStatus
  stretch: Stretch | undefined
  /** How the world says that deliveries went before it began. */
  told: { success?: number | undefined; failure?: number | undefined; message?: string | undefined }
  /** Publishing system tables to S3 Tables, which is no audit logging. */
  tables: S3TablePublishStatus | undefined
}

/** Logging that was never turned on. */
export function loggingOff(tables?: S3TablePublishStatus): LoggingRecord {
  return { settings: { LoggingEnabled: false }, stretch: undefined, told: {}, tables }
}
