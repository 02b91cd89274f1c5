// What is wrong with a value of redoubt.yaml, as a sentence that says what to write instead.

import type { z } from 'zod'
import { nearest } from '#kit/nearest.ts'

type Issue = z.core.$ZodRawIssue

/** The words for what the schema has no words of its own for. */
export function wordsFor(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wanted(issue.expected, issue.input)
    case 'invalid_value':
      return isText(issue.input) ? unknownWord(issue.input, issue.values.map(String)) : undefined
    case 'unrecognized_keys':
      return unknownMember(issue.keys[0] ?? '', membersOf(issue.inst))
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `write ${issue.minimum} or more`
        : undefined
    default:
      return undefined
  }
}

const kinds: Readonly<Record<string, string>> = {
  array: 'write a list, such as [one, two]',
  object: 'write members, each with a colon and its value',
  record: 'write members, each with a colon and its value',
  string: 'write a text, in quotes',
  number: 'write a whole number, without quotes and without a unit',
  int: 'write a whole number',
  boolean: 'write true or false',
}

function wanted(expected: string, input: unknown): string | undefined {
  if (input === undefined) return 'write it: it is required'
  const words = kinds[expected]
  // A list whose lines are all comments still has its name.
  return input === null && words ? `${words}, or take the line out` : words
}

const isText = (input: unknown): input is string => typeof input === 'string'

function unknownWord(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near ? `there is no "${word}"; did you mean ${near}?` : `there is no "${word}"`
}

function unknownMember(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  const todo = near
    ? `did you mean ${near}?`
    : `there are ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`
  return `there is no member "${name}"; ${todo}`
}

function membersOf(schema: unknown): string[] {
  return Object.keys((schema as { shape?: object } | undefined)?.shape ?? {})
}
