// Objects that a source makes, beside those that were put.

import { expect, test } from 'vitest'
import { hour } from '#kit/time.ts'
import { emptyState } from '#lab/state.ts'
import { newBucket } from './buckets.ts'
import { addSource, entriesOf, readObject, type Where } from './contents.ts'
import { compareKeys } from './keys.ts'
import { deleteObject, putObject } from './object-store.ts'

const calls = { list: 0, read: 0 }

// One object for each hour since a moment, in a folder for each day.
addSource('test:hours', {
  list({ since }, _bucket, prefix, after, limit, { now }) {
    calls.list += 1
    const made = []
    for (let at = Number(since); at <= now && made.length < limit; at += hour) {
      const Key = keyAt(at)
      if (Key.startsWith(prefix) && compareKeys(Key, after) > 0) made.push({ Key, LastModified: at })
    }
    return made
  },
  read({ since }, _bucket, key, { now }) {
    for (let at = Number(since); at <= now; at += hour) {
      if (keyAt(at) !== key) continue
      calls.read += 1
      return { body: Buffer.from(`made at ${at}`), lastModified: at }
    }
    return undefined
  },
})

const start = Date.UTC(2026, 0, 1)
const keyAt = (at: number) => new Date(at).toISOString().slice(0, 13).replace('T', '/')

function setUp(hours: number) {
  const account = {
    id: '111122223333',
    alias: undefined,
    partition: 'aws' as const,
    optedIn: new Set<string>(),
    roles: new Map(),
    regions: new Map(),
  }
  const bucket = newBucket({ name: 'made', region: 'eu-west-1', account: account as never, now: start })
  bucket.sources.push({ kind: 'test:hours', since: start })
  const where: Where = { state: emptyState(), now: start + hours * hour }
  const keys = (prefix = '', after = '') => [...entriesOf(bucket, prefix, after, where)].map(({ Key }) => Key)
  return { bucket, where, keys }
}

test('made objects are listed in order among those that were put, and nothing is made for that', () => {
  const { bucket, where, keys } = setUp(3)
  putObject(bucket, '2026-01-01/01-note', Buffer.from('x'), {}, where)
  calls.read = 0
  expect(keys()).toEqual([
    '2026-01-01/00',
    '2026-01-01/01',
    '2026-01-01/01-note',
    '2026-01-01/02',
    '2026-01-01/03',
  ])
  expect(keys('2026-01-01/01')).toEqual(['2026-01-01/01', '2026-01-01/01-note'])
  expect(keys('', '2026-01-01/01-note')).toEqual(['2026-01-01/02', '2026-01-01/03'])
  expect(calls.read).toBe(0)
})

test('a long list comes in batches, whole', () => {
  const { keys } = setUp(5_000)
  calls.list = 0
  expect(keys()).toHaveLength(5_001)
  expect(calls.list).toBeLessThan(12)
})

test('the size that is listed is that of the bytes that are read, made once', () => {
  const { bucket, where } = setUp(1)
  calls.read = 0
  const [entry] = entriesOf(bucket, '', '', where)
  const object = readObject(bucket, '2026-01-01/00', where)
  expect(entry?.size()).toBe(object?.body.length)
  expect(entry?.etag).toBe(object?.etag)
  expect(Buffer.from(object?.body ?? []).toString()).toBe(`made at ${start}`)
  expect(calls.read).toBe(1)
})

test('what is not there yet is neither listed nor read', () => {
  const { bucket, where } = setUp(1)
  expect(readObject(bucket, '2026-01-01/02', where)).toBeUndefined()
  expect(readObject(bucket, '2026-01-01/02', { ...where, now: where.now + hour })).toBeDefined()
})

test('a made object that was deleted stays away, until one is put there', () => {
  const { bucket, where, keys } = setUp(1)
  deleteObject(bucket, '2026-01-01/00', where)
  expect(keys()).toEqual(['2026-01-01/01'])
  expect(readObject(bucket, '2026-01-01/00', where)).toBeUndefined()
  putObject(bucket, '2026-01-01/00', Buffer.from('mine'), {}, where)
  expect(keys()).toEqual(['2026-01-01/00', '2026-01-01/01'])
  expect(Buffer.from(readObject(bucket, '2026-01-01/00', where)?.body ?? []).toString()).toBe('mine')
  deleteObject(bucket, '2026-01-01/00', where)
  expect(keys()).toEqual(['2026-01-01/01'])
})

test('what was put in place of a made object is listed once, and hides it for good', () => {
  const { bucket, where, keys } = setUp(1)
  putObject(bucket, '2026-01-01/01', Buffer.from('mine'), {}, where)
  expect(keys()).toEqual(['2026-01-01/00', '2026-01-01/01'])
  deleteObject(bucket, '2026-01-01/01', where)
  expect(keys()).toEqual(['2026-01-01/00'])
})
