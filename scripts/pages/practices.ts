// docs/practices/<id>.md: each practice as a page, and the list of them all.

import { byCatalogue } from '#model/control.ts'
import { type Explanation, explanationOf } from '#model/explanation.ts'
import { type AnyPractice, spokenDefault } from '#model/practice.ts'
import { nounOf } from '#model/resource.ts'
import { exampleNow } from '#practices/examples.ts'
import { loadShelf } from '../shelf.ts'
import type { Page } from './indexes.ts'
import { bullets, code, generatedNotice, shell, table } from './markdown.ts'

/** A page for each practice, and the list. */
export async function practicePages(): Promise<Page[]> {
  const practices = await loadShelf<AnyPractice>('src/practices')
  const explanations = practices.map((practice) => explanationOf(practice, exampleNow))
  return [list(explanations), ...explanations.map(practicePage)]
}

function list(explanations: readonly Explanation[]): Page {
  const rows = explanations.map(({ id, title, severity, resource, remediation }) => [
    `[${id}](${id}.md)`,
    title,
    severity,
    nounOf(resource),
    remediation ? remediation.impact : 'by hand',
  ])
  const text = [
    '# Practices',
    generatedNotice,
    'What Redoubt judges. A fix is planned, applied, verified and undone; its impact is the worst that any of its steps does.',
    table(['practice', 'wanted state', 'severity', 'judges every', 'fix'], rows),
  ]
  return { path: 'docs/practices/README.md', text: `${text.join('\n\n')}\n` }
}

function practicePage(explanation: Explanation): Page {
  const { id, title, severity, resource, why, whenNotTo, reads, guide, references } = explanation
  const text = [
    `# ${title}`,
    generatedNotice,
    `${code(id)} · ${severity} · judges every ${nounOf(resource)} · \`redoubt explain ${id}\` says the same offline`,
    '## Why',
    why,
    '## When not to',
    whenNotTo,
    ...offSection(explanation),
    '## What is read',
    bullets(reads.map(code)),
    ...settingsSection(explanation),
    '## Check it yourself',
    shell(guide.check.cli),
    numbered(guide.check.console),
    '## Change it yourself',
    shell(guide.change.cli),
    numbered(guide.change.console),
    `Source: <${guide.source}>, read on ${guide.readOn}.`,
    '## What Redoubt can do',
    ...remediationSection(explanation),
    '## Examples',
    'Each is a test: the situation is judged, and the answer must be this one.',
    examplesTable(explanation),
    '## Answers to',
    controlList(explanation),
    '## Read more',
    bullets(references.map((reference) => `<${reference}>`)),
  ]
  return { path: `docs/practices/${id}.md`, text: `${text.join('\n\n')}\n` }
}

function offSection({ id, enabledByDefault }: Explanation): string[] {
  if (enabledByDefault) return []
  const how = `Not everybody wants it: ${code(`practices: { ${id}: { enabled: true } }`)} in redoubt.yaml switches it on, or ${code(`--practice ${id}`)} for once.`
  return ['## Off by default', how]
}

function settingsSection({ id, settings }: Explanation): string[] {
  const rows = Object.entries(settings).map(([name, setting]) => [
    code(`practices.${id}.${name}`),
    spokenDefault(setting),
    setting.about,
  ])
  return rows.length > 0 ? ['## Settings', table(['in redoubt.yaml', 'default', 'meaning'], rows)] : []
}

function remediationSection({ id, remediation }: Explanation): string[] {
  if (!remediation) return ['Nothing by itself: only a person can decide this. The steps above say how.']
  const { summary, impact, later, permissions, undoPermissions } = remediation
  return [
    summary,
    bullets([
      `impact: ${impact}`,
      ...(later ? [`the finding closes later: ${later}`] : []),
      `permissions to apply: ${permissions.map(code).join(', ')}`,
      `permissions to undo: ${undoPermissions.map(code).join(', ') || 'it cannot be undone'}`,
    ]),
    shell([`redoubt plan --practice ${id}`]),
  ]
}

function examplesTable({ examples }: Explanation): string {
  return table(
    ['situation', 'status', 'reason', 'it …'],
    examples.map(({ situation, status, reason, message }) => [situation, status, code(reason), message]),
  )
}

function controlList({ controls: own }: Explanation): string {
  if (own.length === 0) return 'No control of another catalogue that is known here.'
  return bullets(
    byCatalogue(own).map(([catalogue, requirements]) => {
      const ids = requirements.map(({ id, title }) => (title ? `${code(id)} (${title})` : code(id)))
      return `${catalogue}: ${ids.join(', ')}`
    }),
  )
}

function numbered(steps: readonly string[]): string {
  return steps.map((step, at) => `${at + 1}. ${step}`).join('\n')
}
