// Tables: widths, wrapping, wide characters, and words that must not be cut.

import { expect, test } from 'vitest'
import { plainPaint } from './paint.ts'
import { table } from './table.ts'

const look = (width: number) => ({ width, paint: plainPaint })
const arn = 'arn:aws:redshift:eu-central-1:111122223333:snapshot:sales/before-the-great-migration-of-2026'

test('columns are as wide as their content', () => {
  expect(
    table(
      ['name', 'state'],
      [
        ['sales', 'open'],
        ['web', 'closed'],
      ],
      look(80),
    ),
  ).toBe(['name   state', 'sales  open', 'web    closed'].join('\n'))
})

test('text is wrapped at its spaces where the width ends', () => {
  expect(table(['name', 'why'], [['sales', 'takes plain text from everybody']], look(20))).toBe(
    ['name   why', 'sales  takes plain', '       text from', '       everybody'].join('\n'),
  )
})

test('East Asian text and emoji count two columns', () => {
  expect(
    table(
      ['名前', 'state'],
      [
        ['売上データ', 'open'],
        ['🔑', 'closed'],
      ],
      look(80),
    ),
  ).toBe(['名前        state', '売上データ  open', '🔑          closed'].join('\n'))
})

test.each([30, 60, 100, 200])('an ARN is whole at a width of %i', (width) => {
  expect(table(['resource', 'message'], [[arn, 'accepts plain text']], look(width))).toContain(arn)
})

test('where the longest words do not fit beside each other, a row is a block', () => {
  expect(table(['resource', 'why'], [[arn, 'open']], look(40))).toBe(`\nresource  ${arn}\nwhy       open`)
})

test('a row that does not fit is a block among rows that do', () => {
  const rows = [
    ['sales', 'open'],
    [arn, 'open'],
    ['web', 'closed'],
  ]
  expect(table(['resource', 'why'], rows, look(40))).toBe(
    ['resource  why', 'sales     open', `resource  ${arn}`, 'why       open', 'web       closed'].join('\n'),
  )
})

test('colour goes round the text, not round the spaces behind it', () => {
  const paint = (role: string, text: string) => `<${role}>${text}</${role}>`
  const rows = [[{ text: 'x', role: 'bad' as const }, 'y']]
  expect(table(['long', 'b'], rows, { width: 80, paint })).toBe(
    '<dim>long</dim>  <dim>b</dim>\n<bad>x</bad>     y',
  )
})

const shared = '444455556666, 999988887777, amazon-redshift-support'
const named = (text: string) => ({ text, role: 'name' as const })
const findings = [
  ['? unknown', 'informational', named('snapshot-shared'), shared, shared, '–'],
  ['✗ fail', 'medium', named('cluster-automated-snapshots'), '1', '1', '2026-11-22 11:02 UTC'],
]
const titles = ['status', 'severity', 'practice', 'configured', 'in force', 'observed']

test.each([80, 100, 120, 200])('a long cell is wrapped inside its column at a width of %i', (width) => {
  const lines = table(titles, findings, look(width)).split('\n')
  expect(lines[0]).toMatch(/^status +severity +practice +configured +in force +observed$/)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
  // No cell pushes the next column far away.
  const firsts = lines.filter((line) => /^[?✗]/.test(line))
  for (const line of firsts) expect(line).not.toMatch(/\S {32,}\S/)
  expect(
    lines
      .slice(1)
      .join(' ')
      .match(/444455556666,/g),
  ).toHaveLength(2)
  expect(lines.some((line) => line.startsWith('? unknown'))).toBe(true)
})

test('names are broken last, and at their hyphens', () => {
  expect(table(titles, findings, look(110))).toContain('cluster-automated-snapshots')
  expect(
    table(
      ['practice', 'configured'],
      [[{ text: 'cluster-audit-logging', role: 'name' }, 'amazon-redshift-support']],
      look(26),
    ),
  ).toBe(
    [
      'practice        configured',
      'cluster-audit-  amazon-',
      'logging         redshift-',
      '                support',
    ].join('\n'),
  )
})

test('a day is never broken, a moment only before its time', () => {
  expect(table(['at', 'x'], [['2026-11-22T11:02:28Z', 'y']], look(14))).toBe(
    ['at           x', '2026-11-22T  y', '11:02:28Z'].join('\n'),
  )
})
