// Clusters publish their system tables, where somebody wants what they did kept beyond a week in tables.

import { call, type Input } from '#model/action.ts'
import { type ChangeDraft, definePractice, type Known } from '#model/practice.ts'
import { isBeingDeleted, isPaused } from '#model/resource.ts'
import {
  judgeTables,
  leftPublished,
  notesOn,
  type Publishing,
  publishedByCluster,
  type TablesToPublish,
  tableSettings,
  tablesToPublish,
} from '#model/system-tables.ts'
import { cluster, exampleKey } from './examples.ts'

// The Management Guide has no page on it yet; where the console has it for clusters, `described` says.
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
    ...tableSettings,
    // Unverified: that Redshift's own work leaves rows where nobody else works.
    hours: { default: 24, unit: 'hours', about: 'How long ago the newest rows may have arrived.' },
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ logging, facts }, { settings: { tables: wanted, hours }, now }) {
    // A paused cluster has nothing to tell.
    const limit = isPaused(facts) ? {} : { hours }
    return judgeTables(publishedByCluster(logging), { wanted, now, ...limit }, 'logging')
  },

  remediation: {
    summary: 'Publish the wanted system tables, under the key that is named for the region.',
    impact: 'none',
    steps(subject, { settings }, { reason }) {
      const published = publishedByCluster(subject.logging)
      const wish = tablesToPublish(published, settings, { region: subject.region, reason })
      return 'none' in wish ? wish : [publishing(subject, published, wish)]
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

function publishing(
  { name, arn }: Subject,
  { tables: before, scope }: Publishing,
  wish: TablesToPublish,
): ChangeDraft {
  const { after, added, key } = wish
  const enable = (LogExports: string[]): Input<'redshift:EnableLogging'> => ({
    ClusterIdentifier: name,
    LogDestinationType: 's3table',
    LogExports,
    S3TableGranularity: scope ?? 'cluster',
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
    notes: notesOn(key),
    undo: {
      // Unverified: that a list takes the place of all, which no list of tables to stop could.
      call:
        before.length > 0 && after[0] === 'all'
          ? call('redshift:EnableLogging', enable(before))
          : call('redshift:DisableLogging', before.length > 0 ? { ...disable, LogExports: added } : disable),
      console: `${place}: ${before.join(', ') || 'off'}`,
      warning: leftPublished,
    },
  }
}
