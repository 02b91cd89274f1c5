// docs/settings.md: what may stand in redoubt.yaml, from the schema that reads it and the practices' own settings.

import { parse } from 'yaml'
import { z } from 'zod'
import { settingsSchema } from '#app/settings-schema.ts'
import { type AnyPractice, type Setting, spokenDefault } from '#model/practice.ts'
import { loadShelf } from '../shelf.ts'
import type { Page } from './indexes.ts'
import { code, generatedNotice, table } from './markdown.ts'

type Member = {
  type?: string
  description?: string
  pattern?: string
  items?: Member
  properties?: Record<string, Member>
}

const example = `regions: [eu-central-1, eu-west-1]
trustedAccounts: ["444455556666"]
allowedRegions: [eu-central-1, eu-west-1]
requiredTags: [owner]
keys:
  eu-central-1: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
accounts:
  - role: arn:aws:iam::444455556666:role/redoubt-scan
practices:
  cluster-automated-snapshots:
    days: 14
  snapshot-shared:
    enabled: false
suppressions:
  - practice: cluster-encrypted
    resource: arn:aws:redshift:eu-central-1:111122223333:cluster:scratch
    reason: holds test data only
    owner: data platform team
    expires: 2027-03-31`

/** The page of settings. Throws when its example is not what the schema reads. */
export async function settingsPage(): Promise<Page> {
  settingsSchema.parse(parse(example))
  const { properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input' }) as Member
  const { practices: _, ...general } = properties
  const practices = await loadShelf<AnyPractice>('src/practices')
  const settings = practices.flatMap(({ id, settings = {} }) =>
    Object.entries<Setting>(settings).map(([name, setting]) => [
      code(`practices.${id}.${name}`),
      spokenDefault(setting),
      setting.about,
    ]),
  )
  const off = practices.filter((p) => p.enabledByDefault === false).map(({ id }) => code(id))
  const text = [
    '# Settings',
    generatedNotice,
    'Redoubt needs no settings. What it should know of your own decisions stands in `redoubt.yaml` in the current folder, or in the file that `--settings` names. A member that is misspelt is refused, with its line and column. Flags win over this file, and its `regions` over AWS_REGION.',
    ['```yaml', example, '```'].join('\n'),
    table(
      ['member', 'a', 'meaning'],
      Object.entries(general).flatMap(([name, member]) => rowsOf(name, member)),
    ),
    '## Reading logs',
    'With `readLogs`, or `scan --read-logs DAYS`, a scan begins with the user activity logs of the last days: of clusters, in the bucket and under the prefix or in the log group that DescribeLoggingStatus tells, and of namespaces, in their log group. From their COPY and UNLOAD statements it takes the names of buckets, which `bucket-refuses-plain-http` then judges besides those of `dataBuckets`; its message says in which statement a bucket was seen last. The assessment says over how many days logs were read. Of the statements themselves nothing is kept, and nothing is shown.',
    [
      '- A log that is refused, broken, gone, or names more than 1,000 buckets leaves a gap, and what lies in its region is unknown there: "any bucket here". Other regions are not.',
      '- A warehouse that logs no user activity gives nothing to read, which leaves no gap: that is what `cluster-user-activity-logging`, `workgroup-user-activity-logging` and the practices of audit logging fail for. It is read where logs go now, not where they went before, and of warehouses that are there.',
      '- A statement is logged before it runs, so that it may have failed, and the log has only what it was told: a statement that a client wrote into a comment in the shape of a record names a bucket that nobody used. That is one bucket too many to look at; none is hidden so. What a manifest names in its turn, and what SQL puts together while it runs, is not in the log. An alias of an access point, or a directory bucket, is unknown by itself: what it leads to is not looked for. A bucket of an account that is not looked into is unknown, with the permissions that its owner would have to give: add that account to `accounts`, or suppress the bucket.',
      '- Objects of audit logs lie under SSE-S3, so that reading them needs no key. "redoubt policy --for hunt" prints the permissions; `policy --for scan` has them as well where `readLogs` is set, and `doctor` tries them.',
    ].join('\n'),
    '## Suppressions',
    'A suppression accepts what a practice finds on one resource, named by its exact ARN, or on those that a glob describes from its first to its last character; a prefix alone covers nothing. All five members are required. A suppressed finding keeps its status, is shown and counted apart, takes no part in the exit code, and is left out of plans. From the day after `expires` the finding counts again, `suppression-expired` says so, and `scan` exits with 6 if nothing worse holds. `suppression-unused` names those that cover no open finding where the scan looked; one of a bucket only when that was looked at, since a log may name it on another day.',
    '## Settings of the practices',
    'Each has `enabled` besides: `false` switches it off, and `true` one that is off by default. A practice that is off yields no finding; `--practice` looks at it all the same.',
    ...(off.length > 0 ? [`Off by default: ${off.join(', ')}.`] : []),
    table(['member', 'default', 'meaning'], settings),
  ]
  return { path: 'docs/settings.md', text: `${text.join('\n\n')}\n` }
}

/** A member, and below it its own members or those of its items. */
function rowsOf(name: string, { type = '', description = '', items, properties }: Member): string[][] {
  const kind = items
    ? `list of ${items.properties ? 'records' : items.type}`
    : type === 'object'
      ? 'record'
      : type
  const nested = Object.entries(items?.properties ?? properties ?? {}).flatMap(([part, member]) =>
    rowsOf(items ? `${name}[].${part}` : `${name}.${part}`, member),
  )
  return [[code(name), kind, description], ...nested]
}
