// When there is colour, how wide the output is, and what a progress line keeps.

import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { isColored, openTerminal, widthOf } from './terminal.ts'

test.each([
  ['auto', true, {}, true],
  ['auto', false, {}, false],
  ['auto', true, { NO_COLOR: '1' }, false],
  ['auto', true, { NO_COLOR: '' }, true],
  ['auto', true, { TERM: 'dumb' }, false],
  ['always', false, { NO_COLOR: '1' }, true],
  ['never', true, {}, false],
] as const)('%s, terminal %s, %j: %s', (color, isTerminal, env, colored) => {
  expect(isColored(color, isTerminal, env)).toBe(colored)
})

test.each([
  [{}, {}, 100],
  [{ isTTY: true, columns: 133 }, {}, 133],
  [{ isTTY: true, columns: 0 }, {}, 100],
  [{ isTTY: true, columns: 133 }, { COLUMNS: '80' }, 80],
  [{}, { COLUMNS: '200' }, 200],
  [{}, { COLUMNS: 'wide' }, 100],
  [{}, { COLUMNS: '7' }, 40],
])('the width of %j with %j is %i', (stdout, env, width) => {
  expect(widthOf(stdout, env)).toBe(width)
})

test('a progress line that is too long loses its middle: its end says how far it is', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 50 })
  const streams = { env: {}, stdin: process.stdin, stdout: process.stdout, stderr } as never
  const terminal = openTerminal(streams, { color: 'never' } as never, new AbortController().signal)
  terminal.progress(`s4 Reboot cluster ${'sales-'.repeat(20)}: waiting: it is rebooting (40 s)`)
  const shown = String(stderr.read())
  expect(shown).toMatch(/^s4 Reboot cluste….*waiting: it is rebooting \(40 s\)$/)
  expect(shown).toHaveLength(49)
})
