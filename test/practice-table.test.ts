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

test('what AWS may leave pending is told apart, and an undo that does harm says so', () => {
  const cellsOf = (id: string) =>
    rows
      .find((row) => row.startsWith(`| [${id}]`))
      ?.split(/(?<!\\)\|/)
      .slice(1, -1) ?? []
  for (const id of ['cluster-public', 'cluster-enhanced-vpc-routing', 'cluster-automated-snapshots'])
    expect(cellsOf(id)[2]?.trim(), id).toBe('told apart from what is configured')
  expect(cellsOf('cluster-port')[2]).toContain('a change is in force at once')
  expect(cellsOf('cluster-automated-snapshots')[6]).toContain('Impact: deletes data.')
  expect(cellsOf('cluster-copy-region')[6]).toContain(
    'But copies that were deleted meanwhile do not come back.',
  )
  expect(cellsOf('manual-snapshot-retention')[6]).toContain(
    'But what was deleted meanwhile does not come back.',
  )
})
