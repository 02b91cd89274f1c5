// Edges of cluster-keys-rotated: the reach of the history, clusters that have no keys.

import { expect, test } from 'vitest'
import practice from './cluster-keys-rotated.ts'
import { cluster } from './examples.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, verdictOf } from './testing/example.ts'

holdsInCommon(practice)

const verdict = (days: number, ...keyRotations: string[]) => {
  const example = cluster({ reason: '' })
  return verdictOf(practice, {
    ...example,
    answers: { ...example.answers, keyRotations },
    settings: { days },
  })
}

test('what is older than the history reaches is unknown, with the reason', () => {
  expect(verdict(90)).toBe('fail overdue: did not rotate its keys in the 90 days that are agreed')
  expect(verdict(180)).toBe(
    'unknown history-too-short: did not rotate its keys in 90 days, and the event history reaches no further',
  )
  expect(verdict(180, '2026-10-01T00:00:00Z')).toBe('pass rotated: rotated its keys 52 days ago')
  expect(verdict(30, '2026-10-01T00:00:00Z')).toBe('fail overdue: rotated its keys 52 days ago')
})

test('a cluster that is not encrypted has no keys to rotate', () => {
  const { facts } = cluster({ reason: '', facts: { Encrypted: false } })
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  expect(practice.concerns?.(facts, place)).toBe(false)
})

test('there is no way back, and it is said', () => {
  const example = cluster({ reason: '' })
  const [change] = changesOf(practice, { ...example, answers: { ...example.answers, keyRotations: [] } })
  expect(change?.undo).toEqual({ none: 'a rotation needs no way back: the data stays readable' })
})
