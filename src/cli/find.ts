// Which command the words of a command line call, wherever the global options stand.

import { nearest } from '#kit/nearest.ts'
import { Problem } from '#model/problem.ts'
import { flagOf, type OptionSpec } from './command.ts'
import { globalOptions } from './global.ts'

/** The command's name and the words that are left for it. */
export type Found = { name: string | undefined; words: string[] }

const withValue = new Set(
  Object.entries<OptionSpec>(globalOptions).flatMap(([name, { value }]) => (value ? [flagOf(name)] : [])),
)

/** Finds the longest name of a command among the first words, with options of every command allowed before it. */
export function findCommand(words: readonly string[], names: readonly string[]): Found {
  const at = firstWord(words)
  const word = words[at]
  if (word === undefined) return { name: undefined, words: [...words] }
  const before = words.slice(0, at)
  const both = `${word} ${words[at + 1]}`
  if (names.includes(both)) return { name: both, words: [...before, ...words.slice(at + 2)] }
  if (names.includes(word)) return { name: word, words: [...before, ...words.slice(at + 1)] }
  throw unknownCommand(word, names)
}

function firstWord(words: readonly string[]): number {
  let at = 0
  while (words[at]?.startsWith('-')) at += withValue.has(words[at] ?? '') ? 2 : 1
  return at
}

function unknownCommand(word: string, names: readonly string[]): Problem {
  const near = nearest(word, names)
  return new Problem(
    'usage',
    `There is no command ${JSON.stringify(word)}.`,
    near ? `Did you mean "redoubt ${near}"?` : 'See "redoubt --help".',
  )
}
