// The floors table in docs/architecture.md, between its markers, from the data that the floors test enforces.

import { readFileSync } from 'node:fs'
import { exceptions, floors } from '../../test/floors.table.ts'
import { root } from '../shelf.ts'
import type { Page } from './indexes.ts'
import { code, table } from './markdown.ts'

const path = 'docs/architecture.md'
const begin = '<!-- floors: generated from test/floors.table.ts -->'
const end = '<!-- /floors -->'

/** docs/architecture.md with its table as it must be now. */
export function architecturePage(): Page {
  const text = readFileSync(new URL(path, root), 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`${path} has lost its markers ${begin} … ${end}`)
  return { path, text: `${before}${begin}\n\n${floorsTable()}\n\n${end}${after}` }
}

function floorsTable(): string {
  const rows = floors.map(({ level, folders, mayImport, note }) => [
    level,
    folders.map(code).join(', '),
    mayImport.map(code).join(', ') || 'nothing',
    note ?? '',
  ])
  const also = exceptions.map(
    ({ file, mayImport, why }) =>
      `Besides, ${code(`src/${file}`)} alone may import ${code(mayImport)}: ${why}.`,
  )
  return [table(['floor', 'folders', 'may import', ''], rows), ...also].join('\n\n')
}
