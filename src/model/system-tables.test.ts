// What clusters and namespaces publish, in one spelling.

import { expect, test } from 'vitest'
import { publishedByCluster, publishedByNamespace } from './system-tables.ts'

const times = { sys_userlog: '2026-11-20T10:00:00Z', sys_query_history: '2026-11-22T10:00:00Z' }

test.each([
  [{}, {}, { tables: [], scope: undefined, newest: undefined }],
  [
    { S3Tables: ['sys_userlog', 'sys_connection_log'], S3TableGranularity: 'account' },
    { s3Tables: ['sys_userlog', 'sys_connection_log'], s3TableGranularity: 'account' as const },
    { tables: ['sys_connection_log', 'sys_userlog'], scope: 'account', newest: undefined },
  ],
  [
    { S3Tables: ['all'], LastIngestionTimes: times },
    { s3Tables: ['all'], lastIngestionTimes: times },
    { tables: ['all'], scope: undefined, newest: '2026-11-22T10:00:00Z' },
  ],
  // AWS may write the names out.
  [
    { S3Tables: ['sys_userlog'], EnabledAll: true },
    { s3Tables: ['sys_userlog'], enabledAll: true },
    { tables: ['all'], scope: undefined, newest: undefined },
  ],
])('%o', (ofCluster, ofNamespace, published) => {
  expect(publishedByCluster({ S3Tables: ofCluster })).toEqual(published)
  expect(publishedByNamespace({ s3TablePublishStatus: ofNamespace })).toEqual(published)
})
