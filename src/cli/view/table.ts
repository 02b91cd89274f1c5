// Tables for a terminal: as wide as it, cells wrapped at spaces, East Asian text counted right. Where that is not
// enough, long words are broken too; where an ARN does not fit, a row becomes a block of lines. Nothing is ever cut.

import { columns, harmless } from '#kit/text.ts'
import type { Sheet } from './page.ts'
import type { Role } from './paint.ts'
import { padTo, piecesOf, wrapCell } from './wrap.ts'

/** A cell: text, which is made harmless here, perhaps with a role. */
export type Cell = string | { text: string; role: Role }

const gap = 2

/** Columns before the last one are no wider than this for their words' sake: one long cell must not push the rest away. */
const roomy = 30

/** A table with a head. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], look: Sheet): string {
  return tableRows(head, rows, look).join('\n')
}

/** The head and the rows of a table, each as one text that may have several lines; for views that put more between. */
export function tableRows(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  look: Sheet,
): string[] {
  const { widths, isIn } = layoutOf(head, rows, look.width)
  const headCells = head.map((title) => ({ text: title, role: 'dim' as const }))
  return [
    widths ? line(headCells, widths, look) : '',
    ...rows.map((row) => (widths && isIn(row) ? line(row, widths, look) : block(head, row, look))),
  ]
}

/** Which rows stand in columns, and how wide those are: the rows with the longest pieces go first, until the rest fits. */
function layoutOf(head: readonly string[], rows: readonly (readonly Cell[])[], width: number) {
  const pieces = new Map(rows.map((row) => [row, wishOf(row).pieces]))
  let most = Number.POSITIVE_INFINITY
  const isIn = (row: readonly Cell[]) => (pieces.get(row) ?? 0) < most
  let widths = widthsOf(head, rows, width)
  let left = rows
  while (!widths && left.length > 0) {
    most = left.reduce((longest, row) => Math.max(longest, pieces.get(row) ?? 0), 0)
    left = left.filter(isIn)
    widths = left.length > 0 ? widthsOf(head, left, width) : undefined
  }
  return { widths, isIn }
}

/** The width of each column, or undefined when not even the pieces of their words fit beside each other. */
function widthsOf(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  width: number,
): number[] | undefined {
  const wishes = head.map((title, at) => wishOf([title, ...rows.map((row) => row[at] ?? '')]))
  const last = wishes.length - 1
  const room = width - gap * last
  const widths = wishes.map(({ words }) => words)
  while (sum(widths) > room) {
    const at = toShrink(wishes, widths)
    if (at === undefined) return undefined
    widths[at] = (widths[at] ?? 0) - 1
  }
  let spare = room - sum(widths)
  return wishes.map(({ widest, words }, at) => {
    const given = widths[at] ?? 0
    const wanted = at === last ? widest : Math.min(widest, Math.max(words, roomy))
    const more = Math.max(0, Math.min(wanted - given, spare))
    spare -= more
    return given + more
  })
}

/** What a column would like to have: room for its longest cell, word and piece of a word; and whether it has names. */
type Wish = { widest: number; words: number; pieces: number; hasNames: boolean }

function wishOf(cells: readonly Cell[]): Wish {
  const texts = cells.map(textOf)
  const words = texts.flatMap(wordsOf)
  const longest = (all: readonly string[]) => all.reduce((most, text) => Math.max(most, columns(text)), 0)
  return {
    widest: longest(texts),
    words: longest(words),
    pieces: longest(words.flatMap(piecesOf)),
    hasNames: cells.some((cell) => roleOf(cell) === 'name'),
  }
}

/** A cell as short as a status is one word: broken, it would only be hard to read. */
function wordsOf(text: string): string[] {
  return columns(text) <= 12 ? text.split('\n') : text.split(/[ \n]/)
}

/** The widest column whose words can still be broken; names, which somebody may type, go last. */
function toShrink(wishes: readonly Wish[], widths: readonly number[]): number | undefined {
  const open = wishes
    .map(({ pieces, hasNames }, at) => ({ at, width: widths[at] ?? 0, pieces, hasNames }))
    .filter(({ width, pieces }) => width > pieces)
  const rank = ({ hasNames, width }: { hasNames: boolean; width: number }) => width - (hasNames ? 10_000 : 0)
  return open.sort((a, b) => rank(b) - rank(a))[0]?.at
}

function line(row: readonly Cell[], widths: readonly number[], { paint }: Sheet): string {
  const wrapped = widths.map((width, at) => wrapCell(textOf(row[at] ?? ''), width))
  const height = Math.max(...wrapped.map((cell) => cell.length))
  return Array.from({ length: height }, (_, at) =>
    widths
      .map((width, column) => {
        const text = wrapped[column]?.[at] ?? ''
        const shown = column === widths.length - 1 ? text : padTo(text, width)
        const role = roleOf(row[column] ?? '')
        // Spaces stay outside the colour, so that an underlined or inverted style would not show them.
        return role && text ? paint(role, text) + shown.slice(text.length) : shown
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  ).join('\n')
}

function block(head: readonly string[], row: readonly Cell[], { paint }: Sheet): string {
  const first = Math.max(...head.map(columns)) + gap
  return row
    .map((cell, at) => {
      const role = roleOf(cell)
      const text = textOf(cell)
      return `${paint('dim', padTo(head[at] ?? '', first))}${role ? paint(role, text) : text}`
    })
    .join('\n')
}

function textOf(cell: Cell): string {
  return harmless(typeof cell === 'string' ? cell : cell.text)
}

function roleOf(cell: Cell): Role | undefined {
  return typeof cell === 'string' ? undefined : cell.role
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
