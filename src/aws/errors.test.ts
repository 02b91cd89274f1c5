// What is told of an error is its own words, but for those of an answer.

import { expect, test } from 'vitest'
import { messageOf } from './errors.ts'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error
  }
}

test.each([
  ['behind a value', '"more": 12, secret'],
  ['at the beginning of a value', '"more": secret'],
  ['in the next line', '"more":\nsecret'],
])('nothing of an answer that is not JSON is quoted: %s', (_, spoiled) => {
  const message = messageOf(parsed(`{"message": "${'x'.repeat(100)}", ${spoiled}${'x'.repeat(100)}`))
  expect(message).toContain('JSON')
  expect(message).not.toContain('sec')
})
