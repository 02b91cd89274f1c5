// docs/practices.md has a word in every cell, for every practice.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { practices } from '#practices/index.ts'
import { unstated } from '../scripts/pages/counterparts.ts'

const page = readFileSync(new URL('../docs/practices.md', import.meta.url), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ['))

test('every practice has its row, and no cell is empty', () => {
  expect(rows).toHaveLength(practices.length)
  for (const row of rows) {
    const cells = row.split(/(?<!\\)\|/).slice(1, -1)
    expect(cells).toHaveLength(10)
    expect(
      cells.filter((cell) => cell.trim() === ''),
      row,
    ).toEqual([])
  }
})

test('of each it is written whether the other kind of warehouse has it too, or why not', () => {
  expect(rows.filter((row) => row.includes(unstated))).toEqual([])
})
