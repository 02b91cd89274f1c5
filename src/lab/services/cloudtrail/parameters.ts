// What an event shows of an input or an answer: names in lower camel case, secrets hidden, moments as texts.

import { iso } from '#kit/time.ts'
import { type Style, styleOf } from './casing.ts'

type Shown = string | number | boolean | null | Shown[] | { [name: string]: Shown }

/** An input as an event shows it; undefined where nothing was said. */
export function shownInput(service: string, input: object): Record<string, unknown> | undefined {
  const shown = shownObject(input, styleOf(service))
  return Object.keys(shown).length > 0 ? shown : undefined
}

/** An answer as an event shows it. */
export function shownOutput(service: string, output: object): Record<string, unknown> | undefined {
  const style = styleOf(service)
  const inside = style.unwraps ? unwrapped(output) : output
  const shown = shownObject(inside, style)
  return Object.keys(shown).length > 0 ? shown : undefined
}

function unwrapped(output: object): object {
  const entries = Object.values(output).filter((value) => value !== undefined)
  const [only] = entries
  return entries.length === 1 && isRecord(only) ? only : output
}

function isRecord(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !ArrayBuffer.isView(value)
  )
}

function shownObject(value: object, style: Style): { [name: string]: Shown } {
  const shown: { [name: string]: Shown } = {}
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || name === '$metadata') continue
    const lower = name.charAt(0).toLowerCase() + name.slice(1)
    const hidden = style.hidden?.[lower]
    if (hidden === null) continue
    // A bucket's policy is shown as the document it is.
    if (lower === 'policy' && style.members?.policy) shown[style.members.policy] = document(member)
    else shown[style.members?.[lower] ?? lower] = hidden ?? shownValue(member, style)
  }
  return shown
}

function document(text: unknown): Shown {
  try {
    return JSON.parse(String(text)) as Shown
  } catch {
    return String(text)
  }
}

function shownValue(value: unknown, style: Style): Shown {
  if (value instanceof Date) return shownDate(value, style)
  // Bytes are never shown.
  if (ArrayBuffer.isView(value)) return null
  if (Array.isArray(value)) {
    const items = value.map((item) => shownValue(item, style))
    return style.items ? { items } : items
  }
  if (typeof value === 'object' && value !== null) return shownObject(value, style)
  return value as Shown
}

/** A moment: `Mar 13, 2018 4:49:17 AM` for Redshift, with another comma for most, ISO 8601 for the rest. */
function shownDate(at: Date, { dates = 'locale-comma' }: Style): string {
  if (dates === 'iso') return iso(at)
  const comma = dates === 'locale' ? '' : ','
  const hours = at.getUTCHours()
  const clock = [hours % 12 || 12, two(at.getUTCMinutes()), two(at.getUTCSeconds())].join(':')
  const date = `${months[at.getUTCMonth()]} ${at.getUTCDate()}, ${at.getUTCFullYear()}`
  return `${date}${comma} ${clock} ${hours < 12 ? 'AM' : 'PM'}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function two(value: number): string {
  return String(value).padStart(2, '0')
}
