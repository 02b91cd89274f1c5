// docs/practices.md: every practice with how it is checked, told in force, fixed and undone, for clusters and serverless.

import { byCatalogue, type Requirement } from '#model/control.ts'
import { type Explanation, explanationOf, judgeExample } from '#model/explanation.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
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
    undoOf(explanation),
    steps(guide.check.cli, guide.change.cli),
    steps(guide.check.console, guide.change.console),
    controlsOf(explanation),
  ]
}

/** Told apart where an example shows a value that is set and another one that runs. */
function inForceOf(practice: AnyPractice): string {
  const { pass, fail, manual = {} } = practice.examples
  const verdicts = Object.values<Example>({ ...pass, ...fail, ...manual }).map((example) =>
    judgeExample(practice, example, exampleNow),
  )
  const differs = verdicts.some(
    ({ configured, inForce }) =>
      configured !== undefined && JSON.stringify(configured.value) !== JSON.stringify(inForce?.value),
  )
  if (differs) return 'told apart from what is configured'
  return verdicts.some(({ inForce }) => inForce !== undefined)
    ? 'does not apply, because a change is in force at once'
    : 'does not apply, because it is a fact and no setting'
}

function undoOf({ remediation }: Explanation): string {
  if (!remediation) return 'does not apply, because a person decides'
  const { undoPermissions } = remediation
  return undoPermissions.length > 0 ? undoPermissions.map(code).join(', ') : 'cannot be undone'
}

function controlsOf({ controls: own }: Explanation): string {
  if (own.length === 0) return 'none, because no catalogue asks for it'
  return byCatalogue(own)
    .map(([catalogue, requirements]) => `${catalogue}: ${requirements.map(titled).join(', ')}`)
    .join('<br>')
}

function titled({ id, title }: Requirement): string {
  return title ? `<span title="${title}">${code(id)}</span>` : code(id)
}
