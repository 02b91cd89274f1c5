// Packed and unpacked, events are the same, also when some came late, went, or were loaded before.

import { expect, test } from 'vitest'
import { emptyState } from '#lab/state.ts'
import type { Recorded } from './model.ts'
import { packEvents, unpackEvents } from './packed-events.ts'
import { dropOldest, keep } from './record.ts'

const eventAt = (at: number): Recorded => ({
  number: 0,
  at,
  account: '111122223333',
  region: 'eu-west-1',
  service: 'redshift',
  action: 'DescribeClusters',
  who: { type: 'AWSService', invokedBy: 'redshift.amazonaws.com' } as Recorded['who'],
  requestId: `request-${at}`,
  isRead: true,
  isData: false,
  input: { ClusterIdentifier: `cluster-${at}` },
  output: undefined,
  error: undefined,
  rare: undefined,
})

test('parts are packed once, and again when an event came late', () => {
  const state = emptyState()
  for (let at = 0; at < 24_000; at += 2) keep(state, eventAt(at))
  const same = (events = state.cloudtrail.events) => {
    const packed = packEvents(events)
    // Compared as text: quicker by far, and there is nothing else in them.
    expect(JSON.stringify(unpackEvents(packed)) === JSON.stringify(events)).toBe(true)
    return packed
  }
  const first = same()
  expect([first.older.length, first.latest.length]).toEqual([2, 2_000])
  expect(same().older.every((part, index) => part === first.older[index])).toBe(true)

  keep(state, eventAt(15_001))
  const second = same()
  expect(second.older.map((part, index) => part === first.older[index])).toEqual([true, false])
  expect(second.latest.length).toBe(2_001)

  // What was loaded need not be packed again.
  const loaded = unpackEvents(second)
  expect(packEvents(loaded).older.map((part, index) => part === second.older[index])).toEqual([true, true])

  dropOldest(state.cloudtrail, 7_001)
  const third = same()
  expect(third.older.map((part) => part === second.older[1])).toEqual([true])
  expect(third.latest.length).toBe(2_001)
})
