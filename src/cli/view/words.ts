// The few words and signs that all views share: a status is always a sign and a word, never only a colour.

import { counted, harmless } from '#kit/text.ts'
import type { State, Status } from '#model/finding.ts'
import type { Json } from '#model/plain.ts'
import type { Severity } from '#model/severity.ts'
import type { Role } from './paint.ts'
import type { Cell } from './table.ts'

const signs: Record<Status, string> = { fail: '✗', unknown: '?', manual: '!', pass: '✓' }
const statusRoles: Record<Status, Role> = { fail: 'bad', unknown: 'warn', manual: 'warn', pass: 'good' }
const severityRoles: Record<Severity, Role> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'dim',
  informational: 'dim',
}

/** `✗ fail`, or `✗ 3 fail`. */
export function statusCell(status: Status, count?: number): { text: string; role: Role } {
  const words = count === undefined ? status : `${count} ${status}`
  return { text: `${signs[status]} ${words}`, role: statusRoles[status] }
}

export function severityCell(severity: Severity): { text: string; role: Role } {
  return { text: severity, role: severityRoles[severity] }
}

/** The value of a state, or a dash where nothing tells. */
export function stateCell(state: State | null): Cell {
  return state === null ? '–' : spokenMoment(spokenValue(state.value))
}

/** `2026-11-22T11:02:28.522Z` → `2026-11-22 11:02 UTC`, which can be read, and wrapped. */
function spokenMoment(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(\.\d+)?Z$/, '$1 $2 UTC')
}

/** A fact as people write it. */
export function spokenValue(value: Json): string {
  if (value === null) return '–'
  if (Array.isArray(value)) return value.length > 0 ? value.map(spokenValue).join(', ') : 'none'
  if (typeof value === 'object')
    return Object.keys(value).length > 0 ? harmless(JSON.stringify(value)) : 'none'
  return harmless(String(value)) || '(empty)'
}

/** `accepts connections` → `It accepts connections.` */
export function sentence(message: string): string {
  const text = `It ${harmless(message)}`
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** A word for a POSIX shell, quoted when it needs to be. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** `the last day`, or `the last 9 days`. */
export function lastDays(days: number): string {
  return days === 1 ? 'the last day' : `the last ${counted(days, 'day')}`
}
