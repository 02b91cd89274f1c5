// The parts of a SQL text that tell where something stands, as Redshift reads it: what is said in literals and bodies, told
// from comments, names and the words of statements.

/**
 * A part of SQL: a `word`, of those that are looked for, in capitals; a literal, as the `text` that it says; a `body`
 * between dollars, or so much of it as there is; a `sign` of those that structure it; and for all between two of these,
 * `other`.
 */
export type Part = { kind: 'word' | 'text' | 'sign' | 'other'; value: string } | Body
export type Body = { kind: 'body'; value: string; isOpen: boolean }

/**
 * How what no source settles is read: whether a backslash in a literal escapes what follows, as in the PostgreSQL that
 * Redshift comes from, and whether comments nest. *Unverified* for Redshift: whoever may miss nothing reads in each way.
 */
export type Reading = { escapes: boolean; nests: boolean }

/** What a text ends inside of, when it ends too soon: so many comments in each other, a body up to its tag. */
export type Open =
  | { in: 'comment'; depth: number }
  | { in: 'body'; tag: string }
  | { in: 'name' }
  | { in: 'text' }
  | undefined

/** True for a text in which nothing ends or deepens what it begins inside of. */
export function isWithin(sql: string, open: NonNullable<Open>): boolean {
  if (open.in === 'comment') return !sql.includes('*/') && !sql.includes('/*')
  return !sql.includes(open.in === 'body' ? open.tag : open.in === 'name' ? '"' : "'")
}

/** The next part, or what hides parts. */
const next =
  /(copy|unload|from|to)(?![\w$\x80-\uffff])|(\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$)|(e')|['";()]|--|\/\*/gi

/** What a name goes on with: PostgreSQL, "Identifiers and Key Words". Bytes may stand for letters. */
const letter = /[\w$\x80-\uffff]/

/** Finds what comes next; a word, the tag of a body and E'…' do not begin within a name. */
function find(sql: string, from: number): RegExpExecArray | null {
  next.lastIndex = from
  for (;;) {
    const found = next.exec(sql)
    if (!found || found.index === from) return found
    const [, word, tag, escaping] = found
    const isWithin = (word ?? tag ?? escaping) && letter.test(sql[found.index - 1] ?? '')
    if (!isWithin) return found
    next.lastIndex = found.index + 1
  }
}

/** The parts of a text, and what it ends inside of. A text that goes on from another begins inside of what that ended in. */
export function* partsOf(sql: string, { escapes, nests }: Reading, inside?: Open): Generator<Part, Open> {
  let at = 0
  if (inside?.in === 'comment') {
    const { end, depth } = endOfComment(sql, 0, inside.depth, nests)
    if (depth > 0) return { in: 'comment', depth }
    at = end
  } else if (inside?.in === 'body') {
    const end = yield* bodyAt(sql, 0, inside.tag)
    if (end === undefined) return inside
    at = end
  } else if (inside) {
    const end = endOfQuoted(sql, 0, inside.in === 'name' ? '"' : "'", false)
    if (end === undefined) return inside
    at = end
  }
  for (;;) {
    const found = find(sql, at)
    if (!found) return undefined
    const [mark, word, tag, escaping] = found
    const behind = found.index + mark.length
    if (/\S/.test(sql.slice(at, found.index))) yield { kind: 'other', value: '' }
    if (word) {
      yield { kind: 'word', value: word.toUpperCase() }
      at = behind
    } else if (tag) {
      const end = yield* bodyAt(sql, behind, tag)
      if (end === undefined) return { in: 'body', tag }
      at = end
    } else if (mark.endsWith("'")) {
      const literal = literalAt(sql, behind, escapes || escaping !== undefined)
      if (!literal) return { in: 'text' }
      yield { kind: 'text', value: literal.value }
      at = literal.end
    } else if (mark === '"') {
      const end = endOfQuoted(sql, behind, '"', false)
      if (end === undefined) return { in: 'name' }
      yield { kind: 'other', value: '' }
      at = end
    } else if (mark === '--') at = endOfLine(sql, behind)
    else if (mark === '/*') {
      const { end, depth } = endOfComment(sql, behind, 1, nests)
      if (depth > 0) return { in: 'comment', depth }
      at = end
    } else {
      yield { kind: 'sign', value: mark }
      at = behind
    }
  }
}

/** What there is of a body that goes on somewhere, and where it has ended. */
function* bodyAt(sql: string, from: number, tag: string): Generator<Body, number | undefined> {
  const end = sql.indexOf(tag, from)
  const isOpen = end < 0
  yield { kind: 'body', value: sql.slice(from, isOpen ? undefined : end), isOpen }
  return isOpen ? undefined : end + tag.length
}

/** PostgreSQL takes a carriage return for the end of a line as well (`scan.l`). */
const lineBreak = /[\n\r]/g

function endOfLine(sql: string, from: number): number {
  lineBreak.lastIndex = from
  return lineBreak.exec(sql)?.index ?? sql.length
}

/** How deep inside of comments a text still is that begins so deep in them, and where the outermost has ended. */
function endOfComment(sql: string, from: number, begun: number, nests: boolean) {
  const mark = nests ? /\/\*|\*\//g : /\*\//g
  mark.lastIndex = from
  let depth = begun
  while (depth > 0) {
    const found = mark.exec(sql)
    if (!found) break
    depth += found[0] === '/*' ? 1 : -1
  }
  return { depth, end: mark.lastIndex }
}

/** What a literal says that begins somewhere, with those that go on from it, and where it has ended. */
function literalAt(
  sql: string,
  from: number,
  isEscaping: boolean,
): { value: string; end: number } | undefined {
  let value = ''
  for (let start: number | undefined = from; ; ) {
    const end = endOfQuoted(sql, start, "'", isEscaping)
    if (end === undefined) return undefined
    const written = sql.slice(start, end - 1).replaceAll("''", "'")
    value += isEscaping && written.includes('\\') ? unescaped(written) : written
    start = continuation(sql, end)
    if (start === undefined) return { value, end }
  }
}

/** Where a quoted text has ended that begins somewhere: behind its last quote, which is not doubled and not escaped. */
function endOfQuoted(sql: string, from: number, quote: string, isEscaping: boolean): number | undefined {
  for (let at = from; ; ) {
    const end = sql.indexOf(quote, at)
    if (end < 0) return undefined
    if (isEscaping && isEscaped(sql, from, end)) at = end + 1
    else if (sql[end + 1] === quote) at = end + 2
    else return end + 1
  }
}

/** True when so many backslashes stand before it that the last one escapes it. */
function isEscaped(sql: string, from: number, at: number): boolean {
  let first = at
  while (first > from && sql[first - 1] === '\\') first--
  return (at - first) % 2 === 1
}

/** Two literals are one where a line break, and nothing but blanks and comments of a line besides, stands between them. */
function continuation(sql: string, from: number): number | undefined {
  let hasBreak = false
  for (let at = from; ; ) {
    if (sql.startsWith('--', at)) at = endOfLine(sql, at)
    const sign = sql[at]
    if (sign === "'" && hasBreak) return at + 1
    if (sign === undefined || !/\s/.test(sign)) return undefined
    hasBreak ||= sign === '\n' || sign === '\r'
    at++
  }
}

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What escapes say: PostgreSQL, "String Constants". *Unverified* for Redshift: those in hexadecimal. */
function unescaped(written: string): string {
  return written.replaceAll(/\\(?:([0-7]{1,3})|x([\da-f]{1,2})|([\s\S]))/gi, (_, octal, hex, sign) =>
    sign === undefined
      ? String.fromCharCode(Number.parseInt(octal ?? hex, octal ? 8 : 16) & 255)
      : (controls[sign] ?? sign),
  )
}
