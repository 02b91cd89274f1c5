// Reads the SQL that the lab's database understands: one SELECT from one system table.

import { SqlError, type Token, tokensOf } from './sql-tokens.ts'

/** A value as it is asked for. */
export type Operand =
  | { is: 'column'; name: string }
  | { is: 'value'; value: string | number | boolean | null }
  | { is: 'now' }
  | { is: 'later'; amount: number; of: Operand }
  | { is: 'call'; call: 'trim' | 'lower' | 'upper'; of: Operand }

/** A condition. */
export type Condition =
  | { is: 'and' | 'or'; parts: Condition[] }
  | { is: 'not'; part: Condition }
  | { is: 'compare'; sign: string; left: Operand; right: Operand }
  | { is: 'like'; left: Operand; pattern: Operand; ignoresCase: boolean }
  | { is: 'in'; left: Operand; values: Operand[] }
  | { is: 'null'; left: Operand }

/** A SELECT; no columns means all. */
export type Select = {
  columns: { name: string; label: string }[]
  isCount: string | undefined
  table: string
  where: Condition | undefined
  orderBy: { name: string; isDown: boolean }[]
  limit: number | undefined
}

const able =
  'The lab reads SELECT columns, * or count(*) FROM one system table WHERE … ORDER BY … LIMIT … and nothing else.'

/** Reads a statement. Throws what the database would say, or what the lab cannot do. */
export function readSelect(sql: string, parameters: ReadonlyMap<string, string>): Select {
  const reader = readerOf(tokensOf(sql, parameters))
  const select = reader.select()
  reader.end()
  return select
}

// What is no other name for a table, although the lab reads only three of them.
const afterTable = [
  ...['where', 'order', 'limit', 'group', 'having', 'union', 'join', 'inner', 'left', 'right', 'full'],
  ...['cross', 'natural', 'on', 'offset', 'except', 'intersect'],
]

const units: Record<string, number> = {
  ...{ second: 1e3, seconds: 1e3, minute: 6e4, minutes: 6e4, hour: 36e5, hours: 36e5 },
  ...{ day: 864e5, days: 864e5, week: 6048e5, weeks: 6048e5 },
}

// A cursor over the pieces. It never leaves this file.
function readerOf(tokens: Token[]) {
  let at = 0

  function select(): Select {
    if (!takes('select')) throw new SqlError(`ERROR: ${able}`)
    const { columns, isCount } = readColumns()
    demand('from')
    const first = readName()
    const table = takes('.') ? readName() : first
    if (isWord() && !afterTable.includes(peek()?.value ?? '')) {
      takes('as')
      readName()
    }
    const where = takes('where') ? readOr() : undefined
    return { columns, isCount, table, where, orderBy: readOrderBy(), limit: readLimit() }
  }

  function end(): void {
    takes(';')
    const next = peek()
    if (next) throw new SqlError(`ERROR: ${able} It stops at "${next.value}".`)
  }

  function readColumns(): Pick<Select, 'columns' | 'isCount'> {
    if (takes('*')) return { columns: [], isCount: undefined }
    if (peek()?.value === 'count' && peek(1)?.value === '(') {
      for (const piece of ['count', '(', '*', ')']) demand(piece)
      return { columns: [], isCount: takes('as') ? readName() : 'count' }
    }
    const columns = []
    do {
      const name = readColumn()
      columns.push({ name, label: takes('as') ? readName() : name })
    } while (takes(','))
    return { columns, isCount: undefined }
  }

  function readOrderBy(): Select['orderBy'] {
    if (!takes('order')) return []
    demand('by')
    const keys = []
    do {
      const name = readColumn()
      const isDown = takes('desc')
      if (!isDown) takes('asc')
      keys.push({ name, isDown })
    } while (takes(','))
    return keys
  }

  function readLimit(): number | undefined {
    return takes('limit') ? Number(readNext('number')) : undefined
  }

  function readOr(): Condition {
    const parts = [readAnd()]
    while (takes('or')) parts.push(readAnd())
    return parts.length === 1 && parts[0] ? parts[0] : { is: 'or', parts }
  }

  function readAnd(): Condition {
    const parts = [readNot()]
    while (takes('and')) parts.push(readNot())
    return parts.length === 1 && parts[0] ? parts[0] : { is: 'and', parts }
  }

  function readNot(): Condition {
    if (takes('not')) return { is: 'not', part: readNot() }
    if (takes('(')) {
      const inside = readOr()
      demand(')')
      return inside
    }
    return readComparison()
  }

  function readComparison(): Condition {
    const left = readOperand()
    if (takes('is')) {
      const isNot = takes('not')
      demand('null')
      return negated({ is: 'null', left }, isNot)
    }
    const isNot = takes('not')
    if (takes('between')) {
      const from = readOperand()
      demand('and')
      const to = readOperand()
      const parts: Condition[] = [
        { is: 'compare', sign: '>=', left, right: from },
        { is: 'compare', sign: '<=', left, right: to },
      ]
      return negated({ is: 'and', parts }, isNot)
    }
    if (takes('in')) return negated({ is: 'in', left, values: readList() }, isNot)
    const ignoresCase = takes('ilike')
    if (ignoresCase || takes('like'))
      return negated({ is: 'like', left, pattern: readOperand(), ignoresCase }, isNot)
    const sign = readNext('sign')
    if (isNot || !['=', '<>', '!=', '<', '<=', '>', '>='].includes(sign))
      throw new SqlError(`ERROR: syntax error at or near "${sign}"`)
    return { is: 'compare', sign, left, right: readOperand() }
  }

  function readList(): Operand[] {
    demand('(')
    const values = []
    do values.push(readOperand())
    while (takes(','))
    demand(')')
    return values
  }

  function readOperand(): Operand {
    const operand = readPlain()
    if (takes('::')) readName()
    return operand
  }

  function readPlain(): Operand {
    const token = peek()
    if (token?.kind === 'text') return { is: 'value', value: readNext('text') }
    if (takes('-')) return { is: 'value', value: -Number(readNext('number')) }
    if (token?.kind === 'number') return { is: 'value', value: Number(readNext('number')) }
    if (takes('null')) return { is: 'value', value: null }
    if (takes('true')) return { is: 'value', value: true }
    if (takes('false')) return { is: 'value', value: false }
    if (takes('sysdate') || takes('current_timestamp')) return { is: 'now' }
    if (token?.value === 'timestamp' && peek(1)?.kind === 'text') {
      at += 1
      return { is: 'value', value: readNext('text') }
    }
    return peek(1)?.value === '(' ? readCall() : { is: 'column', name: readColumn() }
  }

  function readCall(): Operand {
    const name = readName()
    demand('(')
    if (name === 'getdate') {
      demand(')')
      return { is: 'now' }
    }
    if (name === 'dateadd') return readDateAdd()
    if (name !== 'trim' && name !== 'lower' && name !== 'upper')
      throw new SqlError(`ERROR: the lab does not have the function ${name}. ${able}`)
    const of = readOperand()
    demand(')')
    return { is: 'call', call: name, of }
  }

  function readDateAdd(): Operand {
    const unit = peek()?.value ?? ''
    const size = units[unit]
    if (size === undefined) throw new SqlError(`ERROR: the lab does not have the datepart ${unit}. ${able}`)
    at += 1
    demand(',')
    const isMinus = takes('-')
    const amount = Number(readNext('number')) * size * (isMinus ? -1 : 1)
    demand(',')
    const of = readOperand()
    demand(')')
    return { is: 'later', amount, of }
  }

  function readColumn(): string {
    const first = readName()
    return takes('.') ? readName() : first
  }

  function readName(): string {
    const token = tokens[at]
    if (token?.kind !== 'word' && token?.kind !== 'name') throw unexpected()
    at += 1
    return token.value
  }

  function readNext(kind: Token['kind']): string {
    const token = tokens[at]
    if (token?.kind !== kind) throw unexpected()
    at += 1
    return token.value
  }

  function takes(value: string): boolean {
    const token = peek()
    if (!token || token.value !== value || (token.kind !== 'word' && token.kind !== 'sign')) return false
    at += 1
    return true
  }

  function demand(value: string): void {
    if (!takes(value)) throw unexpected()
  }

  function isWord(): boolean {
    return peek()?.kind === 'word' || peek()?.kind === 'name'
  }

  function peek(ahead = 0): Token | undefined {
    return tokens[at + ahead]
  }

  function unexpected(): SqlError {
    const token = peek()
    if (!token) return new SqlError('ERROR: syntax error at end of input')
    return new SqlError(`ERROR: syntax error at or near "${token.value}". ${able}`)
  }

  return { select, end }
}

function negated(condition: Condition, isNot: boolean): Condition {
  return isNot ? { is: 'not', part: condition } : condition
}
