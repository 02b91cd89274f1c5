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
    '## Suppressions',
    'A suppression accepts what a practice finds on one resource, named by its exact ARN, or on those that a glob describes from its first to its last character; a prefix alone covers nothing. All five members are required. A suppressed finding keeps its status, is shown and counted apart, takes no part in the exit code, and is left out of plans. From the day after `expires` the finding counts again, `suppression-expired` says so, and `scan` exits with 6 if nothing worse holds. `suppression-unused` names those that cover no open finding where the scan looked.',
    '## Settings of the practices',
    'Each has `enabled` besides: `false` switches it off, and `true` one that is off by default. A practice that is off yields no finding; `--practice` looks at it all the same.',
    ...(off.length > 0 ? [`Off by default: ${off.join(', ')}.`] : []),
    table(['member', 'default', 'meaning'], settings),
  ]
  return { path: 'docs/settings.md', text: `${text.join('\n\n')}\n` }
}

/** A member, and the members of its items below it. */
function rowsOf(name: string, { type = '', description = '', items }: Member): string[][] {
  const kind = items
    ? `list of ${items.properties ? 'records' : items.type}`
    : type === 'object'
      ? 'record'
      : type
  const nested = Object.entries(items?.properties ?? {}).flatMap(([part, member]) =>
    rowsOf(`${name}[].${part}`, member),
  )
  return [[code(name), kind, description], ...nested]
}
