// Reads redoubt.yaml; what is wrong with it is told by line and column.

import type { Document, LineCounter } from 'yaml'
import { harmless } from '#kit/text.ts'
import { Problem } from '#model/problem.ts'
import type { Settings } from '#model/settings.ts'
import { readText } from '#store/folder.ts'

/** The settings of a file with defaults filled in; undefined when there is no file and none is required. */
export async function readSettings(file: string, required: boolean): Promise<Settings | undefined> {
  const text = await readText(file)
  if (text === undefined) {
    if (!required) return undefined
    throw new Problem('environment', `There is no settings file ${harmless(file)}.`, 'Correct --settings.')
  }
  // YAML and schemas cost start-up time: only who has a settings file pays for them.
  const [{ LineCounter, parseDocument, visit }, { settingsSchema }, { wordsFor }] = await Promise.all([
    import('yaml'),
    import('./settings-schema.ts'),
    import('./settings-words.ts'),
  ])
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) throw malformed(file, at(lines, error.pos[0]), yamlWords[error.code] ?? error.message)
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    // Aliases are only followed here: one leads nowhere, or they lead to too much.
    throw malformed(file, at(lines, strayAlias(document, visit)), (error as Error).message)
  }
  const parsed = settingsSchema.safeParse(content ?? {}, { error: wordsFor })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = (issue?.path ?? []) as (string | number)[]
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const place = placeOf(document, path, unknown)
  throw malformed(file, at(lines, place), `${path.join('.') || 'the file'}: ${issue?.message}`)
}

/** What the parser says in words that are for programmers. */
const yamlWords: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'the settings end at ---; put all of them before it',
  DUPLICATE_KEY: 'this member is there twice; put both into one',
}

/** Where the first alias stands that leads nowhere; the first of all when each leads somewhere. */
function strayAlias(document: Document.Parsed, visit: typeof import('yaml').visit): number {
  let first: number | undefined
  let stray: number | undefined
  visit(document, {
    Alias(_, alias) {
      first ??= alias.range?.[0]
      if (!alias.resolve(document)) stray ??= alias.range?.[0]
    },
  })
  return stray ?? first ?? 0
}

type Node = { range?: [number, number, number] | null; items?: readonly { key?: Scalar }[] }
type Scalar = { value?: unknown; range?: [number, number, number] | null }
type Nodes = { contents: unknown; getIn(path: unknown[], keepScalar: true): unknown }

/** Where a value stands in the text, or a member that should not be there: itself, or the nearest thing around it that exists. */
function placeOf(document: Nodes, path: (string | number)[], member: string | undefined): number {
  const around = (path.length > 0 ? document.getIn(path, true) : document.contents) as Node | undefined
  const key = around?.items?.find((item) => item.key?.value === member)?.key
  if (member !== undefined && key?.range) return key.range[0]
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined
    if (node?.range) return node.range[0]
  }
  return 0
}

function at(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `line ${line}, column ${col}`
}

function malformed(file: string, place: string, why: string): Problem {
  return new Problem(
    'environment',
    `${harmless(file)} cannot be used: ${place}: ${harmless(why.split('\n')[0] ?? '').replace(/[^?.]$/, '$&.')}`,
    'Correct that line; docs/settings.md lists what may stand there.',
  )
}
