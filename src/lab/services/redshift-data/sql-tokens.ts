// Takes SQL apart into words, texts, numbers and signs.

/** One piece of a statement. */
export type Token = { kind: 'word' | 'name' | 'text' | 'number' | 'sign'; value: string }

/** What the database answers instead of rows. */
export class SqlError extends Error {}

const pieces =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<word>[A-Za-z_][\w$]*)|"(?<name>(?:[^"]|"")*)"|'(?<text>(?:[^']|'')*)'|(?<number>\d+(?:\.\d+)?)|:(?<parameter>[A-Za-z_]\w*)|(?<sign>::|<=|>=|<>|!=|[-+*(),.=<>;])/y

/** The pieces of a statement; `:name` is the text of that parameter. */
export function tokensOf(sql: string, parameters: ReadonlyMap<string, string>): Token[] {
  const tokens: Token[] = []
  pieces.lastIndex = 0
  while (pieces.lastIndex < sql.length) {
    const at = pieces.lastIndex
    const found = pieces.exec(sql)
    if (!found) throw new SqlError(`ERROR: syntax error at or near "${sql.slice(at, at + 10)}"`)
    const { word, name, text, number, parameter, sign } = found.groups ?? {}
    if (word !== undefined) tokens.push({ kind: 'word', value: word.toLowerCase() })
    else if (name !== undefined)
      tokens.push({ kind: 'name', value: name.replaceAll('""', '"').toLowerCase() })
    else if (text !== undefined) tokens.push({ kind: 'text', value: text.replaceAll("''", "'") })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number })
    else if (parameter !== undefined) tokens.push({ kind: 'text', value: parameters.get(parameter) ?? '' })
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign })
  }
  return tokens
}
