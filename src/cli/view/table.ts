// Tables for a terminal: as wide as it, cells wrapped at spaces, East Asian text counted right.
// Where the words of a row do not fit, the row becomes a block of lines: nothing is ever cut.

import { columns, harmless } from '#kit/text.ts'
import type { Look } from './page.ts'
import type { Role } from './paint.ts'
import { padTo, wrap } from './wrap.ts'

/** A cell: text, which is made harmless here, perhaps with a role. */
export type Cell = string | { text: string; role: Role }

const gap = 2

/** A table with a head. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], look: Look): string {
  return tableRows(head, rows, look).join('\n')
}

/** The head and the rows of a table, each as one text that may have several lines; for views that put more between. */
export function tableRows(head: readonly string[], rows: readonly (readonly Cell[])[], look: Look): string[] {
  const widths = widthsOf(head, rows, look.width)
  if (!widths) return ['', ...rows.map((row) => block(head, row, look))]
  const headCells = head.map((title) => ({ text: title, role: 'dim' as const }))
  return [headCells, ...rows].map((row) => line(row, widths, look))
}

/** The width of each column, or undefined when the longest words do not fit beside each other. */
function widthsOf(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  width: number,
): number[] | undefined {
  const cells = head.map((title, at) => [title, ...rows.map((row) => textOf(row[at] ?? ''))])
  const widest = cells.map((column) => Math.max(...column.map(columns)))
  const least = cells.map((column) => Math.max(...column.flatMap((text) => text.split(/[ \n]/).map(columns))))
  const room = width - gap * (head.length - 1)
  if (sum(least) > room) return undefined
  let spare = room - sum(least)
  return least.map((narrow, at) => {
    const more = Math.min((widest[at] ?? narrow) - narrow, spare)
    spare -= more
    return narrow + more
  })
}

function line(row: readonly Cell[], widths: readonly number[], { paint }: Look): string {
  const wrapped = widths.map((width, at) => wrap(textOf(row[at] ?? ''), width))
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

function block(head: readonly string[], row: readonly Cell[], { paint }: Look): string {
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
