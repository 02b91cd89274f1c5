// The user activity log is cut into the records that were written, in whatever pieces it comes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityRecord, longestStatement, UserActivityLog } from './user-activity.ts'

function recordsOf(...pieces: string[]) {
  const records: ActivityRecord[] = []
  const log = new UserActivityLog((record) => records.push(record))
  for (const piece of pieces) log.push(piece)
  log.end()
  return { told: records.map(({ at, sql }) => [at, sql]), records, cut: log.cut, headers: log.headers }
}

const at = '2026-11-26T22:00:03Z'
const head = (user = 'anna', time = at) =>
  `'${time} UTC [ db=dev user=${user} pid=685 userid=100 xid=245578 ]' LOG: `

test('a record is a header and the lines up to the next one', () => {
  const text = `${head()}select "table"\nfrom svv_table_info\n\nwhere "table" = 'x';\n${head()}commit\n`
  expect(recordsOf(text).told).toEqual([
    [at, `select "table"\nfrom svv_table_info\n\nwhere "table" = 'x';`],
    [at, 'commit'],
  ])
})

describe('a header', () => {
  test.each([
    ['with a small t', head('anna', '2026-11-26t22:00:03z')],
    ['of a user with blanks and colons', head('IAMA:anna berg:all of us')],
    ['of a user who is called like one', head('a pid=1 userid=2 xid=3')],
    ['of Redshift itself', head('rdsdb')],
  ])('%s', (_, text) => {
    expect(recordsOf(`${text}select ' LOG: '\n`).told).toEqual([[at, "select ' LOG: '"]])
  })

  test.each([
    ['a time', "'2026-11-26T22:00:03Z'"],
    ['the beginning of one', "'2026-11-26T22:00:03Z UTC [ db=dev user=anna ]"],
    ['one behind a blank', ` ${head()}select 1`],
  ])('is no line that is only %s', (_, line) => {
    expect(recordsOf(`${head()}select\n${line}\n`).told).toEqual([[at, `select\n${line}`]])
  })
})

test('what goes on from a file that was not read has no time, and no last line needs its end', () => {
  expect(recordsOf(`from t\n${head()}select 1`).told).toEqual([
    [undefined, 'from t'],
    [at, 'select 1'],
  ])
  expect(recordsOf('').told).toEqual([])
  expect(recordsOf('no log\n').headers).toBe(0)
})

test('what is longer than any statement is cut and counted, and what follows is read', () => {
  const piece = `${'x'.repeat(1024 * 1024 - 1)}\n`
  for (const filler of [piece, piece.replace('\n', ' ')]) {
    const pieces = Array.from({ length: 20 }, () => filler)
    const { records, cut } = recordsOf(
      `${head()}select 1 `,
      ...pieces,
      '\n',
      `${head().slice(0, 40)}`,
      `${head().slice(40)}commit`,
    )
    expect(records.map(({ sql }) => sql.length)).toEqual([longestStatement - head().length, 'commit'.length])
    expect(cut).toBe(1)
  }
})

test('a record is whole in however many pieces it comes', () => {
  const lines = Array.from({ length: 100_000 }, (_, at) => `${at}`.padEnd(99, ' '))
  const { told } = recordsOf(`${head()}select\n`, ...lines.map((line) => `${line}\n`))
  expect(told).toEqual([[at, `select\n${lines.join('\n')}`]])
})

test('pieces of any length give the same records', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
    fc.constantFrom('', "'", "'2026-11-26T22:00:03Z UTC [ db=", "it''s", ` ${head()}`),
  )
  const statement = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))
  const cuts = fc.array(fc.nat(400), { maxLength: 8 })
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), cuts, (statements, places) => {
      const text = statements.map((sql) => `${head()}${sql}\n`).join('')
      const ordered = [...new Set(places)].sort((a, b) => a - b)
      const pieces = [0, ...ordered].map((from, index) => text.slice(from, ordered[index]))
      expect(recordsOf(...pieces).told).toEqual(statements.map((sql) => [at, sql]))
    }),
  )
})
