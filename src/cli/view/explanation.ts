// How a person reads about a practice.

import { harmless } from '#kit/text.ts'
import { byCatalogue } from '#model/control.ts'
import type { Explanation } from '#model/explanation.ts'
import { type Guide, type Setting, spokenDefault } from '#model/practice.ts'
import { nounOf } from '#model/resource.ts'
import { type Look, lines, section, verbatim } from './page.ts'
import { table } from './table.ts'

/** All practices, one a line. */
export function viewPracticeList(list: readonly { id: string; title: string }[], look: Look): string {
  const rows = list.map(({ id, title }) => [{ text: id, role: 'name' as const }, title])
  return `${table(['practice', 'wanted state'], rows, look)}\n\nNext: ${look.line('explain <practice>')}`
}

/** One practice, whole. */
export function viewExplanation(explanation: Explanation, look: Look): string {
  const { id, title, severity, resource, why, whenNotTo, reads, guide, examples } = explanation
  return lines([
    look.paint('strong', title),
    look.paint('dim', `${id} · ${severity} · judges every ${nounOf(resource)}`),
    section('Why', [why], look),
    section('When not to', [whenNotTo], look),
    ...(explanation.enabledByDefault ? [] : [offSection(id, look)]),
    verbatim('What is read', reads, look),
    ...settingsSection(explanation.settings, look),
    ...guideSections(guide, look),
    section('What Redoubt can do', remediationLines(explanation), look),
    ...(explanation.remediation
      ? [verbatim('Next', [look.line(`plan --practice ${harmless(id)}`)], look)]
      : []),
    section(
      'Examples',
      examples.map(
        ({ situation, status, reason, message }) => `- ${situation}: ${status} (${reason}), it ${message}`,
      ),
      look,
    ),
    ...controlsSection(explanation.controls, look),
    verbatim('Read more', explanation.references, look),
  ])
}

function offSection(id: string, look: Look): string {
  const how = `practices: { ${id}: { enabled: true } } in redoubt.yaml switches it on, or --practice ${id} for once.`
  return section('Off by default', [how], look)
}

function settingsSection(settings: Record<string, Setting>, look: Look): string[] {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const { least, most, about } = setting
    const bounds = most === undefined ? '' : `, ${least} to ${most} are taken`
    return `${name}: ${spokenDefault(setting)}${bounds}. ${about}`
  })
  return rows.length > 0 ? [section('Settings (redoubt.yaml)', rows, look)] : []
}

function guideSections({ check, change, source, readOn }: Guide, look: Look): string[] {
  const from = `Source: ${source} (read on ${readOn})`
  return [
    verbatim('Check it yourself, with the AWS CLI', check.cli, look),
    section('Check it yourself, in the console', numbered(check.console), look),
    verbatim('Change it yourself, with the AWS CLI', change.cli, look),
    section('Change it yourself, in the console', [...numbered(change.console), from], look),
  ]
}

function controlsSection(controls: readonly string[], look: Look): string[] {
  const rows = byCatalogue(controls).map(
    ([catalogue, own]) => `- ${catalogue}: ${own.map(({ id }) => id).join(', ')}`,
  )
  return rows.length > 0 ? [section('Answers to', rows, look)] : []
}

function numbered(steps: readonly string[]): string[] {
  return steps.map((step, at) => `${at + 1}. ${step}`)
}

function remediationLines({ remediation }: Explanation): string[] {
  if (!remediation) return ['Nothing: only a person can decide this. The steps above say how.']
  const { summary, impact, later, permissions, undoPermissions } = remediation
  return [
    summary,
    `Impact: ${impact}`,
    ...(later ? [`The finding closes later: ${later}`] : []),
    `Permissions to apply: ${permissions.join(', ')}`,
    `Permissions to undo: ${undoPermissions.join(', ') || 'it cannot be undone'}`,
  ]
}
