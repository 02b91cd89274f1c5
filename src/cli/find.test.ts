// Finding the command among the words.

import { expect, test } from 'vitest'
import { findCommand } from './find.ts'

const names = ['scan', 'plan', 'lab', 'lab clock']

test.each([
  [['scan', '-o', 'json'], { name: 'scan', words: ['-o', 'json'] }],
  [['--profile', 'scan', 'plan'], { name: 'plan', words: ['--profile', 'scan'] }],
  [
    ['--region=eu-west-1', '--all-regions', 'scan'],
    { name: 'scan', words: ['--region=eu-west-1', '--all-regions'] },
  ],
  [['lab', 'clock', '+1d'], { name: 'lab clock', words: ['+1d'] }],
  [['lab', '--world', 'clock'], { name: 'lab', words: ['--world', 'clock'] }],
  [['--help'], { name: undefined, words: ['--help'] }],
  [[], { name: undefined, words: [] }],
])('%j', (words, found) => {
  expect(findCommand(words, names)).toEqual(found)
})

test.each([
  ['scna', 'There is no command "scna". Did you mean "redoubt scan"?'],
  ['pln', 'There is no command "pln". Did you mean "redoubt plan"?'],
  ['exterminate', 'There is no command "exterminate". See "redoubt --help".'],
])('%s is unknown', (word, message) => {
  expect(() => findCommand([word], names)).toThrow(message)
})
