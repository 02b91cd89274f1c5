// Edges of cluster-system-tables-published: which tables are wanted, which key is named, what a restart of it all undoes.

import { expect, test } from 'vitest'
import auditLogging from './cluster-audit-logging.ts'
import practice from './cluster-system-tables-published.ts'
import { bucketLogging, cluster, exampleKey } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

type Logging = Parameters<typeof bucketLogging>[0]
const of = (logging: Logging, settings = {}) =>
  cluster({ reason: '', logging: bucketLogging(logging), settings })
const two = { S3Tables: { S3Tables: ['sys_userlog', 'sys_connection_log'], S3TableGranularity: 'account' } }
const wanted = { tables: ['sys_userlog', 'sys_query_history'], keys: [exampleKey] }

test('only the tables that are wanted must be there', () => {
  expect(verdictOf(practice, of(two, { tables: ['sys_userlog'] }))).toBe(
    'pass published: publishes 2 system tables to S3 Tables; AWS tells of no rows that arrived',
  )
  expect(verdictOf(practice, of(two, wanted))).toBe(
    'fail incomplete: publishes 2 system tables to S3 Tables, without sys_query_history',
  )
  expect(verdictOf(practice, of(two))).toBe(
    'fail incomplete: publishes 2 system tables to S3 Tables, and not every one there is',
  )
})

test('what is published stays so, in the same scope, and the undo stops what was added', () => {
  const [change] = changesOf(practice, of(two, wanted))
  expect(change?.call.input).toEqual({
    ClusterIdentifier: 'sales',
    LogDestinationType: 's3table',
    LogExports: ['sys_connection_log', 'sys_query_history', 'sys_userlog'],
    S3TableGranularity: 'account',
    S3TableKmsKeyId: exampleKey,
  })
  expect(change?.undo).toMatchObject({
    call: {
      action: 'redshift:DisableLogging',
      input: { LogDestinationType: 's3table', LogExports: ['sys_query_history'] },
    },
  })
})

test('the key of a region is taken, and without one the plan says whose key it is', () => {
  const elsewhere = exampleKey.replace('eu-west-1', 'eu-central-1')
  const [change] = changesOf(practice, of({}, { keys: [elsewhere] }))
  expect(change?.call.input).not.toHaveProperty('S3TableKmsKeyId')
  expect(change?.notes).toContain(
    'no key is named for the region: they lie under one of AWS, and no answer tells so afterwards',
  )
  expect(noneOf(practice, of(two, { keys: [elsewhere] }))).toMatch(/^no answer tells the key of its tables/)
})

test('the undo names the type: without it, it would stop the audit log', () => {
  const [change] = changesOf(practice, of({}))
  expect(change?.undo).toMatchObject({
    call: {
      action: 'redshift:DisableLogging',
      input: { ClusterIdentifier: 'sales', LogDestinationType: 's3table' },
    },
  })
})

test('a paused cluster has no new rows to publish', () => {
  const S3Tables = { S3Tables: ['all'], LastIngestionTimes: { sys_query_history: '2026-11-02T12:00:00Z' } }
  const paused = cluster({
    reason: '',
    facts: { ClusterStatus: 'paused' },
    logging: bucketLogging({ S3Tables }),
  })
  expect(verdictOf(practice, paused)).toMatch(/^pass published: .*, whose newest rows arrived 20 days ago$/)
})

test('it never stands in for the audit log', () => {
  const logging = {
    LoggingEnabled: true,
    LogDestinationType: 's3table' as const,
    S3Tables: { S3Tables: ['all'] },
  }
  const example = cluster({ reason: '', logging })
  expect(verdictOf(practice, example)).toMatch(/^pass published/)
  expect(verdictOf(auditLogging, example)).toBe(
    'fail off: keeps no audit log: the system tables that it publishes to S3 Tables are not one',
  )
})
