// Cron expressions and rates, as pure functions.

import { describe, expect, test } from 'vitest'
import { checkPlan, nextInvocations } from './invocations.ts'

// A Monday.
const since = Date.parse('2026-11-23T09:30:00Z')
const next = (definitions: string[], count = 3) =>
  nextInvocations({ definitions, since }, since, count).map((at) => new Date(at).toISOString().slice(0, 16))

describe('when', () => {
  test.each([
    ['rate(12 hours)', ['2026-11-23T21:30', '2026-11-24T09:30', '2026-11-24T21:30']],
    ['rate(1 hour)', ['2026-11-23T10:30', '2026-11-23T11:30', '2026-11-23T12:30']],
    ['rate(1 day)', ['2026-11-24T09:30', '2026-11-25T09:30', '2026-11-26T09:30']],
    ['cron(30 12 *)', ['2026-11-23T12:30', '2026-11-24T12:30', '2026-11-25T12:30']],
    ['cron(30 9 *)', ['2026-11-24T09:30', '2026-11-25T09:30', '2026-11-26T09:30']],
    ['cron(0 0/6 SAT-SUN)', ['2026-11-28T00:00', '2026-11-28T06:00', '2026-11-28T12:00']],
    ['cron(0 21 FRI-MON)', ['2026-11-23T21:00', '2026-11-27T21:00', '2026-11-28T21:00']],
    ['cron(0 14-20/3 3)', ['2026-11-24T14:00', '2026-11-24T17:00', '2026-11-24T20:00']],
    ['cron(15 10,22 ? * MON,wed *)', ['2026-11-23T10:15', '2026-11-23T22:15', '2026-11-25T10:15']],
    ['cron(0 5 29 FEB ? *)', ['2028-02-29T05:00', '2032-02-29T05:00', '2036-02-29T05:00']],
    ['cron(0 5 1 * ? 2027)', ['2027-01-01T05:00', '2027-02-01T05:00', '2027-03-01T05:00']],
  ])('%s', (definition, expected) => {
    expect(next([definition])).toEqual(expected)
  })

  test('several definitions take turns', () => {
    expect(next(['cron(0 12 *)', 'cron(0 18 *)'])).toEqual([
      '2026-11-23T12:00',
      '2026-11-23T18:00',
      '2026-11-24T12:00',
    ])
  })
})

describe('what is refused', () => {
  test.each([
    [['rate(25 hours)']],
    [['rate(30 minutes)']],
    [['rate(0 hours)']],
    [['rate(soon)']],
    [['cron(0 24 *)']],
    [['cron(60 1 *)']],
    [['cron(0 1 8)']],
    [['cron(0 1)']],
    [['cron(0 1/0 *)']],
    [['cron(0 6-2 *)']],
    [['cron(0 1 1 * MON *)']],
    [['cron(0 1 ? * ? *)']],
    [['cron(0 1 L * ? *)']],
    [['cron(0 5 1 * ? 2020)']],
    // Twice within an hour, alone and together.
    [['cron(0,30 5 *)']],
    [['cron(0 5 *)', 'cron(59 5 *)']],
    [['cron(0 5 *)', 'rate(12 hours)', 'cron(0 21 *)']],
    [[]],
  ])('%j is not valid', (definitions) => {
    expect(() => checkPlan({ definitions, since })).toThrow("The schedule you submitted isn't valid.")
  })

  test.each(['at(2026-12-01T00:00:00)', 'daily', ''])('"%s" is of no known type', (definition) => {
    expect(() => checkPlan({ definitions: [definition], since })).toThrow(
      'The definition you submitted is not supported.',
    )
  })

  test('an hour apart is enough', () => {
    checkPlan({ definitions: ['cron(0 5 *)', 'cron(0 6 *)'], since })
  })
})
