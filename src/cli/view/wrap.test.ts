// Where text is broken into lines.

import { expect, test } from 'vitest'
import { wrap } from './wrap.ts'

test('a line of Redoubt in quotes stays whole, so that it can be copied', () => {
  expect(wrap('a person decides; "npm run -s redoubt -- explain cluster-port" says how', 40)).toEqual([
    'a person decides;',
    '"npm run -s redoubt -- explain cluster-port"',
    'says how',
  ])
  expect(wrap('run "redoubt plan" and read "all of it" (twice)', 20)).toEqual([
    'run "redoubt plan"',
    'and read "all of it"',
    '(twice)',
  ])
})
