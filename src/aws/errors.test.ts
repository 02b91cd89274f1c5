// What is told of an error is its own words, but for those of an answer.

import { expect, test } from 'vitest'
import { codeOf, connectionProblem, messageOf } from './errors.ts'

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

test('nothing of an answer that is not XML is quoted', () => {
  const error = new Error('@aws-sdk XML parse error: mismatched tags <secret> and </b>.\n  see elsewhere')
  expect(messageOf(error)).toBe('the answer is not valid XML')
  const first = Object.assign(error, { $metadata: { httpStatusCode: 200, requestId: 'r-1' } })
  expect(connectionProblem(first, { region: 'eu-west-1' }, {}).what).toBe(
    'AWS in eu-west-1 answers, but not as AWS does: it sent something else (HTTP 200).',
  )
})

test.each([
  ['Throttling', 400, 'Try again in a moment.'],
  ['InternalFailure', 500, 'Try again in a moment.'],
  ['ValidationError', 400, 'Check the endpoint and the permissions.'],
])('what to do about an answer of %s', (name, httpStatusCode, todo) => {
  const error = { name, message: 'The name is not valid.', $metadata: { httpStatusCode, requestId: 'r-1' } }
  const told = connectionProblem(error, { region: 'eu-west-1' }, {})
  expect([told.what, told.todo]).toEqual([`AWS in eu-west-1 answered ${name}: The name is not valid.`, todo])
})

test.each([
  ['names no error', { name: 'Unknown', message: 'Unknown' }, 'the answer names no error'],
  ['is empty', { name: 'UnknownError', message: 'UnknownError' }, 'the answer names no error'],
  [
    'is not XML',
    { name: 'Error', message: '@aws-sdk XML parse error: no root element.' },
    'the answer is not valid XML',
  ],
])('an error whose answer %s is told by its status', (_, words, message) => {
  const error = { ...words, $metadata: { httpStatusCode: 503 } }
  expect([codeOf(error), messageOf(error)]).toEqual(['HTTP 503', message])
})

test.each([
  [{ name: 'Error', code: 'ECONNRESET' }, 'ECONNRESET'],
  [{ name: 'Error', Code: 'SlowDown', code: 'other' }, 'SlowDown'],
  [{ name: 'AccessDenied', code: 'other' }, 'AccessDenied'],
  [{ name: 'Error', $metadata: { httpStatusCode: 200 } }, 'Error'],
  [{ name: 'AggregateError', errors: [{ code: 'ECONNREFUSED' }] }, 'ECONNREFUSED'],
])('the code of %j', (error, code) => {
  expect(codeOf(error)).toBe(code)
})

test('an error of two codes and two messages is told, too', () => {
  const error = { name: ['A', 'B'], message: ['x', 'y'], $metadata: { httpStatusCode: 400 } }
  expect([codeOf(error), messageOf(error)]).toEqual(['HTTP 400', 'HTTP 400'])
})
