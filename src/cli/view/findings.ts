// Findings as rows of one table, each with its sentence below.

import { harmless } from '#kit/text.ts'
import type { Finding } from '#model/finding.ts'
import { suppressedWords } from '#model/suppression.ts'
import { indented, type Look } from './page.ts'
import { type Cell, tableRows } from './table.ts'
import { sentence, severityCell, stateCell, statusCell } from './words.ts'

const titles = ['status', 'severity', 'practice', 'configured', 'in force', 'observed']

/** The lines of the head, and those of each finding. */
export function findingRows(
  findings: readonly Finding[],
  look: Look,
): { head: string[]; rows: ReadonlyMap<Finding, string[]> } {
  const narrow = { ...look, width: look.width - 2 }
  const [head = '', ...rows] = tableRows(titles, findings.map(cellsOf), narrow)
  return {
    head: indent(head),
    rows: new Map(
      findings.map((finding, at) => [finding, [...indent(rows[at] ?? ''), ...saidOf(finding, look)]]),
    ),
  }
}

function cellsOf({ status, severity, practice, configured, inForce, observed }: Finding): Cell[] {
  return [
    statusCell(status),
    severityCell(severity),
    { text: harmless(practice), role: 'name' },
    stateCell(configured),
    stateCell(inForce),
    stateCell(observed),
  ]
}

function saidOf({ message, suppression }: Finding, look: Look): string[] {
  const accepted = suppression ? ` It is ${suppressedWords(suppression)}.` : ''
  return indented(`${sentence(message)}${accepted}`, look, '    ')
}

function indent(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `  ${line}`)
}
