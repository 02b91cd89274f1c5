// What the lab keeps of CloudWatch Logs: groups, their streams and events, and policies for who may write.

import type { LogGroupClass, ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs'

/** An event that somebody put. */
export type StoredLine = { timestamp: number; message: string; ingestionTime: number }

/** A stream that somebody made; its events are in order of time. */
export type LogStream = { name: string; createdAt: number; lines: StoredLine[] }

/** Names where streams of a group come from that are made when they are read; `kind` finds the code. */
export type StreamSourceName = { kind: string } & Record<string, string | number | boolean | undefined>

/** A log group. */
export type LogGroup = {
  name: string
  /** Without the `:*` that older answers end with. */
  arn: string
  createdAt: number
  /** Undefined: events never expire. */
  retentionInDays: number | undefined
  kmsKeyId: string | undefined
  logGroupClass: LogGroupClass
  isProtected: boolean
  tags: Record<string, string>
  streams: Map<string, LogStream>
  sources: StreamSourceName[]
}

/** A query that was started; its answer is made when it is fetched. */
export type Query = { groups: string[]; from: number; to: number; text: string; limit: number }

/** CloudWatch Logs in one region of one account. */
export type Logs = {
  groups: Map<string, LogGroup>
  policies: Map<string, ResourcePolicy & { policyName: string }>
  queries: Map<string, Query>
}

/** CloudWatch Logs before anything was made. */
export function emptyLogs(): Logs {
  return { groups: new Map(), policies: new Map(), queries: new Map() }
}

/** A group with nothing in it. */
export function newGroup(facts: Pick<LogGroup, 'name' | 'arn' | 'createdAt'> & Partial<LogGroup>): LogGroup {
  return {
    retentionInDays: undefined,
    kmsKeyId: undefined,
    logGroupClass: 'STANDARD',
    isProtected: false,
    tags: {},
    streams: new Map(),
    sources: [],
    ...facts,
  }
}
