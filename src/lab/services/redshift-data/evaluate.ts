// Whether a row meets a condition, and which window of time a condition leaves.

import type { Condition, Operand } from './sql.ts'
import { SqlError } from './sql-tokens.ts'
import type { Column, Value } from './table.ts'

/** What a condition is asked about: the columns of a table, and the moment of the statement. */
export type Asked = { columns: ReadonlyMap<string, { column: Column; index: number }>; now: number }

type Typed = { value: Value; isMoment: boolean }

/** Whether a row meets a condition; a comparison with nothing is never met, nor is its opposite. */
export function meets(condition: Condition, row: readonly Value[], asked: Asked): boolean {
  return truth(condition, row, asked) === true
}

function truth(condition: Condition, row: readonly Value[], asked: Asked): boolean | null {
  switch (condition.is) {
    case 'and':
    case 'or': {
      const parts = condition.parts.map((part) => truth(part, row, asked))
      const decisive = condition.is === 'or'
      return parts.includes(decisive) ? decisive : parts.includes(null) ? null : !decisive
    }
    case 'not': {
      const inside = truth(condition.part, row, asked)
      return inside === null ? null : !inside
    }
    case 'null':
      return operandOf(condition.left, row, asked).value === null
    case 'in': {
      const left = operandOf(condition.left, row, asked)
      const each = condition.values.map((value) => compare('=', left, operandOf(value, row, asked)))
      return each.includes(true) ? true : each.includes(null) ? null : false
    }
    case 'like': {
      const { value } = operandOf(condition.left, row, asked)
      const { value: pattern } = operandOf(condition.pattern, row, asked)
      if (value === null || pattern === null) return null
      return likeness(String(pattern), condition.ignoresCase).test(String(value))
    }
    default:
      return compare(
        condition.sign,
        operandOf(condition.left, row, asked),
        operandOf(condition.right, row, asked),
      )
  }
}

/** The pattern of LIKE as an expression: `%` any text, `_` any character, a backslash takes the next as it is. */
export function likeness(pattern: string, ignoresCase = false): RegExp {
  const source = pattern.replaceAll(/\\(.)|[%_]|[^%_\\]+|\\$/g, (piece, escaped: string | undefined) => {
    if (escaped !== undefined) return plain(escaped)
    return piece === '%' ? '[\\s\\S]*' : piece === '_' ? '[\\s\\S]' : plain(piece)
  })
  return new RegExp(`^${source}$`, ignoresCase ? 'i' : '')
}

function plain(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}

function operandOf(operand: Operand, row: readonly Value[], asked: Asked): Typed {
  switch (operand.is) {
    case 'column': {
      const found = asked.columns.get(operand.name)
      if (!found) throw new SqlError(`ERROR: column "${operand.name}" does not exist`)
      return { value: row[found.index] ?? null, isMoment: found.column.type === 'timestamp' }
    }
    case 'value':
      return { value: operand.value, isMoment: false }
    case 'now':
      return { value: asked.now, isMoment: true }
    case 'later': {
      const { value } = moment(operandOf(operand.of, row, asked))
      return { value: value === null ? null : Number(value) + operand.amount, isMoment: true }
    }
    default: {
      const { value } = operandOf(operand.of, row, asked)
      if (value === null) return { value, isMoment: false }
      const text = String(value)
      const changed = { trim: text.trim(), lower: text.toLowerCase(), upper: text.toUpperCase() }
      return { value: changed[operand.call], isMoment: false }
    }
  }
}

function moment({ value, isMoment }: Typed): Typed {
  if (isMoment || value === null) return { value, isMoment: true }
  const text = String(value).trim()
  const iso = /^\d{4}-\d\d-\d\d$/.test(text)
    ? `${text}T00:00:00Z`
    : `${text.replace(' ', 'T').replace(/Z?$/, 'Z')}`
  const at = Date.parse(iso)
  if (Number.isNaN(at)) throw new SqlError(`ERROR: invalid input syntax for type timestamp: "${text}"`)
  return { value: at, isMoment: true }
}

function compare(sign: string, left: Typed, right: Typed): boolean | null {
  const isMoment = left.isMoment || right.isMoment
  const a = isMoment ? moment(left).value : left.value
  const other = isMoment ? moment(right).value : right.value
  if (a === null || other === null) return null
  const b = typeof a === 'number' && typeof other === 'string' ? Number(other) : other
  const [one, two] = typeof a === typeof b ? [a, b] : [String(a), String(b)]
  if (sign === '=') return one === two
  if (sign === '<>' || sign === '!=') return one !== two
  return sign.startsWith('<')
    ? one < two || (sign === '<=' && one === two)
    : one > two || (sign === '>=' && one === two)
}

/** The part of a window that a condition leaves: what is asked about one hour is made of one hour. */
export function narrowed(
  condition: Condition | undefined,
  time: string,
  window: { from: number; to: number },
  asked: Asked,
): { from: number; to: number } {
  if (condition?.is === 'and')
    return condition.parts.reduce((left, part) => narrowed(part, time, left, asked), window)
  if (condition?.is !== 'compare' || condition.left.is !== 'column' || condition.left.name !== time)
    return window
  if (condition.right.is === 'column') return window
  const at = moment(operandOf(condition.right, [], asked)).value
  if (typeof at !== 'number') return window
  const { from, to } = window
  if (condition.sign === '=') return { from: Math.max(from, at), to: Math.min(to, at + 1) }
  if (condition.sign.startsWith('>')) return { from: Math.max(from, at), to }
  return condition.sign.startsWith('<') && condition.sign !== '<>'
    ? { from, to: Math.min(to, at + 1) }
    : window
}
