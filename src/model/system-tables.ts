// System tables that are published to S3 Tables: what clusters and namespaces, each in its own spelling, tell of it, and
// whether it is what is wanted. Facts: querying-aws-redshift in aws/agent-toolkit-for-aws, read 2026-11-27.

import { counted } from '#kit/text.ts'
import { hour, spoken } from '#kit/time.ts'
import type { Logging } from './logging.ts'
import { fail, pass, said, type Verdict } from './practice.ts'
import type { NamespaceFacts } from './resource.ts'

/** What AWS says of publishing, in one spelling; which key the tables lie under is told by no answer. */
export type Publishing = {
  /** In one order: `all` for every one there is and will be. */
  tables: string[]
  /** `cluster`, `namespace` or `account`. */
  scope: string | undefined
  /** When rows of any table arrived last; one of which nothing is told may still be under way. */
  newest: string | undefined
}

/** What a cluster publishes. */
export function publishedByCluster({ S3Tables = {} }: Logging): Publishing {
  const { S3Tables: names, EnabledAll, S3TableGranularity, LastIngestionTimes } = S3Tables
  return publishing(names, EnabledAll, S3TableGranularity, LastIngestionTimes)
}

/** What a namespace publishes. */
export function publishedByNamespace({ s3TablePublishStatus = {} }: NamespaceFacts): Publishing {
  const { s3Tables: names, enabledAll, s3TableGranularity, lastIngestionTimes } = s3TablePublishStatus
  return publishing(names, enabledAll, s3TableGranularity, lastIngestionTimes)
}

function publishing(
  names: readonly string[] = [],
  isAll: boolean | undefined,
  scope: string | undefined,
  times: Readonly<Record<string, string>> = {},
): Publishing {
  const [newest] = Object.values(times).sort((a, b) => Date.parse(b) - Date.parse(a))
  return { tables: isAll || names.includes('all') ? ['all'] : [...new Set(names)].sort(), scope, newest }
}

/** The settings of practices for published tables. */
export const tableSettings = {
  tables: {
    default: ['all'],
    about:
      'The system tables that must be published, such as sys_query_history; all means every one there is and will be.',
  },
  keys: {
    default: [],
    about:
      'ARNs of the keys to publish under, at most one for each region. The policy of each must let systemtables.redshift.amazonaws.com and maintenance.s3tables.amazonaws.com in.',
  },
}

/** The wanted tables that are not published. */
export function missingTables({ tables }: Publishing, wanted: readonly string[]): string[] {
  if (tables[0] === 'all') return []
  return wanted.includes('all') ? ['all'] : wanted.filter((name) => !tables.includes(name))
}

/** Whether the wanted tables are published, and rows arrive; `hours` is left out for what may have none for long. */
export function judgeTables<N extends string>(
  published: Publishing,
  { wanted, hours, now }: { wanted: readonly string[]; hours?: number; now: string },
  from: N,
): Verdict<N> {
  const { tables, newest } = published
  const states = { configured: said(tables, from), observed: said(newest ?? null, from) }
  if (tables.length === 0) return fail<N>('not-published', 'publishes no system tables to S3 Tables', states)
  const missing = missingTables(published, wanted)
  const what = tables[0] === 'all' ? 'every system table' : counted(tables.length, 'system table')
  if (missing.length > 0) {
    const without = missing[0] === 'all' ? 'and not every one there is' : `without ${missing.join(', ')}`
    return fail<N>('incomplete', `publishes ${what} to S3 Tables, ${without}`, states)
  }
  if (newest === undefined)
    return pass<N>('published', `publishes ${what} to S3 Tables; AWS tells of no rows that arrived`, states)
  const ago = Math.max(0, Date.parse(now) - Date.parse(newest))
  const words = `publishes ${what} to S3 Tables, whose newest rows arrived ${spoken(ago)} ago`
  return hours !== undefined && ago > hours * hour
    ? fail<N>('stale', words, states)
    : pass<N>('published', words, states)
}

/** The tables to name in a call, those of them that are new, and the key of the region where one is named. */
export type TablesToPublish = { after: string[]; added: string[]; key: string | undefined }

/** What is to be published, under which key; or why no call can do it. */
export function tablesToPublish(
  published: Publishing,
  { tables: wanted, keys }: { tables: readonly string[]; keys: readonly string[] },
  { region, reason }: { region: string; reason: string },
): TablesToPublish | { none: string } {
  if (reason === 'stale')
    return {
      none: 'it is on: see whether the policy of its key still lets in systemtables.redshift.amazonaws.com',
    }
  const key = keys.find((arn) => arn.split(':')[3] === region)
  if (reason === 'incomplete' && !key)
    return {
      none: 'no answer tells the key of its tables, and the call would choose it anew: write its ARN under keys of this practice in redoubt.yaml',
    }
  const added = missingTables(published, wanted)
  // What is published already is named again: AWS does not say whether a list is added or takes the other's place.
  const after = wanted.includes('all') ? ['all'] : [...published.tables, ...added].sort()
  return { after, added, key }
}

/** What a person should know before it is switched on. */
export function notesOn(key: string | undefined): string[] {
  return [
    'statements stand in the tables as they were typed, passwords and values included',
    key
      ? `the policy of ${key} must let systemtables.redshift.amazonaws.com and maintenance.s3tables.amazonaws.com in`
      : 'no key is named for the region: they lie under one of AWS, and no answer tells so afterwards',
    'the audit log stays as it is',
  ]
}

/** What the undo does not take back. */
export const leftPublished = 'what was published stays in the table bucket aws-redshift'
