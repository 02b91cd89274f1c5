// The first redoubt.yaml, from what a scan saw: what is certain stands there, what a person must decide is a comment.

import { counted, harmless } from '#kit/text.ts'
import type { Manifest } from '#model/inventory.ts'
import { Problem } from '#model/problem.ts'
import { readText, writeWhole } from '#store/folder.ts'
import { newest } from './plans.ts'
import { type Seen, seenIn } from './seen.ts'
import type { Workspace } from './workspace.ts'

export type InitOptions = {
  /** Where to write. */
  file: string
  /** Replace a file that is there. */
  force: boolean
  /** Where the JSON Schema of settings lies, as an editor is to find it. */
  schema: string
}

/** Writes the first settings from the newest inventory. Throws a Problem when a file is there, or nothing was scanned. */
export async function init(workspace: Workspace, { file, force, schema }: InitOptions): Promise<void> {
  if (!force && (await readText(file)) !== undefined) {
    const todo = 'Edit it, or pass --force to replace it.'
    throw new Problem('usage', `${harmless(file)} exists already.`, todo)
  }
  const { inventory } = await newest(workspace)
  const seen = await seenIn(inventory)
  await writeWhole(file, firstSettings(inventory.manifest, seen, workspace.settings.accounts, schema))
}

/** The text of the file. */
function firstSettings(
  manifest: Manifest,
  { regions, sharedWith, tags, taggable, keys, dataBuckets }: Seen,
  accounts: Workspace['settings']['accounts'],
  schema: string,
): string {
  const { partition = 'aws', account = '111122223333' } = manifest.shards[0] ?? {}
  const where = `${counted(manifest.accounts.length, 'account')} and ${counted(manifest.regions.length, 'region')}`
  const blocks = [
    [
      `# yaml-language-server: $schema=${schema}`,
      `# Settings of Redoubt, from the scan of ${manifest.madeAt} over ${where}.`,
      '# What stands here without a # is in force. Lines with a # are candidates: take it away where you agree.',
    ],
    [
      '# Regions where data was seen; scan looks there when no --region is given, whatever AWS_REGION says.',
      ...list('regions', regions.map(quoted)),
    ],
    [
      '# Other accounts to look into, each through a role.',
      ...(accounts.length > 0
        ? ['accounts:', ...accounts.flatMap(accountLines)]
        : candidates('accounts', [`role: arn:${partition}:iam::444455556666:role/redoubt-scan`])),
    ],
    [
      '# Accounts that may restore snapshots. The scan saw data shared with these; trust whom you know.',
      ...candidates(
        'trustedAccounts',
        [...sharedWith].sort().map(([account, { count, example }]) => {
          const more = count > 1 ? ` and ${count - 1} more` : ''
          return `${quoted(account)} # ${harmless(example)}${more}`
        }),
      ),
    ],
    [
      '# Regions where data and its copies may lie. Without it, only the region of the data itself.',
      ...candidates('allowedRegions', regions.map(quoted)),
    ],
    [
      '# Tags that every resource must carry. The scan saw these.',
      ...candidates(
        'requiredTags',
        [...tags]
          .sort()
          .map(([tag, count]) => `${quoted(tag)} # on ${count} of ${counted(taggable, 'resource')}`),
      ),
    ],
    [
      '# Buckets that COPY and UNLOAD move data through: they are looked at besides those of audit logs.',
      ...candidates(
        'dataBuckets',
        [...dataBuckets].sort().map(([bucket, because]) => `${quoted(bucket)} # ${harmless(because)}`),
      ),
    ],
    [
      '# Read the user activity logs of the last days: the buckets that COPY and UNLOAD name there are looked at as well.',
      '# readLogs: { days: 1 }',
    ],
    [
      '# The customer-managed key to use in each region for new encryption. The scan saw these in use.',
      ...candidateKeys(keys),
    ],
    [
      '# Settings of single practices; "redoubt explain PRACTICE" lists them.',
      '# practices:',
      '#   cluster-automated-snapshots:',
      '#     days: 14',
    ],
    [
      '# Findings that are accepted, each with a reason, an owner and a last day.',
      '# suppressions:',
      '#   - practice: cluster-encrypted',
      `#     resource: arn:${partition}:redshift:${regions[0] ?? manifest.regions[0] ?? 'eu-central-1'}:${account}:cluster:scratch`,
      '#     reason: holds test data only',
      '#     owner: data platform team',
      '#     expires: 2027-03-31',
    ],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function list(name: string, items: readonly string[]): string[] {
  return items.length > 0 ? [`${name}:`, ...items.map((item) => `  - ${item}`)] : [`${name}: []`]
}

/** A member that a person is to take the # from, or an empty one where nothing was seen. */
function candidates(name: string, items: readonly string[]): string[] {
  return list(name, items).map((line) => `# ${line}`)
}

function candidateKeys(keys: Seen['keys']): string[] {
  if (keys.size === 0) return ['# keys: {}']
  const lines = [...keys].sort().flatMap(([region, arns]) => {
    const [first = '', ...others] = arns
    // A region has one key here: the others are named beside it.
    return [`  ${region}: ${first}`, ...others.map((arn) => `  # or ${arn}`)]
  })
  return ['keys:', ...lines].map((line) => `# ${line}`)
}

function accountLines({ role, externalId }: Workspace['settings']['accounts'][number]): string[] {
  return [`  - role: ${quoted(role)}`, ...(externalId ? [`    externalId: ${quoted(externalId)}`] : [])]
}

/** A word as YAML takes it for text, whatever it looks like; those of older YAML that mean true or false too. */
function quoted(text: string): string {
  return /^[a-z][\w./-]*$/i.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(harmless(text))
}
