// Clusters publish their system tables, where somebody wants what they did kept beyond a week in tables.

import { counted } from '#kit/text.ts'
import { hour, spoken } from '#kit/time.ts'
import { call, type Input } from '#model/action.ts'
import { publishedTablesOf } from '#model/logging.ts'
import { type ChangeDraft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster, exampleKey } from './examples.ts'

// The Management Guide has no page on it yet.
const page = 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_EnableLogging.html'
const described =
  'https://github.com/aws/agent-toolkit-for-aws/tree/main/skills/specialized-skills/system-table-skills/querying-aws-redshift'

export default definePractice({
  id: 'cluster-system-tables-published',
  title: 'Clusters publish their system tables to S3 Tables',
  severity: 'informational',
  enabledByDefault: false,
  resource: 'redshift:cluster',
  needs: ['logging'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_S3TablePublishStatus.html',
    described,
  ],
  why: 'A cluster forgets its system tables after days. Published, they stay as Iceberg tables in the table bucket aws-redshift, to be searched without the cluster. It is no audit log and stands in for none: it has a status and a key of its own.',
  whenNotTo:
    'Where the audit log is enough: this is one more copy of every statement, with the passwords and values in it, for whoever may read the table bucket. AWS tells in no answer under which key it lies; without one of yours it is one of AWS.',
  guide: {
    check: {
      cli: ['aws redshift describe-logging-status --cluster-identifier CLUSTER --query S3Tables'],
      console: ['Amazon Redshift › Clusters › CLUSTER › Integrations › System table integration.'],
    },
    change: {
      cli: [
        'aws redshift enable-logging --cluster-identifier CLUSTER --log-destination-type s3table --log-exports all --s3-table-granularity cluster --s3-table-kms-key-id KEY',
        'aws redshift disable-logging --cluster-identifier CLUSTER --log-destination-type s3table',
      ],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key policy: systemtables.redshift.amazonaws.com and maintenance.s3tables.amazonaws.com must be let in.',
        'Amazon Redshift › Clusters › CLUSTER › Integrations › System table integration: choose the tables and the key.',
        'By the AWS CLI, never stop it without --log-destination-type s3table: that stops the audit log.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },
  settings: {
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
    hours: { default: 24, unit: 'hours', about: 'How long ago the newest rows may have arrived.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ logging, facts }, { settings, now }) {
    const published = publishedTablesOf(logging)
    const states = {
      configured: said(published, 'logging'),
      observed: said(newestOf(logging) ?? null, 'logging'),
    }
    if (published.length === 0)
      return fail('not-published', 'publishes no system tables to S3 Tables', states)
    const missing = missingOf(published, settings.tables)
    const what = published[0] === 'all' ? 'every system table' : counted(published.length, 'system table')
    if (missing.length > 0) {
      const without = missing[0] === 'all' ? 'and not every one there is' : `without ${missing.join(', ')}`
      return fail('incomplete', `publishes ${what} to S3 Tables, ${without}`, states)
    }
    const newest = newestOf(logging)
    if (newest === undefined)
      return pass('published', `publishes ${what} to S3 Tables; AWS tells of no rows that arrived`, states)
    const ago = Math.max(0, Date.parse(now) - Date.parse(newest))
    const last = `whose newest rows arrived ${spoken(ago)} ago`
    // A paused cluster has nothing to tell.
    return ago > settings.hours * hour && facts.ClusterStatus !== 'paused'
      ? fail('stale', `publishes ${what} to S3 Tables, ${last}`, states)
      : pass('published', `publishes ${what} to S3 Tables, ${last}`, states)
  },

  remediation: {
    summary: 'Publish the wanted system tables, under the key that is named for the region.',
    impact: 'none',
    steps(subject, { settings }, { reason }) {
      if (reason === 'stale')
        return {
          none: 'it is on: see whether the policy of its key still lets in systemtables.redshift.amazonaws.com',
        }
      const key = settings.keys.find((arn) => arn.split(':')[3] === subject.region)
      if (reason === 'incomplete' && !key)
        return {
          none: 'no answer tells the key of its tables, and the call would choose it anew: write its ARN under keys of this practice in redoubt.yaml',
        }
      return [publishing(subject, settings.tables, key)]
    },
  },

  examples: {
    pass: {
      'all of them': published('published', ['all'], {
        LastIngestionTimes: { sys_query_history: '2026-11-22T11:20:00Z' },
      }),
      'switched on just now': published('published', ['all']),
    },
    fail: {
      'none, with an audit log': cluster({
        reason: 'not-published',
        logging: {
          LoggingEnabled: true,
          BucketName: 'acme-audit',
          LastSuccessfulDeliveryTime: '2026-11-22T11:00:00Z',
        },
      }),
      'one of them, and its key is named': {
        ...published('incomplete', ['sys_query_history']),
        settings: { keys: [exampleKey] },
      },
      'nothing has arrived for days': published('stale', ['all'], {
        LastIngestionTimes: { sys_query_history: '2026-11-19T11:20:00Z' },
      }),
    },
  },
})

type Subject = Known<'redshift:cluster', 'logging'>
type Status = NonNullable<Subject['logging']['S3Tables']>

/** A cluster without an audit log that publishes these tables. */
function published(reason: string, S3Tables: string[], more: Status = {}) {
  const status = { S3Tables, EnabledAll: S3Tables.includes('all'), S3TableGranularity: 'cluster', ...more }
  return cluster({
    reason,
    logging: { LoggingEnabled: true, LogDestinationType: 's3table', S3Tables: status },
  })
}

const missingOf = (published: readonly string[], wanted: readonly string[]) =>
  published[0] === 'all'
    ? []
    : wanted.includes('all')
      ? ['all']
      : wanted.filter((name) => !published.includes(name))

/** When rows of any table arrived last: one of which nothing is told may still be under way. */
function newestOf({ S3Tables }: Subject['logging']): string | undefined {
  return Object.values(S3Tables?.LastIngestionTimes ?? {}).sort((a, b) => Date.parse(b) - Date.parse(a))[0]
}

function publishing(
  { name, arn, logging }: Subject,
  wanted: readonly string[],
  key: string | undefined,
): ChangeDraft {
  const before = publishedTablesOf(logging)
  const added = missingOf(before, wanted)
  // What is published already is named again: AWS does not say whether a list is added or takes the other's place.
  const after = wanted.includes('all') ? ['all'] : [...before, ...added].sort()
  const S3TableGranularity = logging.S3Tables?.S3TableGranularity ?? 'cluster'
  const enable = (LogExports: string[]): Input<'redshift:EnableLogging'> => ({
    ClusterIdentifier: name,
    LogDestinationType: 's3table',
    LogExports,
    S3TableGranularity,
    ...(key ? { S3TableKmsKeyId: key } : {}),
  })
  const disable = { ClusterIdentifier: name, LogDestinationType: 's3table' as const }
  const place = `Amazon Redshift › Clusters › ${name} › Integrations › System table integration`
  return {
    title: `Publish ${after[0] === 'all' ? 'all system tables' : after.join(', ')} of ${name} to S3 Tables`,
    call: call('redshift:EnableLogging', enable(after)),
    effects: [{ resource: arn, fact: 'publishedTables', before, after }],
    console: `${place}: ${after.join(', ')}`,
    impact: 'none',
    notes: [
      'statements stand in the tables as they were typed, passwords and values included',
      key
        ? `the policy of ${key} must let systemtables.redshift.amazonaws.com and maintenance.s3tables.amazonaws.com in`
        : 'no key is named for the region: they lie under one of AWS, and no answer tells so afterwards',
      'the audit log stays as it is',
    ],
    undo: {
      // Unverified: that a list takes the place of all, which no list of tables to stop could.
      call:
        before.length > 0 && after[0] === 'all'
          ? call('redshift:EnableLogging', enable(before))
          : call('redshift:DisableLogging', before.length > 0 ? { ...disable, LogExports: added } : disable),
      console: `${place}: ${before.join(', ') || 'off'}`,
      warning: 'what was published stays in the table bucket aws-redshift',
    },
  }
}
