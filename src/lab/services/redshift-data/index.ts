// The Redshift Data API: SQL by calls, read-only over the lab's system tables.

import {
  BatchExecuteStatement$,
  CancelStatement$,
  DescribeStatement$,
  DescribeTable$,
  ExecuteStatement$,
  GetStatementResult$,
  GetStatementResultV2$,
  ListDatabases$,
  ListSchemas$,
  ListStatements$,
  ListTables$,
} from '@aws-sdk/client-redshift-data'
import { awsJson } from '#lab/wire/json.ts'
import { paired, type Service } from '#lab/wire/operations.ts'
import { catalogOperations } from './catalog.ts'
import { accessTo, resourceOf } from './connect.ts'
import { resultOperations } from './results.ts'
import { statementOperations } from './statements.ts'

/** The Redshift Data API. */
export const redshiftData: Service = {
  name: 'redshift-data',
  protocol: awsJson({ serviceTarget: 'RedshiftData', defaultNamespace: 'com.amazonaws.redshiftdata' }),
  operations: paired(
    { ...statementOperations, ...resultOperations, ...catalogOperations },
    {
      BatchExecuteStatement$,
      CancelStatement$,
      DescribeStatement$,
      DescribeTable$,
      ExecuteStatement$,
      GetStatementResult$,
      GetStatementResultV2$,
      ListDatabases$,
      ListSchemas$,
      ListStatements$,
      ListTables$,
    },
  ),
  resourceOf: (_operation, input, context) => resourceOf(input, context),
  accessTo,
  refusal: 'AccessDenied',
}
