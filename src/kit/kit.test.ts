// The plain helpers, over many inputs.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatArn, parseArn } from './arn.ts'
import { canonicalJson } from './canonical-json.ts'
import { hashOf } from './hash.ts'
import { merge } from './merge.ts'
import { pool } from './pool.ts'
import { columns, counted, harmless } from './text.ts'
import { day, daysBetween, hour, iso, parseDuration, spoken } from './time.ts'

describe('canonical JSON', () => {
  it('is JSON, and the same for the same value in any order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })

  it('leaves out undefined members and refuses what JSON cannot hold', () => {
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}')
    expect(() => canonicalJson(Number.NaN)).toThrow('NaN has no JSON form')
  })

  it('is what a hash is taken of', () => {
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }))
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }))
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

describe('ARNs', () => {
  it('come apart and together again', () => {
    const arn = 'arn:aws-us-gov:redshift:us-gov-west-1:111122223333:snapshot:sales/rs:sales-2026-11-22'
    const parsed = parseArn(arn)
    expect(parsed).toMatchObject({ partition: 'aws-us-gov', resource: 'snapshot:sales/rs:sales-2026-11-22' })
    expect(parsed && formatArn(parsed)).toBe(arn)
    expect(parseArn('arn:aws:redshift:eu-west-1:123:cluster:x')).toBeUndefined()
  })
})

describe('time', () => {
  it('reads durations as people write them', () => {
    expect(parseDuration('+1d')).toBe(day)
    expect(parseDuration('1d12h')).toBe(1.5 * day)
    expect(parseDuration('-2w')).toBe(-14 * day)
    expect(parseDuration('tomorrow')).toBeUndefined()
    expect(parseDuration(' 1.5h ')).toBe(1.5 * hour)
    for (const text of ['', '+', '-', '1', 'd', '--1d', '1d 2h', '1dx', 'x1d', '1.d'])
      expect(parseDuration(text), text).toBeUndefined()
  })

  it('counts whole days and says durations', () => {
    expect(daysBetween('2026-11-01T12:00:00Z', '2026-11-22T11:59:59Z')).toBe(20)
    expect(iso(Date.parse('2026-11-22T12:00:00.999Z'))).toBe('2026-11-22T12:00:00Z')
    expect([spoken(90_000), spoken(3 * day), spoken(40_000)]).toEqual(['90 s', '3 days', '40 s'])
  })
})

describe('text', () => {
  it('never lets a control, bidirectional or invisible character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u)
      }),
    )
    expect(harmless('a\u001b[31mb\u202ec')).toBe('a\\u{1b}[31mb\\u{202e}c')
  })

  it('is measured by what a terminal shows', () => {
    expect([columns('abc'), columns('雪'), columns('e\u0301'), columns('👩‍👩‍👧')]).toEqual([3, 2, 1, 2])
    expect([columns('✗ fail'), columns('–'), columns('naïve…'), columns('✓\u0301')]).toEqual([6, 1, 6, 1])
    expect([counted(1, 'cluster'), counted(2, 'copy', 'copies')]).toEqual(['1 cluster', '2 copies'])
  })
})

describe('doing many things at once', () => {
  it('keeps the order of results and the width', async () => {
    let running = 0
    let most = 0
    const results = await pool([5, 1, 3, 2, 4], 2, async (item) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, item))
      running--
      return item * 2
    })
    expect(results).toEqual([10, 2, 6, 4, 8])
    expect(most).toBe(2)
  })

  it('merges streams without losing anything', async () => {
    async function* numbers(from: number, count: number) {
      for (let n = from; n < from + count; n++) yield n
    }
    const seen: number[] = []
    for await (const n of merge(numbers(0, 3), numbers(10, 5), numbers(20, 0))) seen.push(n)
    expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 10, 11, 12, 13, 14])
  })

  it('ends a merge with its first error, and closes the other streams', async () => {
    let isClosed = false
    async function* endless() {
      try {
        for (let n = 0; ; n++) yield n
      } finally {
        isClosed = true
      }
    }
    // biome-ignore lint/correctness/useYield: it breaks off before it has given anything.
    async function* broken(): AsyncGenerator<number> {
      throw new Error('it broke')
    }
    await expect(
      (async () => {
        for await (const _ of merge(endless(), broken()));
      })(),
    ).rejects.toThrow('it broke')
    await new Promise((resolve) => setImmediate(resolve))
    expect(isClosed).toBe(true)
  })
})
