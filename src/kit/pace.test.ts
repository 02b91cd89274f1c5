// Waiting by the clock on the wall and by one that is moved on.

import { expect, test } from 'vitest'
import { createClock } from '#lab/clock.ts'
import { paceBy, realTime } from './pace.ts'

const start = Date.parse('2026-11-22T12:00:00Z')

test('a clock is moved on by what is waited, at its speed, while next to no time passes', async () => {
  const clock = createClock(start, 0)
  const pace = paceBy(clock, 600)
  const [before, began] = [pace.elapsed(), performance.now()]
  await pace.sleep(15_000)
  expect(clock.now()).toBe(start + 15_000 * 600)
  expect(pace.elapsed() - before).toBe(15_000)
  expect(performance.now() - began).toBeLessThan(5_000)
})

test('those who wait at the same time wait side by side', async () => {
  const clock = createClock(start, 0)
  const pace = paceBy(clock, 1)
  await Promise.all([pace.sleep(3_000), pace.sleep(250), pace.sleep(2_000)])
  expect(clock.now()).toBe(start + 3_000)
})

test.each([
  ['a clock that is moved', paceBy(createClock(start, 0), 1)],
  ['real time', realTime],
])('whoever waits by %s can be interrupted, before and meanwhile', async (_, pace) => {
  await expect(pace.sleep(60_000, AbortSignal.abort())).rejects.toThrow(/aborted/)
  const interruption = new AbortController()
  const waits = pace.sleep(60_000, interruption.signal)
  interruption.abort()
  await expect(waits).rejects.toThrow(/aborted/)
})

test('real time passes by itself', async () => {
  const before = realTime.elapsed()
  await realTime.sleep(30)
  expect(realTime.elapsed() - before).toBeGreaterThanOrEqual(28)
})
