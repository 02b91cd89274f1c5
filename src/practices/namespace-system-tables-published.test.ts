// Edges of namespace-system-tables-published: the wanted tables, their key, and what the undo takes back.

import { expect, test } from 'vitest'
import { namespace } from './examples/namespace.ts'
import { exampleKey } from './examples.ts'
import practice from './namespace-system-tables-published.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, noneOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const two = { s3Tables: ['sys_userlog', 'sys_connection_log'], s3TableGranularity: 'account' as const }
const of = (settings = {}) => ({
  ...namespace({ reason: '', facts: { s3TablePublishStatus: two } }),
  settings,
})

test('only the tables that are wanted must be there', () => {
  expect(verdictOf(practice, of({ tables: ['sys_userlog'] }))).toBe(
    'pass published: publishes 2 system tables to S3 Tables; AWS tells of no rows that arrived',
  )
  expect(verdictOf(practice, of())).toBe(
    'fail incomplete: publishes 2 system tables to S3 Tables, and not every one there is',
  )
  expect(noneOf(practice, of())).toMatch(/^no answer tells the key of its tables/)
})

test('what is published stays so, in the same scope, and the undo stops what was added', () => {
  const settings = { tables: ['sys_userlog', 'sys_query_history'], keys: [exampleKey] }
  const [change] = changesOf(practice, of(settings))
  expect(change?.call.input).toEqual({
    namespaceName: 'planning',
    logDestinationType: 's3table',
    s3TableAction: 'Enable',
    s3TableNames: ['sys_connection_log', 'sys_query_history', 'sys_userlog'],
    s3TableGranularity: 'account',
    s3TableKmsKeyId: exampleKey,
  })
  expect(change?.undo).toMatchObject({
    call: {
      input: { logDestinationType: 's3table', s3TableAction: 'Disable', s3TableNames: ['sys_query_history'] },
    },
  })
})

test('the audit logs are not touched', () => {
  const [change] = changesOf(practice, namespace({ reason: '' }))
  expect(change?.call.input).not.toHaveProperty('logExports')
})
