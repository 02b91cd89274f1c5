// Publishing the system tables of a namespace to S3 Tables, which is no audit log.

import type { S3TablePublishStatus, UpdateNamespaceRequest } from '@aws-sdk/client-redshift-serverless'
import { iso, parseDuration } from '#kit/time.ts'
import type { Context } from '#lab/state.ts'
import { checkOneOf } from './checks.ts'
import { invalid } from './errors.ts'
import { keyOf } from './keys.ts'
import type { NamespaceFacts } from './model.ts'

/** The members of UpdateNamespace about it. */
export const tableMembers = [
  'logDestinationType',
  's3TableAction',
  's3TableNames',
  's3TableKmsKeyId',
  's3TableGranularity',
] as const

/** What is published after a request, or undefined when nothing is. Types and rules: API, UpdateNamespace. */
export function publishedAfter(
  { namespaceId, s3TablePublishStatus: before }: NamespaceFacts,
  input: UpdateNamespaceRequest,
  context: Context,
): S3TablePublishStatus | undefined {
  const { s3TableNames: names = [], s3TableGranularity, s3TableKmsKeyId, s3TableAction = 'Enable' } = input
  // Unverified: the wordings.
  if (input.logDestinationType !== 's3table')
    throw invalid('The s3Table members can only be used with the log destination type s3table.')
  checkOneOf(s3TableAction.toLowerCase(), 's3TableAction', ['enable', 'disable'])
  const strange = names.find((name) => !/^(all|sys_[a-z0-9_]+)$/.test(name))
  if (strange !== undefined) throw invalid(`The system table ${strange} isn't valid.`)
  const isAll = names.length === 0 || names.includes('all')
  if (s3TableAction.toLowerCase() === 'disable') return isAll ? undefined : without(before, names)
  if (!s3TableGranularity?.trim()) throw invalid('s3TableGranularity is required.')
  const scope = s3TableGranularity.toLowerCase()
  checkOneOf(scope, 's3TableGranularity', ['namespace', 'account'])
  if (s3TableKmsKeyId !== undefined) keyOf(context, s3TableKmsKeyId)
  return {
    // Unverified: whether AWS writes the names out, and that a list takes the place of the former one.
    s3Tables: isAll ? ['all'] : names,
    enabledAll: isAll,
    s3TableNamespace: `${scope === 'account' ? context.account.id : namespaceId}_sys`,
    s3TableGranularity: scope as 'account',
  }
}

/** Unverified: what is left of all when some are stopped; here, all of it. */
function without(before: S3TablePublishStatus | undefined, names: string[]) {
  const rest = before?.s3Tables?.filter((name) => !names.includes(name)) ?? []
  return rest.length > 0 ? { ...before, s3Tables: rest } : undefined
}

/** What a world says is published: AWS writes its moments as texts, and a world may say how long ago they are. */
export function seededTables(status: S3TablePublishStatus | undefined, now: number) {
  const { lastIngestionTimes: times } = status ?? {}
  if (!status || !times) return status
  const moments = Object.entries(times).map(([table, at]) => {
    const ago = parseDuration(at)
    return [table, ago === undefined ? at : iso(now + ago)]
  })
  return { ...status, lastIngestionTimes: Object.fromEntries(moments) }
}
