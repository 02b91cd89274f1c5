// Namespaces publish their system tables, where somebody wants what they did kept beyond a week in tables.

import { definePractice, type Known } from '#model/practice.ts'
import { isKept, namespaceChange } from '#model/serverless.ts'
import {
  judgeTables,
  leftPublished,
  notesOn,
  type Publishing,
  publishedByNamespace,
  type TablesToPublish,
  tableSettings,
  tablesToPublish,
} from '#model/system-tables.ts'
import { otherKey } from './examples/key.ts'
import { namespace } from './examples/namespace.ts'

const page = 'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateNamespace.html'

export default definePractice({
  id: 'namespace-system-tables-published',
  title: 'Namespaces publish their system tables to S3 Tables',
  severity: 'informational',
  enabledByDefault: false,
  resource: 'redshift-serverless:namespace',
  needs: [],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_S3TablePublishStatus.html',
    'https://github.com/aws/agent-toolkit-for-aws/tree/main/skills/specialized-skills/system-table-skills/querying-aws-redshift',
  ],
  why: 'A namespace forgets its system tables after days. Published, they stay as Iceberg tables in the table bucket aws-redshift, to be searched without a workgroup. It is no audit log and stands in for none: it has a status and a key of its own.',
  whenNotTo:
    'Where the audit logs are enough: this is one more copy of every statement, with the passwords and values in it, for whoever may read the table bucket. AWS tells in no answer under which key it lies; without one of yours it is one of AWS.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless get-namespace --namespace-name NAMESPACE --query namespace.s3TablePublishStatus',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Integrations: System table integration. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-namespace --namespace-name NAMESPACE --log-destination-type s3table --s3-table-action Enable --s3-table-names all --s3-table-granularity namespace --s3-table-kms-key-id KEY',
        'aws redshift-serverless update-namespace --namespace-name NAMESPACE --log-destination-type s3table --s3-table-action Disable',
      ],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key policy: systemtables.redshift.amazonaws.com and maintenance.s3tables.amazonaws.com must be let in.',
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Integrations: System table integration, choose the tables and the key. (No guide of AWS shows where.)',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },
  settings: tableSettings,

  concerns: isKept,

  // How old the newest rows may be is not asked: who rests leaves none.
  check: ({ facts }, { settings: { tables: wanted }, now }) =>
    judgeTables(publishedByNamespace(facts), { wanted, now }, 'facts'),

  remediation: {
    summary: 'Publish the wanted system tables, under the key that is named for the region.',
    impact: 'none',
    steps(subject, { settings }, { reason }) {
      const published = publishedByNamespace(subject.facts)
      const wish = tablesToPublish(published, settings, { region: subject.region, reason })
      return 'none' in wish ? wish : [publishing(subject, published, wish)]
    },
  },

  examples: {
    pass: {
      'all of them': publishes('published', ['all'], {
        lastIngestionTimes: { sys_query_history: '2026-11-22T11:20:00Z' },
      }),
      'nobody worked for a week': publishes('published', ['all'], {
        lastIngestionTimes: { sys_query_history: '2026-11-15T11:20:00Z' },
      }),
    },
    fail: {
      'none, with all audit logs': namespace({ reason: 'not-published' }),
      'one of them, and its key is named': {
        ...publishes('incomplete', ['sys_query_history']),
        settings: { keys: [otherKey] },
      },
    },
  },
})

type Subject = Known<'redshift-serverless:namespace', never>
type Status = NonNullable<Subject['facts']['s3TablePublishStatus']>

/** A namespace that publishes these tables. */
function publishes(reason: string, s3Tables: string[], more: Status = {}) {
  const status = { s3Tables, enabledAll: s3Tables.includes('all'), s3TableGranularity: 'namespace' as const }
  return namespace({ reason, facts: { s3TablePublishStatus: { ...status, ...more } } })
}

function publishing(
  subject: Subject,
  { tables: before, scope }: Publishing,
  { after, added, key }: TablesToPublish,
) {
  const base = { logDestinationType: 's3table' as const }
  const enable = (s3TableNames: string[]) => ({
    ...base,
    s3TableAction: 'Enable' as const,
    s3TableNames,
    s3TableGranularity: scope === 'account' ? ('account' as const) : ('namespace' as const),
    ...(key && { s3TableKmsKeyId: key }),
  })
  const disable = { ...base, s3TableAction: 'Disable' as const }
  const off = before.length > 0 ? { ...disable, s3TableNames: added } : disable
  return namespaceChange(
    subject,
    {
      title: `Publish ${after[0] === 'all' ? 'all system tables' : after.join(', ')} of ${subject.name} to S3 Tables`,
      change: enable(after),
      // Unverified: that a list takes the place of all, which no list of tables to stop could.
      back: before.length > 0 && after[0] === 'all' ? enable(before) : off,
    },
    { fact: 'publishedTables', before, after },
    {
      place: 'Integrations: System table integration',
      console: after.join(', '),
      consoleBack: before.join(', ') || 'off',
      notes: notesOn(key),
      warning: leftPublished,
    },
  )
}
