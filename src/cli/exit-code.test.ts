// The exit codes and their precedence, written by hand.

import { expect, test } from 'vitest'
import { type ExitReason, exitCodes } from '#model/problem.ts'
import { exitCode, exitMeanings } from './exit-code.ts'

test('nothing to say is 0', () => {
  expect(exitCode([])).toBe(0)
})

test.each<[ExitReason, number]>([
  ['ok', 0],
  ['internal', 1],
  ['changes', 2],
  ['findings', 3],
  ['incomplete', 4],
  ['stale', 5],
  ['suppressionExpired', 6],
  ['stopped', 7],
  ['notInForce', 8],
  ['interrupted', 130],
  ['usage', 252],
  ['environment', 253],
  ['refused', 254],
])('%s is %i', (reason, code) => {
  expect(exitCode([reason])).toBe(code)
})

test('of several the first of 130, 1, 252, 253, 254, 7, 8, 5, 3, 4, 6, 2 is given', () => {
  const order = [130, 1, 252, 253, 254, 7, 8, 5, 3, 4, 6, 2]
  const reasonOf = (code: number) =>
    (Object.keys(exitCodes) as ExitReason[]).find((reason) => exitCodes[reason] === code) ?? 'ok'
  for (const [at, code] of order.entries()) {
    const rest = order.slice(at).map(reasonOf)
    expect(exitCode(rest)).toBe(code)
    expect(exitCode(rest.reverse())).toBe(code)
  }
})

test('every code has a meaning', () => {
  expect(Object.keys(exitMeanings).sort()).toEqual(Object.keys(exitCodes).sort())
})
