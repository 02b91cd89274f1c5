// Publishing system tables to S3 Tables, which goes by the calls of audit logging and is none.

import type {
  DisableLoggingMessage,
  EnableLoggingMessage,
  S3TablePublishStatus,
} from '@aws-sdk/client-redshift'
import { findKey, isUsable } from '#lab/services/kms/use.ts'
import type { Context } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'
import type { ClusterRecord } from '../model.ts'

// Unverified: which tables can be published; here the SYS views of the Database Developer Guide that the lab knows.
const known = [
  ...['sys_connection_log', 'sys_userlog', 'sys_query_history', 'sys_query_text', 'sys_query_detail'],
  ...['sys_load_history', 'sys_unload_history', 'sys_session_history', 'sys_transaction_history'],
]

/**
 * The status of publishing, as a call turns it on. Types: EnableLoggingMessage. The name of the namespace:
 * querying-aws-redshift in aws/agent-toolkit-for-aws, read 2026-11-27.
 */
export function publishedTables(
  {
    LogExports = [],
    S3TableGranularity = 'cluster',
    S3TableKmsKeyId,
    BucketName,
    S3KeyPrefix,
  }: EnableLoggingMessage,
  cluster: ClusterRecord,
  context: Context,
): S3TablePublishStatus {
  if (BucketName !== undefined || S3KeyPrefix !== undefined) {
    const message = 'BucketName and S3KeyPrefix cannot be used with the log destination s3table.'
    throw common('InvalidParameterCombination', message)
  }
  if (!['cluster', 'account'].includes(S3TableGranularity))
    throw common('InvalidParameterValue', `Invalid S3 table granularity: ${S3TableGranularity}.`)
  // No answer shows the key. Unverified: that it is looked at when publishing begins, and what is said then.
  const key = S3TableKmsKeyId === undefined ? undefined : findKey(context, context.account, S3TableKmsKeyId)
  if (S3TableKmsKeyId !== undefined && !(key && isUsable(key)))
    throw common('InvalidParameterValue', `The KMS key ${S3TableKmsKeyId} cannot be used.`)
  demandKnown(LogExports)
  const isAll = LogExports.length === 0 || LogExports.includes('all')
  const scope = S3TableGranularity === 'account' ? context.account.id : namespaceIdOf(cluster)
  return {
    // Unverified: whether AWS writes the names out.
    S3Tables: isAll ? ['all'] : LogExports,
    EnabledAll: isAll,
    S3TableNamespace: `${scope}_sys`,
    S3TableGranularity,
  }
}

function namespaceIdOf({ facts: { ClusterNamespaceArn = '' } }: ClusterRecord): string {
  return ClusterNamespaceArn.slice(ClusterNamespaceArn.lastIndexOf(':') + 1)
}

/** What is still published when some tables, or all, are stopped. */
export function remainingTables(
  published: S3TablePublishStatus | undefined,
  { LogExports = [] }: DisableLoggingMessage,
): S3TablePublishStatus | undefined {
  demandKnown(LogExports)
  if (!published || LogExports.length === 0 || LogExports.includes('all')) return undefined
  const { S3Tables = [] } = published
  const before = S3Tables.includes('all') ? known : S3Tables
  const rest = before.filter((name) => !LogExports.includes(name))
  return rest.length > 0 ? { ...published, S3Tables: rest, EnabledAll: false } : undefined
}

// Unverified: the code, and that unknown names are refused.
function demandKnown(names: string[]) {
  const unknown = names.find((name) => name !== 'all' && !known.includes(name))
  if (unknown !== undefined) throw common('InvalidParameterValue', `Invalid system table: ${unknown}.`)
}
