// When there is colour.

import { expect, test } from 'vitest'
import { isColored } from './terminal.ts'

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
