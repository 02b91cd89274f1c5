// The words of a SQL text, as Redshift reads it: comments left out, literals with what they say.

/**
 * A piece of SQL: a `word` such as a keyword or a name, a `name` in double quotes, a `text` in single ones, a `body`
 * between dollars, or any other `sign`.
 */
export type Token = { kind: 'word' | 'name' | 'text' | 'body' | 'sign'; value: string }

/**
 * How what no source settles is read: whether a backslash in a literal escapes what follows, as in the PostgreSQL that
 * Redshift comes from and in older examples of UNLOAD, and whether comments nest. *Unverified* for Redshift, so that
 * whoever may miss nothing reads in each way.
 */
export type Reading = { escapes: boolean; nests: boolean }

/** What a text ends inside of, when it ends too soon: so many comments in each other, a body up to its tag. */
export type Open =
  | { in: 'comment'; depth: number }
  | { in: 'body'; tag: string; text: string }
  | { in: 'name' }
  | { in: 'text' }
  | undefined

const space = /\s+/y
const word = /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/y
const number = /\d[\w.]*/y
const dollars = /\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$/y
const lineComment = /--[^\n]*/y
/** Two literals are one when a line break stands between them: PostgreSQL, "String Constants". */
const between = /(?:[^\S\n]|--[^\n]*)*\n(?:\s|--[^\n]*\n)*(?=')/y

/** The tokens of a text, and what it ends inside of. A text that goes on from another begins inside of what that ended in. */
export function* tokensOf(sql: string, reading: Reading, inside?: Open): Generator<Token, Open> {
  const { escapes, nests } = reading
  let at = 0
  const skip = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(sql)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  if (inside?.in === 'comment') {
    const { end, depth } = endOfComment(sql, 0, inside.depth, nests)
    if (depth > 0) return { in: 'comment', depth }
    at = end
  } else if (inside?.in === 'name') {
    const name = quoted(sql, 0, '"', false)
    if (!name) return inside
    at = name.end
  } else if (inside?.in === 'body') {
    const { tag, text } = inside
    const end = sql.indexOf(tag)
    if (end < 0) return { in: 'body', tag, text: text + sql }
    yield { kind: 'body', value: text + sql.slice(0, end) }
    at = end + tag.length
  }
  while (at < sql.length) {
    if (skip(space) !== undefined || skip(lineComment) !== undefined) continue
    if (sql.startsWith('/*', at)) {
      const { end, depth } = endOfComment(sql, at + 2, 1, nests)
      if (depth > 0) return { in: 'comment', depth }
      at = end
      continue
    }
    const found = skip(word)
    if (found !== undefined) {
      // E'…' is a literal whose backslashes escape, whatever holds elsewhere.
      const isEscaping = /^e$/i.test(found) && sql[at] === "'"
      if (!isEscaping) {
        yield { kind: 'word', value: found }
        continue
      }
    }
    if (sql[at] === "'") {
      const isEscaping = escapes || found !== undefined
      let value = ''
      do {
        const literal = quoted(sql, at + 1, "'", isEscaping)
        if (!literal) return { in: 'text' }
        value += literal.value
        at = literal.end
      } while (skip(between) !== undefined)
      yield { kind: 'text', value }
      continue
    }
    if (sql[at] === '"') {
      const name = quoted(sql, at + 1, '"', false)
      if (!name) return { in: 'name' }
      at = name.end
      yield { kind: 'name', value: name.value }
      continue
    }
    const tag = skip(dollars)
    if (tag !== undefined) {
      const end = sql.indexOf(tag, at)
      if (end < 0) return { in: 'body', tag, text: sql.slice(at) }
      yield { kind: 'body', value: sql.slice(at, end) }
      at = end + tag.length
      continue
    }
    yield { kind: 'sign', value: skip(number) ?? sql[at++] ?? '' }
  }
  return undefined
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

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What stands before a quote, doubled ones single and escapes followed, and where that has ended. */
function quoted(sql: string, from: number, quote: string, isEscaping: boolean) {
  const special = isEscaping
    ? new RegExp(`${quote}{1,2}|\\\\(?:[0-7]{1,3}|[^])`, 'g')
    : new RegExp(`${quote}{1,2}`, 'g')
  special.lastIndex = from
  let value = ''
  let start = from
  for (let found = special.exec(sql); found; found = special.exec(sql)) {
    const [mark] = found
    value += sql.slice(start, found.index)
    start = special.lastIndex
    if (mark === quote) return { value, end: start }
    value += mark.startsWith('\\') ? unescaped(mark.slice(1)) : quote
  }
  return undefined
}

function unescaped(after: string): string {
  return /^[0-7]/.test(after)
    ? String.fromCharCode(Number.parseInt(after, 8) & 255)
    : (controls[after] ?? after)
}
