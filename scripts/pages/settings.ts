// docs/settings.md: what may stand in redoubt.yaml, from the schema that reads it and the practices' own numbers.

import { parse } from 'yaml'
import { z } from 'zod'
import { settingsSchema } from '#app/settings-schema.ts'
import type { AnyPractice, Setting } from '#model/practice.ts'
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
accounts:
  - role: arn:aws:iam::444455556666:role/redoubt-scan
practices:
  cluster-automated-snapshots:
    days: 14`

/** The page of settings. Throws when its example is not what the schema reads. */
export async function settingsPage(): Promise<Page> {
  settingsSchema.parse(parse(example))
  const { properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input' }) as Member
  const { practices: _, ...general } = properties
  const practices = await loadShelf<AnyPractice>('src/practices')
  const numbers = practices.flatMap(({ id, settings = {} }) =>
    Object.entries<Setting>(settings).map(([name, { default: value, unit, about }]) => [
      code(`practices.${id}.${name}`),
      `${value} ${unit}`,
      about,
    ]),
  )
  const text = [
    '# Settings',
    generatedNotice,
    'Redoubt needs no settings. What it should know of your own decisions stands in `redoubt.yaml` in the current folder, or in the file that `--settings` names. A member that is misspelt is refused, with its line and column. Flags win over the environment, the environment over this file.',
    ['```yaml', example, '```'].join('\n'),
    table(
      ['member', 'a', 'meaning'],
      Object.entries(general).flatMap(([name, member]) => rowsOf(name, member)),
    ),
    '## Numbers of the practices',
    table(['member', 'default', 'meaning'], numbers),
  ]
  return { path: 'docs/settings.md', text: `${text.join('\n\n')}\n` }
}

/** A member, and the members of its items below it. */
function rowsOf(name: string, { type = '', description = '', items }: Member): string[][] {
  const kind = items ? `list of ${items.properties ? 'records' : items.type}` : type
  const nested = Object.entries(items?.properties ?? {}).flatMap(([part, member]) =>
    rowsOf(`${name}[].${part}`, member),
  )
  return [[code(name), kind, description], ...nested]
}
