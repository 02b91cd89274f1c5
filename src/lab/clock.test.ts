// Virtual time: its speed, its jumps, and that it never goes back.

import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

const start = Date.parse('2026-11-22T12:00:00Z')

function clockAt(speed: number) {
  const real = { now: 0 }
  return { real, clock: createClock(start, speed, () => real.now) }
}

test('runs at its speed, from the moment the speed was set', () => {
  const { real, clock } = clockAt(60)
  real.now = 1_000
  expect(clock.now() - start).toBe(60_000)
  clock.change({ speed: 1 })
  real.now = 2_000
  expect(clock.now() - start).toBe(61_000)
})

test('is moved by a duration and set to a moment', () => {
  const { clock } = clockAt(0)
  clock.change({ move: '+1d12h' })
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-24T00:00:00.000Z')
  clock.change({ set: '2027-01-01T00:00:00Z', speed: 2 })
  expect(clock.now()).toBe(Date.parse('2027-01-01T00:00:00Z'))
  expect(clock.speed()).toBe(2)
})

test('does not go back when the machine does', () => {
  const { real, clock } = clockAt(1)
  real.now = -5_000
  expect(clock.now()).toBe(start)
})

test.each([
  [{ move: '-1h' }, 'time cannot move backwards'],
  [{ set: '2020-01-01T00:00:00Z' }, 'time cannot move backwards'],
  [{ set: '+275760-09-13T00:00:00Z' }, 'time in the lab ends with the year 9999'],
  [{ move: 'soon' }, '"soon" is not a duration'],
  [{ set: 'tomorrow' }, '"tomorrow" is not an ISO 8601 moment'],
  [{ move: '1h', set: '2027-01-01T00:00:00Z' }, 'either move or set'],
  [{ speed: -1 }, 'the speed must be a number'],
])('%o is refused and changes nothing', (change, message) => {
  const { clock } = clockAt(0)
  expect(() => clock.change({ speed: 5, ...change })).toThrow(message)
  expect([clock.now(), clock.speed()]).toEqual([start, 0])
})
