// What an answer about logging says of the audit log, and what of system tables: AWS names both in one word.

import { expect, test } from 'vitest'
import { auditLogsOf, auditLogType, destinationOf, logBucketOf, missingLogs, targetOf } from './logging.ts'

const both = 'cloudwatch,s3table' as 'cloudwatch'

test.each([
  [{ LoggingEnabled: false }, undefined],
  [{ LoggingEnabled: true, LogDestinationType: 's3table' as const }, undefined],
  [{ LoggingEnabled: true, LogDestinationType: both }, 'cloudwatch'],
  [{ LoggingEnabled: true, LogDestinationType: 's3table' as const, BucketName: 'audit' }, 's3'],
  [{ LoggingEnabled: true, BucketName: 'audit' }, 's3'],
  [{ LoggingEnabled: true }, 'unnamed'],
])('%o goes to %s', (logging, type) => {
  expect(auditLogType(logging)).toBe(type)
})

test('system tables are no audit logs, wherever AWS names them', () => {
  const logging = {
    LoggingEnabled: true,
    LogDestinationType: both,
    LogExports: ['userlog', 'sys_query_history', 'connectionlog'],
  }
  expect(destinationOf(logging)).toBe('CloudWatch Logs')
  expect(auditLogsOf(logging)).toEqual(['connectionlog', 'userlog'])
  expect(missingLogs(logging)).toEqual(['useractivitylog'])
  expect(targetOf(logging)).toEqual({
    LogDestinationType: 'cloudwatch',
    LogExports: ['connectionlog', 'userlog'],
  })
})

test('a bucket that AWS still names takes no audit log that goes to CloudWatch Logs', () => {
  const BucketName = 'audit'
  expect(logBucketOf({ LoggingEnabled: true, BucketName })).toBe('audit')
  expect(logBucketOf({ LoggingEnabled: true, LogDestinationType: both, BucketName })).toBeUndefined()
  expect(logBucketOf({ LoggingEnabled: false, BucketName })).toBeUndefined()
})
