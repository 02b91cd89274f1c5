// No statement hides a bucket, and none invents one but by a record that was forged.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MovementReader, movementsIn } from './data-movement.ts'
import { UserActivityLog } from './user-activity.ts'

const told = (sql: string) => movementsIn(sql).map(({ statement, bucket }) => `${statement} ${bucket}`)

describe('a statement that moves data', () => {
  test.each([
    ["COPY sales FROM 's3://load/2026/' IAM_ROLE default", 'COPY load'],
    ["copy\n\tsales.orders (id, \"from\", total)\nfrom 's3://load/x' iam_role 'SESSION'", 'COPY load'],
    ["COPY sales FROM 's3://load/list.manifest' IAM_ROLE default MANIFEST", 'COPY load'],
    ["COPY sales FROM 's3://load/hosts.json' IAM_ROLE default SSH", 'COPY load'],
    ["COPY sales FROM 's3://load/x' IAM_ROLE default FORMAT JSON 's3://paths/y'", 'COPY load'],
    ["UNLOAD ('select * from t where s = ''NV''') TO 's3://out/x_' IAM_ROLE default", 'UNLOAD out'],
    [String.raw`unload ('select * from t where s = \'NV\'') to 's3://out/x_' iam_role default`, 'UNLOAD out'],
    ["UNLOAD ($$select * from t where s = 'a' $$) TO 's3://out' IAM_ROLE default", 'UNLOAD out'],
    ["UNLOAD ($q$select '$$' $q$) TO 's3://out/' IAM_ROLE default", 'UNLOAD out'],
    ["UNLOAD (select to_char(d) from t) TO 'S3://out/'", 'UNLOAD out'],
    ["/* dbt /* */ -- ' \n COPY /* ' */ t -- from 's3://nope/'\n FROM /**/ 's3://load/'", 'COPY load'],
    ["/* a /* b */ c */ UNLOAD ('select 1') TO 's3://out/'", 'UNLOAD out'],
    [
      "begin; delete from t; COPY t FROM 's3://load/x'; UNLOAD ('select 1') TO 's3://out/y'; end",
      'COPY load, UNLOAD out',
    ],
    ["COPY t FROM 's3://o'\n  'ut/x'", 'COPY out'],
    ["COPY t FROM 's3://o' -- on\n'ut/x'", 'COPY out'],
    [String.raw`COPY t FROM E's3:\057/out/x'`, 'COPY out'],
    ["create procedure p() as $$ begin copy t from 's3://load/x'; end $$ language plpgsql", 'COPY load'],
    [
      "create procedure p() as $$ begin execute 'unload (''select 1'') to ''s3://out/x'' '; end $$",
      'UNLOAD out',
    ],
    [String.raw`UNLOAD ('select ''it\'s''') TO 's3://out/x'`, 'UNLOAD out'],
    [String.raw`insert into t values ('\'); COPY u FROM 's3://load/x'`, 'COPY load'],
    ["EXPLAIN UNLOAD ('select 1') TO 's3://out/x'", 'UNLOAD out'],
    ["select $$ ' $$copy t from 's3://load/x'", 'COPY load'],
    ["select a$$b, c$copy from t; COPY a$b FROM 's3://load/x'", 'COPY load'],
    ["COPY t FROM $$s3://load/x$$; UNLOAD ('select 1') TO $to$s3://out/x$to$", 'COPY load, UNLOAD out'],
    ["COPY unload FROM 's3://load/x'", 'COPY load'],
    ["COPY t (id, copy, unload) FROM 's3://load/x'", 'COPY load'],
    ["UNLOAD (select copy from t where a = 's3://nope/x') TO 's3://out/x'", 'UNLOAD out'],
    ["UNLOAD (select a from (select unload from t)) TO 's3://out/x'", 'UNLOAD out'],
    ["select 1 -- as of today\rCOPY t -- all\r\nFROM 's3://lo'\r'ad/x'", 'COPY load'],
    [String.raw`COPY t FROM E's3://l\x6Fad/x'`, 'COPY load'],
    [`COPY t -- ${'-'.repeat(500)}\n FROM 's3://lo' ${'--'.repeat(500)}\n  'ad/x'`, 'COPY load'],
  ])('%s', (sql, expected) => {
    expect(told(sql).join(', ')).toBe(expected)
  })
})

describe('none is seen where there is none', () => {
  test.each([
    "COPY t FROM 'dynamodb://in' IAM_ROLE default",
    "COPY t FROM 'emr://j-12/out/part*' IAM_ROLE default",
    "select 'COPY t FROM ''s3://nope/x'''",
    "select 1 -- COPY t FROM 's3://nope/x'",
    "/* COPY t FROM 's3://nope/x' */ select 1",
    'select "COPY t FROM \'s3://nope/x\'"',
    "insert into log values ('UNLOAD', 's3://nope/x')",
    "COPY t FROM; select 's3://nope/x'",
    "UNLOAD ('select ''s3://nope/x''') TO",
    "create external table e (a int) location 's3://nope/x'",
    'select copy from unload where "to" = \'s3://nope/x\'',
    "COPY t FROM 's3://not a bucket/x'",
    "select unload from t; set query_group to 's3://nope/x'",
    "select copy from t where a = 's3://nope/x'",
    'select copy from "t" \'s3://nope/x\'',
    "select copy, trim(both 'a' from 's3://nope/x') from t",
  ])('%s', (sql) => {
    expect(told(sql)).toEqual([])
  })
})

/** What stands between two words, and says nothing. */
const gap = fc.oneof(
  fc.constantFrom(' ', '\n', '\t', ' /**/ ', '/* it\'s " $$ COPY */', "-- FROM 's3://nope/x'\n", "/*'*/"),
  fc.constantFrom('/* a /* b */ c */ ', "/* UNLOAD ('x') TO 's3://nope/x' */"),
)
const cased = (word: string) =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((upper) =>
      [...word].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    )
const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,20}[a-z0-9]$/).filter((name) => name !== 'nope')
const table = fc.constantFrom('t', 'shop.orders', '"from"', '"a ""b"" \'c"', 't (a, b, "from")')
const query = fc.constantFrom(
  "'select 1'",
  "'select ''x'' from t'",
  "$$select 'x' $$",
  "$a$ select '$$' $a$",
  "'copy t from ''s3://nope/x'''",
)
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''))

type Written = { sql: string; expected: string[] }

/** A statement that moves data, with gaps of a kind between its words. */
function moving(between: fc.Arbitrary<string>): fc.Arbitrary<Written> {
  const spaced = (...parts: fc.Arbitrary<string>[]) => joined(...parts.flatMap((part) => [between, part]))
  const copy = (name: string) =>
    spaced(cased('copy'), table, cased('from'), fc.constant(`'s3://${name}/x'`)).map((sql) => ({
      sql,
      expected: [`COPY ${name}`],
    }))
  const unload = (name: string) =>
    spaced(
      ...[cased('unload'), fc.constant('('), query, fc.constant(')'), cased('to')],
      fc.constant(`'s3://${name}/x' iam_role default`),
    ).map((sql) => ({ sql, expected: [`UNLOAD ${name}`] }))
  return bucket.chain((name) => fc.oneof(copy(name), unload(name)))
}

const idle: fc.Arbitrary<Written> = fc
  .constantFrom("select 's3://nope/x' from copies", "select 'it''s' -- '\n", 'begin', 'select $$ \' $$, "\'"')
  .map((sql) => ({ sql, expected: [] }))

const distinct = (names: string[]) => [...new Set(names)].sort()

test('exactly the buckets of statements that move data are seen, whatever stands around them', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(moving(gap), idle), { minLength: 1, maxLength: 4 }), (statements) => {
      const sql = statements.map((one) => one.sql).join(';')
      const expected = distinct(statements.flatMap((one) => one.expected))
      // The two readings of a comment in a comment differ: one too many may be seen, none is hidden.
      const isClear = !sql.includes('/* a /*')
      if (isClear) expect(told(sql).sort()).toEqual(expected)
      else expect(told(sql)).toEqual(expect.arrayContaining(expected))
    }),
    { numRuns: 2_000 },
  )
})

const at = '2026-11-26T22:00:03Z'
const head = (user = 'mallory') => `'${at} UTC [ db=dev user=${user} pid=685 userid=100 xid=245578 ]' LOG: `

function read(text: string) {
  const seen: string[] = []
  const reader = new MovementReader(({ statement, bucket: name }) => seen.push(`${statement} ${name}`))
  const log = new UserActivityLog((record) => reader.read(record))
  log.push(text)
  log.end()
  return { seen: distinct(seen), lost: reader.lost }
}

describe('a line like a header in a statement', () => {
  test.each([
    ['between verb and place', `COPY t /*\n${head()}select 1 */ FROM 's3://evil/x'`],
    ['with a quote behind it', `/*\n${head()}' */ COPY t FROM 's3://evil/x'`],
    ['twice', `COPY t /*\n${head()}x\n${head()}' */ FROM 's3://evil/x'`],
    ['in a name', `COPY "t\n${head()}" FROM 's3://evil/x'`],
    ['in a body', `UNLOAD ($$ select 1 /*\n${head()}*/ $$) TO 's3://evil/x'`],
    ['in a body that is a place', `UNLOAD ('select 1') TO $$s3://evil/x\n${head()}$$`],
    ['in a procedure', `create procedure p() as $$ begin copy t /*\n${head()}*/ from 's3://evil/x'; end $$`],
    ['that is followed by a comment in it', `COPY t /* x\n${head()}/* */ FROM 's3://evil/x'`],
    ['that is followed by a backslash', `UNLOAD (/*\n${head()}*/ 'select 1 \\') TO 's3://evil/x'`],
    ['in a comment in a comment', `COPY t /* /*\n${head()}*/ */ FROM 's3://evil/x'`],
  ])('%s', (_, sql) => {
    expect(read(`${head()}select 1\n${head()}${sql}\n${head()}commit\n`)).toEqual({
      seen: [expect.stringMatching(/^(COPY|UNLOAD) evil$/)],
      lost: 0,
    })
  })

  test('after others were left open by mistake', () => {
    const oops = Array.from({ length: 10 }, () => `${head()}select 1 /* oops\n`).join('')
    const sql = `UNLOAD ('select 1') /*\n${head()}*/ TO 's3://evil/x'`
    expect(read(`${oops}${head()}${sql}\n`).seen).toEqual(['UNLOAD evil'])
  })

  test('is told where more are open than are read on', () => {
    const many = Array.from({ length: 40 }, () => `${head()}select 1 /* oops\n`).join('')
    expect(read(many).lost).toBe(24)
  })

  test.each([
    ['a literal', "UNLOAD ('select ", 'x, '],
    ['a comment', 'COPY t /* ', 'x, '],
    ['a body', 'UNLOAD ($$select ', 'x, '],
    ['its words', 'COPY t (', 'x, '],
    ['the blanks before its place', 'COPY t', '   '],
  ])('is told where a statement is so long that it may have been cut in %s', (_, begin, more) => {
    const long = begin + more.repeat(100_000)
    expect(read(`${head()}${long}\n${head()}commit\n`).lost).toBe(1)
    expect(read(`${head()}${long.slice(0, 1_000)}\n${head()}commit\n`).lost).toBe(0)
  })

  test('that names a bucket is one bucket too many', () => {
    expect(read(`${head()}select 1 /*\n${head('anna')}COPY t FROM 's3://forged/x'\n*/\n`).seen).toEqual([
      'COPY forged',
    ])
  })
})

test('a user who is called like the end of a header hides nothing', () => {
  const name = "m pid=1 userid=1 xid=1 ]' LOG: "
  expect(read(`${head(name)}COPY t FROM 's3://evil/x'\n`).seen).toEqual(['COPY evil'])
})

test('wherever lines like headers are put into a statement, or into one in a procedure, no bucket is hidden', () => {
  const forged = fc.constantFrom(
    `/*\n${head()}*/`,
    `/*\n${head()}' */`,
    `/* "\n${head()}select $$\n*/`,
    `/* x\n${head()}COPY t FROM 's3://forged/x'\n${head()}*/`,
  )
  fc.assert(
    fc.property(moving(fc.oneof(gap, forged)), idle, fc.boolean(), ({ sql, expected }, before, isInBody) => {
      const written = isInBody ? `create procedure p() as $p$ begin ${sql}; end $p$` : sql
      const { seen, lost } = read(`${head()}${before.sql}\n${head()}${written}\n${head()}commit\n`)
      expect(seen).toEqual(expect.arrayContaining(expected))
      expect(lost).toBe(0)
    }),
    { numRuns: 2_000 },
  )
})
