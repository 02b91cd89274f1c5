// The numbers are spread evenly, keys do not follow one another, and nothing depends on the order of asking.

import { expect, test } from 'vitest'
import { guidOf, keyOf, randomOf, under } from './random.ts'

const count = 20_000

/** Pearson's chi-squared against an even spread over so many buckets. */
function chiSquared(values: number[], buckets: number): number {
  const counts = new Array<number>(buckets).fill(0)
  for (const value of values) {
    const bucket = Math.floor(value * buckets)
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  const expected = values.length / buckets
  return counts.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
}

function correlation(one: number[], other: number[]): number {
  const products = one.map((value, index) => (value - 0.5) * ((other[index] ?? 0) - 0.5) * 12)
  return products.reduce((sum, product) => sum + product, 0) / one.length
}

const draw = (key: ReturnType<typeof keyOf>) => {
  const random = randomOf(key)
  return Array.from({ length: count }, () => random.next())
}

test('numbers of one stream are spread evenly', () => {
  // 148.2 is passed by one in a thousand with 99 degrees of freedom.
  for (const seed of [0, 1, 2]) expect(chiSquared(draw(keyOf(seed, 'spread')), 100)).toBeLessThan(148.2)
})

test('first numbers of neighbouring keys are spread evenly and independent', () => {
  const base = keyOf('hours')
  const first = Array.from({ length: count }, (_, hour) => randomOf(under(base, hour)).next())
  expect(chiSquared(first, 100)).toBeLessThan(148.2)
  expect(Math.abs(correlation(first, [...first.slice(1), first[0] ?? 0]))).toBeLessThan(0.03)
})

test('streams of neighbouring seeds and of swapped parts are independent', () => {
  expect(Math.abs(correlation(draw(keyOf(1, 'a')), draw(keyOf(2, 'a'))))).toBeLessThan(0.03)
  expect(Math.abs(correlation(draw(keyOf('a', 'b')), draw(keyOf('b', 'a'))))).toBeLessThan(0.03)
  expect(keyOf('ab', 'c')).not.toEqual(keyOf('a', 'bc'))
})

test('one key, one stream and one GUID; keys do not collide', () => {
  expect(draw(keyOf(7, 'x')).slice(0, 50)).toEqual(draw(keyOf(7, 'x')).slice(0, 50))
  const base = keyOf('guids')
  const guids = new Set(Array.from({ length: 50_000 }, (_, index) => guidOf(under(base, index))))
  expect(guids.size).toBe(50_000)
  expect(
    [...guids].every((guid) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/.test(guid)),
  ).toBe(true)
})
