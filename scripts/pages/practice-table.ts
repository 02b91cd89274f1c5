// docs/practices.md: every practice with how it is checked, told in force, fixed and undone, for clusters and serverless.

import { byCatalogue, type Requirement } from '#model/control.ts'
import { draftsOf, type Explanation, explanationOf, judgeExample } from '#model/explanation.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
import type { ClusterFacts } from '#model/resource.ts'
import { exampleNow } from '#practices/examples.ts'
import { loadShelf } from '../shelf.ts'
import { kindsOfWarehouse } from './counterparts.ts'
import type { Page } from './indexes.ts'
import { code, generatedNotice, table } from './markdown.ts'

/** The page. */
export async function practiceTable(): Promise<Page> {
  const practices = await loadShelf<AnyPractice>('src/practices')
  const ids = new Set(practices.map(({ id }) => id))
  const rows = practices.map((practice) => rowOf(practice, explanationOf(practice, exampleNow), ids))
  const text = [
    '# Every practice at a glance',
    generatedNotice,
    'What each practice checks, whether it tells what is configured from what is in force, where its counterpart for the other kind of warehouse is, and how it is mended and taken back. The steps by hand, as AWS CLI lines and as console paths, and the examples are on its own page.',
    table(
      [
        'practice',
        'check',
        'in force',
        'provisioned',
        'serverless',
        'fix',
        'undo',
        'CLI steps',
        'console steps',
        'controls',
      ],
      rows,
    ),
  ]
  return { path: 'docs/practices.md', text: `${text.join('\n\n')}\n` }
}

function rowOf(practice: AnyPractice, explanation: Explanation, ids: ReadonlySet<string>): string[] {
  const { id, title, guide, remediation } = explanation
  const { provisioned, serverless } = kindsOfWarehouse(id, ids)
  const steps = (check: readonly string[], change: readonly string[]) =>
    `[${check.length} to check, ${change.length} to change](practices/${id}.md#check-it-yourself)`
  return [
    `[${id}](practices/${id}.md)`,
    title,
    inForceOf(practice),
    provisioned,
    serverless,
    remediation ? `${remediation.summary} Impact: ${remediation.impact}.` : 'a person decides',
    undoOf(practice, explanation),
    steps(guide.check.cli, guide.change.cli),
    steps(guide.check.console, guide.change.console),
    controlsOf(explanation),
  ]
}

/** Told apart where an example shows a value that is set and another one that runs, or would if a change were pending. */
function inForceOf(practice: AnyPractice): string {
  const { pass, fail, manual = {} } = practice.examples
  const examples = Object.values<Example>({ ...pass, ...fail, ...manual })
  const verdicts = examples.map((example) => judgeExample(practice, example, exampleNow))
  const pending = practice.resource === 'redshift:cluster' ? examples.map(withPending) : []
  const differs = [
    ...verdicts,
    ...pending.map((example) => judgeExample(practice, example, exampleNow)),
  ].some(
    ({ configured, inForce }) =>
      configured !== undefined && JSON.stringify(configured.value) !== JSON.stringify(inForce?.value),
  )
  if (differs) return 'told apart from what is configured'
  return verdicts.some(({ inForce }) => inForce !== undefined)
    ? 'does not apply, because a change is in force at once'
    : 'does not apply, because it is a fact and no setting'
}

/** A cluster with other values that wait: https://docs.aws.amazon.com/redshift/latest/APIReference/API_PendingModifiedValues.html */
function withPending(example: Example): Example {
  const facts = example.facts as ClusterFacts
  const PendingModifiedValues = {
    AutomatedSnapshotRetentionPeriod: (facts.AutomatedSnapshotRetentionPeriod ?? 1) + 1,
    EnhancedVpcRouting: !facts.EnhancedVpcRouting,
    PubliclyAccessible: !facts.PubliclyAccessible,
  }
  return { ...example, facts: { ...facts, PendingModifiedValues } } as Example
}

/** The permissions that the way back takes, what it does, and how far it leads. */
function undoOf(practice: AnyPractice, { remediation }: Explanation): string {
  if (!remediation) return 'does not apply, because a person decides'
  const { impact, undoPermissions } = remediation
  if (undoPermissions.length === 0) return 'cannot be undone'
  const undos = draftsOf(practice, exampleNow).flatMap((draft) => ('call' in draft ? [draft.undo] : []))
  const ways = undos.flatMap((undo) => ('call' in undo ? [undo] : []))
  const impacts = [...new Set(ways.flatMap((undo) => undo.impact ?? []))]
  const warnings = [...new Set(ways.flatMap((undo) => undo.warning ?? []))]
  const limits = impact === 'deletes data' && warnings.length === 0 ? [goneForGood] : warnings
  return [
    undoPermissions.map(code).join(', '),
    ...(impacts.length > 0 ? [`Impact: ${impacts.join(', ')}.`] : []),
    ...(limits.length > 0 ? [`But ${limits.join('; ')}.`] : []),
  ].join(' ')
}

const goneForGood = 'what was deleted meanwhile does not come back'

function controlsOf({ controls: own }: Explanation): string {
  if (own.length === 0) return 'none, because no mapping with a source is known'
  return byCatalogue(own)
    .map(([catalogue, requirements]) => `${catalogue}: ${requirements.map(titled).join(', ')}`)
    .join('<br>')
}

function titled({ id, title }: Requirement): string {
  return title ? `<span title="${title}">${code(id)}</span>` : code(id)
}
