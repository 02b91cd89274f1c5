// docs/demo.svg: what the demo really shows, cut to its main lines. Run it again when the views have changed.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { columns } from '#kit/text.ts'
import { root } from './shelf.ts'

const command = fileURLToPath(new URL('dist/redoubt.mjs', root))
const { stdout } = spawnSync(process.execPath, [command, 'demo', '--color', 'always'], { encoding: 'utf8' })

/** The lines from one that holds `first` up to the next that holds `last`, without it. */
function excerpt(first: string, last: string): string[] {
  const all = stdout.split('\n')
  const begin = all.findIndex((line) => line.includes(first))
  const length = all.slice(begin + 1).findIndex((line) => line.includes(last))
  if (begin < 0 || length < 0) throw new Error(`the demo does not show "${first}" … "${last}"`)
  return all.slice(begin, begin + 1 + length)
}

const lines = [
  ...excerpt('$ redoubt scan', 'snapshot:loyalty/'),
  '…',
  '',
  ...excerpt('$ redoubt plan', 'parameterApplyStatus').map(withoutFolder),
  '…',
  '',
  ...excerpt('$ redoubt apply', 'Next').map(withoutFolder),
  ...excerpt('$ redoubt undo', 'Looked again').map(withoutFolder),
].map((line) => line.trimEnd())

/** The temporary folder of one run says nothing to a reader. */
function withoutFolder(line: string): string {
  return line.replace(/\S*redoubt-demo-\w+\//g, '')
}

const colors: Record<string, string> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#f2cc60',
  36: '#79c0ff',
  2: '#9da7b3',
}
const size = { line: 18, column: 7.8, margin: 20 }

/** A line as text spans, one for each change of style. */
function spans(line: string): string {
  let style = ''
  return line
    .split(/(\u001b\[\d+m)/)
    .map((part) => {
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1]
      if (code === undefined) return part === '' ? '' : `<tspan${style}>${escaped(part)}</tspan>`
      style = code === '1' ? ' font-weight="bold"' : colors[code] ? ` fill="${colors[code]}"` : ''
      return ''
    })
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const bare = lines.map((line) => line.replaceAll(/\u001b\[\d+m/g, ''))
const width = Math.ceil(Math.max(...bare.map(columns)) * size.column + 2 * size.margin)
const height = lines.length * size.line + 2 * size.margin
const texts = lines.map(
  (line, at) =>
    `<text x="${size.margin}" y="${Math.round(size.margin + (at + 0.8) * size.line)}">${spans(line)}</text>`,
)
writeFileSync(
  new URL('docs/demo.svg', root),
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    '<title id="title">redoubt demo: a scan finds clusters that take plain-text connections; a plan is made, applied, proved in force and undone</title>',
    // On each text: browsers do not let it inherit white-space from the group.
    '<style>text { white-space: pre }</style>',
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#e6edf3">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n'),
)
