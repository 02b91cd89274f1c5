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

test('colour goes round the text, not round the spaces behind it', () => {
  const paint = (role: string, text: string) => `<${role}>${text}</${role}>`
  const rows = [[{ text: 'x', role: 'bad' as const }, 'y']]
  expect(table(['long', 'b'], rows, { width: 80, paint })).toBe(
    '<dim>long</dim>  <dim>b</dim>\n<bad>x</bad>     y',
  )
})
