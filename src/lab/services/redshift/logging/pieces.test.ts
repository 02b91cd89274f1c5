// Lines that come in any order stand in files and events by their times.

import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fileOf, linesOf, Unsorted } from './pieces.ts'

const from = Date.parse('2026-06-01T12:00:00Z')

function piecesOf(lines: [after: number, line: string][]) {
  const unsorted = new Unsorted(from)
  for (const [after, line] of lines) unsorted.add(from + after, line)
  return unsorted.pieces()
}

const textOf = (pieces: ReturnType<typeof piecesOf>) => gunzipSync(fileOf(pieces)).toString()

test('by time, and those of one time as they came', () => {
  const pieces = piecesOf([
    [3_599_999, 'last'],
    [0, 'first'],
    [5, 'schön\nand more'],
    [0, 'second'],
    [5, ''],
  ])
  expect(textOf(pieces)).toBe('first\nsecond\nschön\nand more\n\nlast\n')
  expect([...linesOf(pieces, from, from + 3_600_000)]).toEqual([
    { at: from, line: 'first' },
    { at: from, line: 'second' },
    { at: from + 5, line: 'schön\nand more' },
    { at: from + 5, line: '' },
    { at: from + 3_599_999, line: 'last' },
  ])
  expect([...linesOf(pieces, from + 1, from + 5)]).toEqual([])
  expect([...linesOf(pieces, from + 5, from + 6)].map(({ line }) => line)).toEqual(['schön\nand more', ''])
})

test('nothing is an empty file', () => {
  expect(textOf(piecesOf([]))).toBe('')
  expect([...linesOf(piecesOf([]), from, from + 1)]).toEqual([])
})

test('a long log is many pieces and one file, and every window of it has its own lines', () => {
  const words = 'select * from shop.orders where status = 7; '.repeat(50)
  const line = (after: number) => `${after} ${words}`
  // 1,999 is a prime number, so that every moment comes once, far from its neighbours.
  const pieces = piecesOf(
    Array.from({ length: 1_999 }, (_, n) => [(n * 997) % 1_999, line((n * 997) % 1_999)]),
  )
  const all = Array.from({ length: 1_999 }, (_, after) => line(after))
  expect(pieces.length).toBeGreaterThan(3)
  expect(textOf(pieces)).toBe(all.map((one) => `${one}\n`).join(''))
  for (const [begin, end] of [
    [0, 1_999],
    [0, 1],
    [431, 1_207],
    [1_998, 5_000],
  ] as const) {
    const found = [...linesOf(pieces, from + begin, from + end)]
    expect(found.map((one) => one.line)).toEqual(all.slice(begin, end))
    expect(found.map(({ at }) => at - from)).toEqual(found.map((_, index) => begin + index))
  }
})
